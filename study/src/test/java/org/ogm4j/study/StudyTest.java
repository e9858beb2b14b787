package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.measure.SomeBatches;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.table.Csv;
import org.ogm4j.study.table.Markdown;
import org.ogm4j.study.table.Result;
import org.ogm4j.study.table.ResultFile;
import org.ogm4j.study.table.ResultReader;
import org.ogm4j.study.table.Summary;

class StudyTest {

    @TempDir Path folder;

    private static Study small() {
        return Study.of(seed -> Nets.concat(seed, "sound", "image"))
                .data("mine", StudyData.crossValidated(Nets.examples(18, 2, 7), 6, 3))
                .seeds(1)
                .epochs(1);
    }

    /** Three modalities, two folds, a grid, a lambda among the methods. */
    @Test
    void makesEveryRunAndWritesTables() throws IOException {
        StudyResult result =
                Study.of(seed -> Nets.concat(seed, "sound", "image", "touch"))
                        .data("mine", StudyData.crossValidated(Nets.examples(18, 3, 7), 6, 3))
                        .title("mine", "My data")
                        .note("mine", "Made by hand.")
                        .methods(
                                Method.plain().named("plain", Point.rates(0.1, 0.3)),
                                Method.modulated(0.8, a -> ModulatedOptimizer.builder().alpha(a))
                                        .named("ogm-ge", Point.strengths(0.3, 0.8)))
                        .seeds(1)
                        .folds(2)
                        .epochs(1)
                        .tensorBoard(true)
                        .run(folder);

        assertEquals(Map.of(), result.failures());
        assertTrue(result.isComplete());
        assertEquals(4, result.runs().size());
        assertEquals(5, Files.readAllLines(folder.resolve("results.csv")).size());
        List<String> tuning = Files.readAllLines(folder.resolve("tuning.csv"));
        assertEquals(1 + 2 * 4, tuning.size());
        assertEquals(4, tuning.stream().filter(row -> row.endsWith(",true")).count());
        assertTrue(result.tables().contains("| ogm-ge | 2 |"), result.tables());
        assertTrue(result.tables().contains("### My data\n\nMade by hand."), result.tables());
        assertEquals("mine", result.runs().get(0).data());
        String report = Files.readString(folder.resolve("report.html"));
        assertTrue(report.contains("My data") && !report.contains(">mine<"), report);
        assertTrue(result.tables().contains("touch Shapley"), result.tables());
        assertTrue(Files.readString(folder.resolve("report.html")).contains("touch"));
        for (RunRecord run : result.runs()) {
            assertEquals(List.of("sound", "image", "touch"), run.modalities());
            assertEquals(6, run.trained());
            assertEquals(6, run.tested());
            boolean measured = run.curve().get(0).measured().containsKey("joint_signal/touch");
            assertEquals(run.method().equals("ogm-ge"), measured);
            double sum = run.shapley().values().stream().mapToDouble(each -> each).sum();
            assertTrue(Math.abs(sum) <= 1);
        }
    }

    /** A point with nothing beside it is taken, and no run is made to choose it. */
    @Test
    void onePointEachIsNoChoice() throws IOException {
        StudyResult result =
                small().methods(
                                Method.plain().named("plain", Point.rates(0.3)),
                                Method.modulated(0.8, a -> ModulatedOptimizer.builder().alpha(a))
                                        .named("ogm-ge", Point.strengths(0.5)))
                        .run(folder);

        assertEquals(Map.of(), result.failures());
        assertEquals(2, result.runs().size());
        assertEquals(0.3, result.runs().get(0).point().learningRate());
        assertEquals(0.5, result.runs().get(1).point().strength());
        assertFalse(Files.exists(folder.resolve("tuning.csv")));
    }

