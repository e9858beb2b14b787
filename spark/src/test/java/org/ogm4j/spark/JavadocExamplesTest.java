package org.ogm4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the javadoc, and the one of the guide, compile. */
class JavadocExamplesTest {

    private static final String GIVEN =
            """
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import org.apache.spark.api.java.*;
            import org.apache.spark.util.CollectionAccumulator;
            import org.deeplearning4j.nn.graph.ComputationGraph;
            import org.deeplearning4j.spark.api.TrainingMaster;
            import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
            import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
            import org.nd4j.linalg.dataset.api.MultiDataSet;
            import org.ogm4j.spark.*;

            class Example {
                JavaSparkContext context;
                ComputationGraph network;
                SparkComputationGraph training;
                TrainingMaster<?, ?> master;
                DriverCounters counters;
                JavaRDD<MultiDataSet> data;
                Path file;
                int workers;

                ComputationGraph fresh() { return network; }

                void run() {
            """;

    @TempDir Path folder;

    @Test
    void compile() throws IOException {
        for (String type : List.of("DriverCounters", "GuardedTraining", "WorkerListener")) {
            Path source = Path.of("spark/src/main/java/org/ogm4j/spark", type + ".java");
            Matcher block =
                    Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL)
                            .matcher(Files.readString(source));
            assertEquals(true, block.find(), type);
            assertEquals("", errors(block.group(1).replaceAll("(?m)^ \\* ?", "")), type);
        }
        String guide = Files.readString(Path.of("docs/guide.md"));
        int from = guide.indexOf("```java", guide.indexOf("\n## Spark")) + "```java".length();
        assertEquals("", errors(guide.substring(from, guide.indexOf("```", from))), "guide");
    }

    /** What users are told to depend on is what this was built with. */
    @Test
    void versions() throws IOException {
        String guide = Files.readString(Path.of("docs/guide.md"));
        String build = Files.readString(Path.of("pom.xml"));
        assertEquals(
                first(build, "<spark.version>(.*)</spark.version>"),
                first(guide, "<artifactId>spark-core_2.12</artifactId>\\s*<version>(.*)</"));
        assertEquals(
                first(build, "<artifactId>ogm4j-parent</artifactId>\\s*<version>(.*)</"),
                first(guide, "<artifactId>ogm4j-spark</artifactId>\\s*<version>(.*)</"));
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
    }

    private String errors(String example) throws IOException {
        Path file = folder.resolve("Example.java");
        Files.writeString(file, GIVEN + example + "\n}\n}\n");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] arguments = {
            "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), file.toString()
        };
        ToolProvider.getSystemJavaCompiler().run(null, errors, errors, arguments);
        return errors.toString(StandardCharsets.UTF_8);
    }
}
