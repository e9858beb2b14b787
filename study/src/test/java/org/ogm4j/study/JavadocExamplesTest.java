package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the javadoc of both APIs compile, each as the body of a method. */
class JavadocExamplesTest {

    private static final List<String> APIS =
            List.of("src/main/java/org/ogm4j", "study/src/main/java/org/ogm4j/study");

    private static final Pattern BLOCK =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n\\s*\\* }</pre>", Pattern.DOTALL);

    /**
     * What examples take as given. Fields, so that an example may have its own of the same name.
     */
    private static final String GIVEN =
            """
            import java.io.File;
            import java.nio.file.Path;
            import java.util.*;
            import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
            import org.deeplearning4j.nn.conf.layers.*;
            import org.deeplearning4j.nn.graph.ComputationGraph;
            import org.nd4j.linalg.activations.Activation;
            import org.nd4j.linalg.dataset.api.MultiDataSet;
            import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
            import org.nd4j.linalg.learning.config.*;
            import org.ogm4j.*;
            import org.ogm4j.study.*;

            class Examples {
                static ComputationGraphConfiguration conf;
                static ComputationGraph net, plain;
                static MultiDataSetIterator train, validation, test;
                static MultiDataSet batch, examples;
                static File file;

                static ComputationGraphConfiguration network(long seed) { return conf; }
                static ComputationGraph myChange(ComputationGraph network) { return network; }
                static MultiDataSetIterator read(String part, int fold, long seed) { return train; }
            """;

    @TempDir Path folder;

    @Test
    void compile() throws IOException {
        List<String> examples = examples();
        assertTrue(examples.size() >= 20, "examples: " + examples.size());
        StringBuilder source = new StringBuilder(GIVEN);
        for (int i = 0; i < examples.size(); i++) {
            source.append("void example").append(i).append("() throws Exception {\n");
            source.append(examples.get(i)).append("\n}\n");
        }
        Path file = folder.resolve("Examples.java");
        Files.writeString(file, source.append("}\n"));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] arguments = {
            "-proc:none", "-cp", System.getProperty("java.class.path"), file.toString()
        };
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments);
        assertEquals(0, failed, errors.toString(StandardCharsets.UTF_8));
    }

    /** Formulas are in such blocks too: they have no semicolon. */
    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String api : APIS) {
            try (Stream<Path> files = Files.list(Path.of(api))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                    Matcher block = BLOCK.matcher(Files.readString(file));
                    while (block.find()) {
                        String text = block.group(1).replaceAll("(?m)^\\s*\\* ?", "");
                        if (text.contains(";")) {
                            examples.add("// " + file.getFileName() + "\n" + text);
                        } else {
                            assertTrue(
                                    text.contains(" = ") || text.contains("e_t"),
                                    file + ": " + text);
                        }
                    }
                }
            }
        }
        return examples;
    }
}