    /** Six decimals are enough for every number that is shown. */
    @Test
    void theTablesCanBeWrittenAgainFromTheRows() throws IOException {
        StudyResult result =
                Study.of(seed -> Nets.concat(seed, "sound", "image"))
                        .data("mine", StudyData.crossValidated(Nets.examples(18, 2, 7), 6, 3))
                        .methods(
                                Method.plain().named("plain"),
                                Method.alone("sound").named("sound only"),
                                Method.uniform().named("uniform"))
                        .seeds(1, 2)
                        .folds(3)
                        .epochs(1)
                        .run(folder);

        List<Result> read =
                ResultReader.read(List.of(ResultFile.of(folder.resolve("results.csv").toString())));

        assertEquals(18, read.size());
        List<Summary> rows = Summary.of(read, "plain");
        String again = new Markdown("plain", Map.of()).of(rows, 18, 18);
        assertEquals(
                withoutTime(Files.readString(folder.resolve("summary.md"))), withoutTime(again));
        assertTrue(again.contains("| uniform | 6 |"), again);
        assertEquals(Csv.runs(read), Csv.runs(Result.against(read, "plain")));
        List<Summary> own = Summary.of(Result.of(result.runs(), "plain"), "plain");
        assertEquals(own.size(), rows.size());
        for (int i = 0; i < own.size(); i++) {
            assertEquals(own.get(i).metric(), rows.get(i).metric());
            assertEquals(own.get(i).value().mean(), rows.get(i).value().mean(), 1e-6);
            assertEquals(own.get(i).holm(), rows.get(i).holm(), 1e-4);
        }
    }

    /**
     * Times differ from run to run, and one in a thousand is near enough to be rounded otherwise.
     */
    private static String withoutTime(String tables) {
        return tables.replaceAll("(?m) [^|\n]* \\|$", "");
    }

    /** Chosen are the rate of one and the strength of the other, and they are used. */
    @Test
    void whatIsChosenIsUsed() throws IOException {
        double[] used = new double[1];
        Method method =
                trial -> {
                    used[0] = trial.strength(7);
                    return Course.of(trial.plain());
                };

        StudyResult result =
                small().methods(method.named("mine", List.of(new Point(0.05, 0.4)))).run(folder);

        assertEquals(0.4, used[0]);
        assertEquals(new Point(0.05, 0.4), result.runs().get(0).point());
        used[0] = 0;
        small().methods(method.named("mine")).train("mine", "mine", 1);
        assertEquals(7, used[0]);
    }

    @Test
    void aMethodThatFailsIsNamedAndTheOthersAreMade() throws IOException {
        Method broken =
                trial -> {
                    throw new IllegalStateException("no luck");
                };

        StudyResult result =
                small().methods(Method.plain().named("plain"), broken.named("mine")).run(folder);

        assertFalse(result.isComplete());
        assertEquals(1, result.runs().size());
        assertTrue(result.failures().values().iterator().next().contains("no luck"));
        assertTrue(result.failures().keySet().iterator().next().startsWith("mine-seed1-"));
        assertTrue(result.tables().contains("**1 of 2 runs are missing.**"), result.tables());
        assertTrue(Files.readString(folder.resolve("report.html")).contains("no luck"));
    }

    /** What the library refuses it refuses here, in its own words. */
    @Test
    void anOptimizerThatDoesNotFitTheNetworkIsNamed() throws IOException {
        Method unfit =
                Method.modulated(
                        0.5,
                        a -> ModulatedOptimizer.builder().alpha(a).modality("sound", "nothing"));

        StudyResult result = small().methods(unfit.named("unfit")).run(folder);

        assertTrue(result.failures().values().iterator().next().contains("nothing"));
    }

    @Test
    void numbersAreMeasuredToo() throws IOException {
        MultiDataSet examples = Nets.examples(18, 2, 7);
        StudyResult result =
                Study.of(
                                seed ->
                                        Nets.concat(
                                                seed,
                                                LossFunction.MSE,
                                                Activation.IDENTITY,
                                                Nets.CLASSES,
                                                "sound",
                                                "image"))
                        .data("numbers", StudyData.crossValidated(examples, 6, 3))
                        .methods(Method.plain().named("plain"))
                        .seeds(1)
                        .epochs(1)
                        .run(folder);

        RunRecord run = result.runs().get(0);
        assertEquals("R²", run.measure());
        assertTrue(run.test().fused() < 1 && run.second().fused() > 0);
        assertTrue(result.tables().contains("squared error fused"), result.tables());
        assertFalse(result.tables().contains("F1 fused"), result.tables());
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Study study =
                Study.of(seed -> Nets.concat(seed, "sound"))
                        .data("mine", StudyData.crossValidated(Nets.examples(9, 1, 7), 6, 3))
                        .methods(
                                Method.plain().named("plain", Point.rates(0.1)),
                                Method.plain().named("other"))
                        .data("other", StudyData.crossValidated(Nets.examples(9, 1, 7), 6, 3))
                        .title("other", "mine")
                        .shown("nobody");

        String message = assertThrows(StudyException.class, () -> study.run(folder)).getMessage();

        assertTrue(message.contains("epochs must be at least 1, got none"), message);
        assertTrue(message.contains("modalities must be two or more, got [sound]"), message);
        assertTrue(
                message.contains(
                        "grids must have the same number of points for every method, or none for"
                                + " all, got {plain=1, other=0}"),
                message);
        assertTrue(message.contains("titles of data must differ, got [mine, mine]"), message);
        assertTrue(message.contains("shown must be one of [plain, other], got nobody"), message);
    }

