package org.ogm4j.study.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.ogm4j.ModalityEvaluationListener;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.study.Nets;
import org.ogm4j.study.StudyData;

/** Both listeners, on networks that train. */
class WatchingTest {

    private static final int STEPS = 4;

    @TempDir Path folder;

    private static ComputationGraph net() {
        return net(ModulatedOptimizer.builder());
    }

    private static ComputationGraph net(ModulatedOptimizer.Builder options) {
        ComputationGraph net =
                new ComputationGraph(options.build().modulate(Nets.concat(3, "sound", "image")));
        net.init();
        return net;
    }

    /** Four batches of an epoch, always in the same order. */
    private static MultiDataSetIterator batches() {
        return StudyData.crossValidated(Nets.examples(72, 2, 7), 6, 3).split(1, 0).trainingOnce(0);
    }

    private TensorBoardListener board(int every) {
        return new TensorBoardListener(folder.resolve("board"), every);
    }

    private CsvListener csv(int every) {
        return new CsvListener(folder.resolve("training.csv"), every);
    }

    private Map<String, NavigableMap<Long, Float>> curves() throws IOException {
        return EventReader.of(folder.resolve("board")).curves();
    }

    private List<String> rows() throws IOException {
        return Files.readAllLines(folder.resolve("training.csv"));
    }

