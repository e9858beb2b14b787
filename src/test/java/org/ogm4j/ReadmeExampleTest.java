package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.tools.ToolProvider;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Nets;

/** The example of the README is compiled and run as it stands there. */
class ReadmeExampleTest {

    private static final String IMPORTS =
            """
            import org.deeplearning4j.nn.conf.*;
            import org.deeplearning4j.nn.conf.graph.*;
            import org.deeplearning4j.nn.conf.inputs.*;
            import org.deeplearning4j.nn.conf.layers.*;
            import org.deeplearning4j.nn.graph.*;
            import org.nd4j.linalg.activations.*;
            import org.nd4j.linalg.dataset.api.iterator.*;
            import org.nd4j.linalg.learning.config.*;
            import org.ogm4j.*;
            """;

    @TempDir Path folder;

    @Test
    void compilesTrainsAndDescribesItself() throws Exception {
        String code = block("```java\n");
        assertTrue(code.strip().lines().filter(line -> !line.isBlank()).count() <= 15, "15 lines");
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                IMPORTS
                        + "public class Example {\n"
                        + "public static Object[] run(MultiDataSetIterator train) {\n"
                        + code
                        + "return new Object[] {net, ogm.describe(conf)};\n}}\n");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] arguments = {"-cp", System.getProperty("java.class.path"), source.toString()};
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments);
        assertEquals(0, failed, errors.toString(StandardCharsets.UTF_8));

        Object[] result = run();
        ComputationGraph net = (ComputationGraph) result[0];
        assertEquals(100, net.getEpochCount());
        Modulation last = ModulatedOptimizer.lastModulation(net).orElseThrow();
        assertEquals(50, last.epoch(), "the last epoch of the window");
        assertEquals(
                result[1],
                block("```\nmodality").transform(rest -> "modality" + rest),
                "the table in the README");
    }

    private Object[] run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            return (Object[])
                    loader.loadClass("Example")
                            .getMethod("run", MultiDataSetIterator.class)
                            .invoke(null, train());
        } finally {
            System.setOut(before);
            assertEquals(
                    51,
                    printed.toString(StandardCharsets.UTF_8).lines().count(),
                    "steps in the window");
        }
    }

    private static MultiDataSetIterator train() {
        Random random = new Random(1);
        INDArray labels = Nd4j.eye(10).castTo(DataType.FLOAT);
        return new SingletonMultiDataSetIterator(
                new MultiDataSet(
                        new INDArray[] {
                            Nets.features(random, labels, 0.1, DataType.FLOAT, 10, 128).muli(0.2),
                            Nets.features(random, labels, 0.5, DataType.FLOAT, 10, 784).muli(0.05)
                        },
                        new INDArray[] {labels}));
    }

    private static String block(String start) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf(start) + start.length();
        assertTrue(from >= start.length(), "README has no " + start);
        return readme.substring(from, readme.indexOf("```", from));
    }
}