    /** The second reading gives other batches. */
    @Test
    void iteratorsThatChangeAreRefused() {
        MultiDataSet examples = Nets.examples(6, 2, 7);
        MultiDataSetIterator changing =
                new SomeBatches(List.of(examples)) {
                    @Override
                    public void reset() {
                        super.reset();
                        examples.getFeatures(0).addi(1);
                    }
                };
        MultiDataSetIterator fixed = new SomeBatches(List.of(Nets.examples(6, 2, 8)));
        StudyData data = StudyData.of(changing, fixed, fixed);

        String message =
                assertThrows(IllegalArgumentException.class, () -> data.digest(1, 0)).getMessage();

        assertTrue(message.contains("must give the same batches after every reset"), message);
    }

    /** All examples are tested once over the folds, and none is trained on and tested. */
    @Test
    void foldsDivideTheExamples() {
        MultiDataSet examples = Nets.examples(18, 2, 7);
        for (int i = 0; i < 18; i++) {
            examples.getFeatures(0).getRow(i).assign(i);
        }
        StudyData data = StudyData.crossValidated(examples, 4, 3);
        INDArray seen = Nd4j.zeros(18);
        for (int fold = 0; fold < 3; fold++) {
            Split split = data.split(5, fold);
            INDArray own = Nd4j.zeros(18);
            for (MultiDataSetIterator part :
                    List.of(split.training(0), split.validation(), split.test())) {
                count(part, own);
            }
            assertEquals(18, own.sumNumber().intValue());
            assertEquals(1, own.maxNumber().intValue());
            count(split.test(), seen);
            INDArray classes = split.test().next().getLabels(0);
            assertEquals(4, classes.size(0));
        }
        assertEquals(1, seen.minNumber().intValue());
        assertEquals(1, seen.maxNumber().intValue());
    }

    private static void count(MultiDataSetIterator part, INDArray counts) {
        while (part.hasNext()) {
            INDArray numbers = part.next().getFeatures(0);
            for (int i = 0; i < numbers.size(0); i++) {
                int number = numbers.getInt(i, 0);
                counts.putScalar(number, counts.getDouble(number) + 1);
            }
        }
    }

    /** Equal weights at first, other gradients in the encoders, nothing held back. */
    @Test
    void uniformTrainsEncodersWithTheirOwnLossesToo() {
        Study study =
                small().methods(Method.plain().named("plain"), Method.uniform().named("both"));

        Run plain = study.epochs(2).train("plain", "mine", 1);
        Run both = study.train("both", "mine", 1);

        assertEquals(plain.steps().get(0).loss(), both.steps().get(0).loss(), 1e-6);
        assertTrue(plain.steps().get(1).loss() != both.steps().get(1).loss());
        assertEquals(Map.of("sound", 1.0, "image", 1.0), both.steps().get(1).coefficients());
    }

    /** The library's score of a modality and the study's, in the same step. */
    @Test
    void agreesWithTheLibrarysScoresAndCoefficients() {
        Method ogm =
                Method.modulated(
                        0.8,
                        a -> ModulatedOptimizer.builder().alpha(a).noise(GradientNoise.none()));
        Run run =
                Study.of(seed -> Nets.concat(seed, "sound", "image"))
                        .data("mine", StudyData.crossValidated(Nets.examples(18, 2, 7), 6, 3))
                        .methods(ogm.named("ogm"))
                        .epochs(2)
                        .train("ogm", "mine", 1);

        assertEquals(2, run.steps().size());
        ComputationGraph graph = run.graph();
        var last = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        for (String modality : List.of("sound", "image")) {
            TrainingStep step = run.steps().get(1);
            assertEquals(last.get(modality).score(), step.scores().get(modality), 1e-6);
            assertEquals(last.get(modality).ratio(), step.ratio(modality), 1e-5);
            assertEquals(last.get(modality).coefficient(), step.coefficients().get(modality));
            assertEquals(last.get(modality).loss(), step.measured().get("loss/" + modality));
            assertEquals(
                    last.get(modality).signals().joint(),
                    step.measured().get("joint_signal/" + modality));
            assertFalse(step.measured().containsKey("signal_cosine/" + modality), "no own signal");
        }
    }
}
