package org.ogm4j.examples.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.Balance;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalEvaluation;

/** The examples to begin with run, and do what they say. */
class StartTest {

    @TempDir Path folder;

    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }

    @Test
    void concatenationFindsThatSoundLeads() throws Exception {
        String printed = printed(() -> Concatenation.main(new String[0]));
        assertTrue(printed.contains("rows of head.W for fusion[0], b/2"), printed);
        List<String> steps = printed.lines().filter(line -> line.contains("k ")).toList();
        assertEquals(5, steps.size(), "every second of ten epochs: " + printed);
        assertTrue(steps.get(4).matches("8 .*sound=.*k 0\\..*picture=.*k 1\\.000.*"), printed);
        assertTrue(accuracy(printed, "fused") > 0.5, "chance is 0.17: " + printed);
        assertTrue(accuracy(printed, "sound alone") > accuracy(printed, "picture alone"), printed);
    }

    @Test
    void anyFusionIsScoredByZeroOutAndByProbes() throws Exception {
        for (ScoreSource source : List.of(ScoreSource.zeroOut(), ScoreSource.probe())) {
            String printed =
                    printed(
                            () -> {
                                ModulatedOptimizer ogm =
                                        ModulatedOptimizer.builder().score(source).build();
                                ComputationGraph net = AnyFusion.train(ogm);
                                Map<String, ModalityStep> last = last(net);
                                assertTrue(last.get("text").coefficient() < 1, last.toString());
                                assertEquals(1, last.get("picture").coefficient());
                            });
            assertTrue(accuracy(printed, "fused") > 0.7, printed);
        }
    }

    @Test
    void sensorsFromCsvStopsEarlyAndKeepsTheBest() throws Exception {
        MultiDataSetIterator training = SensorFiles.read(folder.resolve("training"), 150, 1);
        MultiDataSetIterator validation = SensorFiles.read(folder.resolve("other"), 90, 2);
        EarlyStoppingResult<ComputationGraph> result =
                SensorsFromCsv.train(training, validation, folder);
        assertEquals(TerminationReason.EpochTerminationCondition, result.getTerminationReason());
        assertTrue(
                result.getTerminationDetails().startsWith("ScoreImprovement"),
                result.getTerminationDetails());
        assertTrue(result.getBestModelEpoch() < result.getTotalEpochs() - 1);
        assertEquals(
                result.getScoreVsEpoch().values().stream().mapToDouble(d -> d).min().orElseThrow(),
                result.getScoreVsEpoch().get(result.getBestModelEpoch()));
        UnimodalEvaluation best = ModulatedOptimizer.evaluate(result.getBestModel(), validation);
        for (String sensor : List.of("motion", "sound", "state")) {
            assertTrue(best.alone(sensor).accuracy() > 0.42, "chance is 0.33: " + best);
        }
        try (Stream<Path> files = Files.list(folder.resolve("training"))) {
            assertTrue(files.allMatch(file -> file.toString().endsWith(".csv")));
        }
    }

    @Test
    void textAndImageTeachesTheTextByItsOwnLoss() {
        UnimodalEvaluation plain = TextAndImage.train(TextAndImage.network());
        UnimodalEvaluation uniform =
                TextAndImage.train(Balance.uniform(1).build().modulate(TextAndImage.network()));
        assertTrue(plain.fused().accuracy() > 0.6, plain.toString());
        assertTrue(
                uniform.alone("text").accuracy() > plain.alone("text").accuracy(),
                plain + "\n" + uniform);
    }

    @Test
    void watchAndPlotSeesEveryStepAndDraws() throws Exception {
        Map<String, List<Double>> ratios = WatchAndPlot.ratios(30);
        assertEquals(List.of("camera", "lidar"), List.copyOf(ratios.keySet()));
        for (int step = 0; step < 30; step++) {
            double product = ratios.get("lidar").get(step) * ratios.get("camera").get(step);
            assertEquals(1, product, 1e-9);
        }
        Path picture = folder.resolve("deeper/ratios.png");
        String printed = printed(() -> WatchAndPlot.main(new String[] {picture.toString()}));
        assertTrue(printed.contains("Written: " + picture), printed);
        assertTrue(Files.size(picture) > 1000);
    }

    @Test
    void saveResumeStripGivesTheSameParametersAndAnswers() throws Exception {
        String printed = printed(() -> SaveResumeStrip.main(new String[0]));
        assertTrue(printed.contains("same parameters: true\nsame answers: true\n"), printed);
        ComputationGraph half = SaveResumeStrip.network();
        SaveResumeStrip.train(half, 0, 30);
        ComputationGraph resumed = SaveResumeStrip.resumed(folder.resolve("half.zip").toFile());
        assertNotEquals(half.params().sumNumber(), resumed.params().sumNumber(), "it went on");
    }

    @Test
    void ownRuleIsCalledAndSaved() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        OwnRule.train(
                ratio -> {
                    calls.incrementAndGet();
                    return 1;
                });
        assertTrue(calls.get() >= 120, "two modalities, 60 steps: " + calls);
        for (ModalityStep step : last(OwnRule.train(new OwnRule.Reciprocal(0.4))).values()) {
            double expected = step.ratio() > 1 ? Math.max(0.4, 1 / step.ratio()) : 1;
            assertEquals(expected, step.coefficient(), 1e-12);
        }
        String printed = printed(() -> OwnRule.main(new String[0]));
        assertTrue(printed.contains("saved with the network: true"), printed);
    }

    @Test
    @DisabledOnOs(
            value = OS.MAC,
            architectures = "aarch64",
            disabledReason = "no HDF5 is published for it")
    void kerasImportKeepsTheWeightsAndLearns() throws Exception {
        ComputationGraph net =
                ModulatedOptimizer.builder().build().modulate(KerasImport.imported());
        assertEquals(KerasImport.imported().params(), net.params());
        String printed = printed(() -> KerasImport.main(new String[0]));
        String[] parts = printed.split("trained on", -1);
        assertTrue(accuracy(parts[1], "fused") > accuracy(parts[0], "fused") + 0.2, printed);
    }

    @Test
    void everyProgramIsShort() throws Exception {
        Path module = Files.exists(Path.of("examples")) ? Path.of("examples") : Path.of("");
        try (Stream<Path> files =
                Files.list(module.resolve("src/main/java/org/ogm4j/examples/start"))) {
            for (Path file : files.toList()) {
                assertTrue(Files.readAllLines(file).size() < 90, file + " has 90 lines or more");
            }
        }
    }

    private static Map<String, ModalityStep> last(ComputationGraph net) {
        return ModulatedOptimizer.lastModulation(net).orElseThrow().modalities();
    }

    /** The first number but one in the row of that name. */
    private static double accuracy(String printed, String row) {
        String line =
                printed.lines()
                        .filter(l -> l.strip().startsWith(row + " "))
                        .findFirst()
                        .orElseThrow();
        String numbers = line.strip().substring(row.length()).strip();
        return Double.parseDouble(numbers.split("\\s+", -1)[1]);
    }

    private static String printed(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
