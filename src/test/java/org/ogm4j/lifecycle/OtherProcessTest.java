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
import java.util.Random;
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

    private static final int KILLS = Integer.getInteger("soak.kills", 1);

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
     * kill -9 while it trains and saves, go on, and nothing is lost or done twice. The first time
     * it is after a step whose scores were held from the step before. {@code -Dsoak.steps=1000000
     * -Dsoak.kills=20} for the long one.
     */
    @Test
    void killedAndContinuedIsUnbrokenToTheLastBit(@TempDir Path folder) throws Exception {
        List<String> command =
                List.of(
                        "-Dsoak.steps=" + KilledTraining.STEPS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTraining.class.getName(),
                        folder.toString());
        Random random = new Random(7);
        int step = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process killed = java(command, folder);
            step = watch(killed, Math.max(10, step + random.nextInt(KilledTraining.STEPS / KILLS)));
            Thread.sleep(random.nextInt(50)); // in the middle of a step, or of a file
            killed.destroyForcibly(); // SIGKILL: the process has no say in it
            killed.waitFor();
            assertTrue(killed.exitValue() != 0, "killed after step " + step);
        }
        Process last = java(command, folder);
        int first = watch(last, 0);
        assertTrue(first > step, "went on from step " + first);
        watch(last, Integer.MAX_VALUE);
        assertEquals(0, last.waitFor());

        ComputationGraph unbroken = KilledTraining.network();
        KilledTraining.train(unbroken, KilledTraining.STEPS);
        ComputationGraph continued =
                ModelSerializer.restoreComputationGraph(
                        folder.resolve("network.zip").toFile(), true);
        Compare.same(unbroken.params(), continued.params(), "parameters");
        Compare.same(unbroken.updaterState(), continued.updaterState(), "updater state");
    }

    /** Reads until a step is saved, or to the end; which was the last. */
    private static int watch(Process process, int until) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        int step = -1;
        String line = "";
        while (step < until && line != null) {
            line = lines.readLine();
            if (line != null && line.startsWith("step ")) {
                step = Integer.parseInt(line.substring(5, line.indexOf(',')));
                if (KilledTraining.STEPS >= 1000) {
                    System.out.println(line);
                }
            }
        }
        return step;
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