    /** Cells of a row by their column. */
    private Map<String, String> row(int number) throws IOException {
        String[] names = rows().get(0).split(",", -1);
        String[] cells = rows().get(number).split(",", -1);
        assertEquals(names.length, cells.length);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], cells[i]);
        }
        return row;
    }

    /** Against what other listeners see of the same steps. */
    @Test
    void writesWhatHappened() throws IOException {
        ComputationGraph net = net(ModulatedOptimizer.builder().unimodal(UnimodalSignal.pareto()));
        List<Modulation> seen = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        net.setListeners(
                board(1),
                csv(1),
                new ModulationListener(seen::add),
                new BaseTrainingListener() {
                    @Override
                    public void onGradientCalculation(Model model) {
                        INDArray weights = model.gradient().getGradientFor("sound-encoder_W");
                        INDArray bias = model.gradient().getGradientFor("sound-encoder_b");
                        norms.add(
                                Math.hypot(
                                        weights.norm2Number().doubleValue(),
                                        bias.norm2Number().doubleValue()));
                    }

                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        losses.add(model.score());
                    }
                });

        net.fit(batches(), 2);

        Map<String, NavigableMap<Long, Float>> curves = curves();
        assertEquals(2 * STEPS, seen.size());
        for (Modulation step : seen) {
            int i = step.iteration();
            ModalityStep sound = step.modalities().get("sound");
            Map<String, String> row = row(1 + i);
            assertEquals(i + "", row.get("iteration"));
            assertEquals(i / STEPS + "", row.get("epoch"));
            check(curves, row, i, "training/loss", losses.get(i));
            check(curves, row, i, "training/learning_rate", 0.3);
            check(curves, row, i, "score/sound", sound.score());
            check(curves, row, i, "loss/sound", sound.loss());
            check(curves, row, i, "ratio/sound", sound.ratio());
            check(curves, row, i, "coefficient/sound", sound.coefficient());
            check(curves, row, i, "moment_coefficient/sound", 1);
            check(curves, row, i, "drop_rate/sound", 0);
            check(curves, row, i, "joint_signal/sound", sound.signals().joint());
            check(curves, row, i, "unimodal_signal/sound", sound.signals().unimodal());
            check(curves, row, i, "signal_cosine/sound", sound.signals().cosine());
            check(curves, row, i, "gradient/sound", norms.get(i));
            assertEquals("", row.get("validation/fused"));
        }
        assertTrue(seen.stream().anyMatch(s -> s.modalities().get("sound").coefficient() < 1));
    }

    private static void check(
            Map<String, NavigableMap<Long, Float>> curves,
            Map<String, String> row,
            long step,
            String name,
            double value) {
        assertEquals(
                (float) value, curves.get(name).get(step), 1e-6f * Math.abs((float) value), name);
        assertEquals(value, Double.parseDouble(row.get(name)), 1e-12, name);
    }

    @Test
    void changesNothing() {
        ComputationGraph watched = net();
        watched.setListeners(board(1), csv(2));
        ComputationGraph other = net();

        watched.fit(batches(), 2);
        other.fit(batches(), 2);

        assertEquals(other.params(), watched.params());
    }

    @Test
    void writesEvaluationsAtTheLatestStep() throws IOException {
        ComputationGraph net = net();
        TensorBoardListener board = board(1);
        CsvListener csv = csv(3);
        List<UnimodalEvaluation> seen = new ArrayList<>();
        net.setListeners(
                board,
                csv,
                new ModalityEvaluationListener(
                        batches(),
                        1,
                        found -> {
                            board.evaluated(found);
                            csv.evaluated(found);
                            seen.add(found);
                        }));

        net.fit(batches(), 2);

        Map<String, NavigableMap<Long, Float>> curves = curves();
        assertEquals(List.of(3L, 7L), List.copyOf(curves.get("validation/fused").keySet()));
        assertEquals(
                (float) seen.get(1).alone("image").accuracy(),
                curves.get("validation/image").get(7L));
        assertEquals(
                List.of("0,0", "3,0", "3,0", "6,1", "7,1"),
                rows().stream()
                        .skip(1)
                        .map(row -> row.replaceAll("^(\\d+,\\d+),.*", "$1"))
                        .toList());
        assertEquals(seen.get(1).fused().accuracy() + "", row(5).get("validation/fused"));
        assertEquals("", row(5).get("training/loss"));
    }

    /** Killed after six steps, saved after four: steps 4 and 5 come again. */
    @Test
    void goesOnWhereASavedNetworkDoes() throws IOException {
        ComputationGraph unbroken = net();
        unbroken.setListeners(board(1), csv(1));
        unbroken.fit(batches(), 2);
        Map<String, NavigableMap<Long, Float>> wanted = curves();
        List<String> wantedRows = rows();
        Path all = folder.resolve("training.csv");
        Files.move(folder.resolve("board"), folder.resolve("unbroken"));
        Files.delete(all);

        ComputationGraph killed = net();
        killed.setListeners(board(1), csv(1));
        killed.fit(batches());
        Path saved = folder.resolve("net.zip");
        killed.save(saved.toFile(), true);
        MultiDataSetIterator again = batches();
        killed.fit(again.next());
        killed.fit(again.next());
        Files.writeString(all, Files.readString(all) + "6,1,0.3"); // a row cut short
        ComputationGraph resumed = ComputationGraph.load(saved.toFile(), true);
        resumed.setListeners(board(1), csv(1));
        resumed.fit(batches());

        assertEquals(wanted, curves());
        assertEquals(wantedRows, rows());
    }

    @Test
    void aTrainingThatBeginsAnewMovesTheTableAside() throws IOException {
        for (int training = 0; training < 2; training++) {
            ComputationGraph net = net();
            net.setListeners(board(1), csv(1));
            net.fit(batches());
        }

        assertEquals(1 + STEPS, rows().size());
        assertEquals(rows(), Files.readAllLines(folder.resolve("training.csv.1")));
        assertEquals(STEPS, curves().get("training/loss").size());
        // header and mark of each of two files
        assertEquals(2 * (STEPS + 2), EventReader.of(folder.resolve("board")).events());
    }

    @Test
    void aTableOfOtherColumnsIsMovedAside() throws IOException {
        Files.writeString(folder.resolve("training.csv"), "iteration,epoch,mine\n0,0,1\n");
        ComputationGraph net = net();
        net.getConfiguration().setIterationCount(5);
        net.setListeners(csv(1));

        net.fit(batches());

        assertEquals(1 + STEPS, rows().size());
        assertEquals(
                "iteration,epoch,mine",
                Files.readAllLines(folder.resolve("training.csv.1")).get(0));
    }

    @Test
    void outsideTheWindowThereAreNoScores() throws IOException {
        ComputationGraph net = net(ModulatedOptimizer.builder().epochs(1, 1));
        net.setListeners(board(1), csv(1));

        net.fit(batches(), 3);

        assertEquals(3 * STEPS, curves().get("training/loss").size());
        assertEquals(List.of(4L, 5L, 6L, 7L), List.copyOf(curves().get("score/image").keySet()));
        assertEquals("", row(4).get("score/image"));
        assertFalse(row(5).get("score/image").isEmpty());
    }

    @Test
    void aPlainNetworkHasLossAndGradientsAndEvaluations() throws IOException {
        ComputationGraph net = new ComputationGraph(Nets.concat(3, "sound", "image"));
        net.init();
        CsvListener csv = csv(1);
        net.setListeners(csv, new ModalityEvaluationListener(batches(), 1, csv::evaluated));

        net.fit(batches());

        assertEquals(
                "iteration,epoch,training/loss,training/learning_rate,gradient/sound,gradient/image,"
                        + "validation/fused,validation/sound,validation/image",
                rows().get(0));
        assertFalse(row(STEPS + 1).get("validation/image").isEmpty());
    }

    /** Each step once, from whichever worker comes first, and none is lost. */
    @Test
    void workersWriteEachStepOnce() throws Exception {
        ComputationGraph net = net();
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(net).workers(2).averagingFrequency(1).build();
        TensorBoardListener board = board(1);
        CsvListener csv = csv(1);
        wrapper.setListeners(board, csv);

        wrapper.fit(batches());
        wrapper.close();

        List<Long> steps = List.copyOf(curves().get("coefficient/sound").keySet());
        assertEquals(List.of(0L, 1L), steps, "two steps of two workers");
        assertEquals(3, rows().size());
    }

    @Test
    void earlyStoppingIsATrainingLikeAnyOther() throws IOException {
        ComputationGraph net = net();
        net.setListeners(board(1), csv(1));

        new EarlyStoppingGraphTrainer(
                        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
                                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                                .scoreCalculator(new DataSetLossCalculator(batches(), true))
                                .modelSaver(new InMemoryModelSaver<>())
                                .build(),
                        net,
                        batches(),
                        null)
                .fit();

        assertEquals(3 * STEPS, curves().get("score/sound").size());
        assertEquals(1 + 3 * STEPS, rows().size());
    }

    /** A clone counts from 0 again, so what it does while it shares the listener is not written. */
    @Test
    void aCloneDoesNotWriteTheSameStepsAgain() throws IOException {
        ComputationGraph net = net();
        TrainingListener[] listeners = {board(1), csv(1)};
        net.setListeners(listeners);
        net.fit(batches());
        ComputationGraph clone = net.clone();
        clone.setListeners(listeners);
        List<String> before = rows();

        clone.fit(batches());

        assertEquals(before, rows());
        assertEquals(STEPS, curves().get("score/sound").size());
    }

    /** Of gates and probes no weight is an encoder's; a schedule is followed. */
    @Test
    void oddNamesProbesAndSchedules() throws IOException {
        ComputationGraphConfiguration conf = Nets.concat(3, "so,\"und", "im age");
        ComputationGraph net =
                new ComputationGraph(
                        ModulatedOptimizer.builder()
                                .updater(
                                        new Adam(
                                                new MapSchedule(
                                                        ScheduleType.ITERATION,
                                                        Map.of(0, 0.1, 2, 0.05))))
                                .score(ScoreSource.probe())
                                .build()
                                .modulate(conf));
        net.init();
        net.setListeners(board(1), csv(1));

        net.fit(batches());

        assertTrue(rows().get(0).contains(",\"score/so,\"\"und\",score/im age,"), rows().get(0));
        assertEquals(0.1f, curves().get("training/learning_rate").get(1L));
        assertEquals(0.05f, curves().get("training/learning_rate").get(2L));
        assertTrue(curves().containsKey("gradient/im age"));
        assertEquals(1 + STEPS, rows().size());
    }

    /** The folder cannot be made while a file has its name; once that is gone it goes on. */
    @Test
    void whatCannotBeWrittenDoesNotEndTheTraining() throws IOException {
        Path way = Files.writeString(folder.resolve("way"), "in the way");
        ComputationGraph net = net();
        net.setListeners(
                new TensorBoardListener(way.resolve("board"), 1),
                new CsvListener(way.resolve("training.csv"), 1));

        net.fit(batches());
        assertEquals("in the way", Files.readString(way));
        Files.delete(way);
        net.fit(batches());

        assertEquals(
                List.of(4L, 5L, 6L, 7L),
                List.copyOf(
                        EventReader.of(way.resolve("board"))
                                .curves()
                                .get("training/loss")
                                .keySet()));
        assertEquals(1 + STEPS, Files.readAllLines(way.resolve("training.csv")).size());
    }

    /** Linux has a disk that is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskDoesNotEndTheTraining() {
        ComputationGraph net = net();
        net.setListeners(new CsvListener(Path.of("/dev/full"), 1));

        net.fit(batches());

        assertEquals(STEPS, net.getIterationCount());
    }

    @Test
    void everyIsAtLeastOne() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> board(0));
        assertEquals("every must be at least 1, got 0", e.getMessage());
    }
}
