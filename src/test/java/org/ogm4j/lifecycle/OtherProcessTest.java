package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** Networks that another process trains or uses. */
class OtherProcessTest {

    private static final int KILL_AT = 10;

    private static final String LOAD =
            """
            import java.io.File;
            import org.deeplearning4j.util.ModelSerializer;
            import org.nd4j.linalg.api.buffer.DataType;
            import org.nd4j.linalg.factory.Nd4j;

            public class Load {
                public static void main(String[] args) throws Exception {
                    try {
                        Class.forName("org.ogm4j.ModulatedOptimizer");
                        System.exit(3);
                    } catch (ClassNotFoundException expected) {
                        var net = ModelSerializer.restoreComputationGraph(new File(args[0]), true);
                        DataType type = net.params().dataType();
                        var output = net.outputSingle(Nd4j.ones(type, 1, 5), Nd4j.ones(type, 1, 6));
                        System.out.println("sum " + output.getDouble(0));
                    }
                }
            }
            """;

    /**
     * kill -9 while it trains and saves, go on, and nothing is lost or done twice. The step is one
     * in the middle, whose scores were held from the step before.
     */
    @Test
    void killedAndContinuedIsUnbrokenToTheLastBit(@TempDir Path folder) throws Exception {
        ComputationGraph unbroken = KilledTraining.network();
        Resuming.train(unbroken, 0, KilledTraining.STEPS);
        String classPath = System.getProperty("java.class.path");
        List<String> command =
                List.of("-cp", classPath, KilledTraining.class.getName(), folder.toString());
        Process killed = java(command, folder);
        try (BufferedReader lines = killed.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(lines.lines().anyMatch(line -> line.equals("step " + KILL_AT)));
            killed.destroyForcibly(); // SIGKILL: the process has no say in it
        }
        killed.waitFor();
        assertTrue(killed.exitValue() != 0, "killed at step " + KILL_AT);
        Process second = java(command, folder);
        try (BufferedReader lines = second.inputReader(StandardCharsets.UTF_8)) {
            String first = lines.lines().filter(line -> line.startsWith("step")).findFirst().get();
            assertTrue(Integer.parseInt(first.substring(5)) > KILL_AT, first);
            lines.lines().forEach(line -> {});
        }
        assertEquals(0, second.waitFor());
        ComputationGraph continued =
                ModelSerializer.restoreComputationGraph(
                        folder.resolve("network.zip").toFile(), true);
        Compare.same(unbroken.params(), continued.params(), "parameters, killed at " + KILL_AT);
        Compare.same(unbroken.updaterState(), continued.updaterState(), "updater state");
    }

    /** A stripped network needs no class of this library. */
    @Test
    void aStrippedNetworkLoadsWithoutThisLibrary(@TempDir Path folder) throws Exception {
        ComputationGraph graph = KilledTraining.network();
        Resuming.train(graph, 0, 3);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        File file = folder.resolve("plain.zip").toFile();
        ModelSerializer.writeModel(plain, file, true);
        Path program = Files.writeString(folder.resolve("Load.java"), LOAD);
        String withoutOurs =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> !Files.isDirectory(Path.of(entry)))
                        .collect(Collectors.joining(File.pathSeparator));
        Process process =
                java(List.of("-cp", withoutOurs, program.toString(), file.toString()), folder);
        String printed;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            printed = lines.lines().filter(line -> line.startsWith("sum")).findFirst().orElse("");
        }
        assertEquals(0, process.waitFor());
        var batch = Nets.batch(1, 1);
        double expected =
                plain.outputSingle(
                                batch.getFeatures(0).mul(0).add(1),
                                batch.getFeatures(1).mul(0).add(1))
                        .getDouble(0);
        assertEquals("sum " + expected, printed);
    }

    private static Process java(List<String> arguments, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"); // short, as the tests' own
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }
}
