package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Fusion;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;

class TrainerTest {

    private static final Settings SETTINGS =
            new Settings(
                    Architecture.DEFAULT,
                    Rule.CVPR2022.withAlpha(0.5),
                    Updater.NESTEROVS,
                    0.01,
                    2,
                    2,
                    6,
                    3);

    @TempDir static Path folder;
    private static SignalPath signals;
    private static DigitData data;
    private static Trainer trainer;

    @BeforeAll
    static void prepare() throws IOException {
        data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 6));
        signals = SignalPath.fit(data.train(), new NoiseLevels(20, 0.1), 3);
        trainer = new Trainer(data, signals, SETTINGS);
    }

    @Test
    void recordsEveryStepAndEveryEpoch() {
        Run run = trainer.train(Method.PLAIN);

        assertEquals(6, run.steps().size());
        assertEquals(2, run.validation().size());
        for (TrainingStep step : run.steps()) {
            assertTrue(step.loss() > 0);
            assertTrue(step.audioScore() > 0 && step.audioScore() < 1);
            assertTrue(step.visualScore() > 0 && step.visualScore() < 1);
            assertEquals(1, step.audioCoefficient());
            assertEquals(1, step.visualCoefficient());
        }
    }

    @Test
    void allMethodsStartFromTheSameWeightsAndBatches() {
        TrainingStep plain = trainer.train(Method.PLAIN).steps().get(0);
        List<TrainingStep> modulated = trainer.train(Method.OGM_GE).steps();

        assertEquals(plain.loss(), modulated.get(0).loss(), 1e-6);
        assertEquals(plain.audioScore(), modulated.get(0).audioScore(), 1e-6);
        assertEquals(plain.accuracy(), modulated.get(0).accuracy());
    }

    @Test
    void theLeaderAloneIsSlowedByTheRule() {
        for (TrainingStep step : trainer.train(Method.OGM).steps()) {
            for (Modality modality : Modality.values()) {
                double ratio = step.ratio(modality);
                double expected = ratio > 1 ? 1 - Math.tanh(0.5 * ratio) : 1;
                assertEquals(expected, step.coefficient(modality), 1e-4);
            }
        }
    }

    @Test
    void afterTheModulatedEpochsTrainingIsPlain() {
        Settings oneOfTwo =
                new Settings(
                        Architecture.DEFAULT, SETTINGS.rule(), Updater.NESTEROVS, 0.01, 2, 1, 6, 3);

        List<TrainingStep> steps = new Trainer(data, signals, oneOfTwo).train(Method.OGM).steps();

        assertTrue(coefficients(steps.subList(0, 3)) < 6);
        assertEquals(6, coefficients(steps.subList(3, 6)));
    }

    private static double coefficients(List<TrainingStep> steps) {
        return steps.stream()
                .mapToDouble(step -> step.audioCoefficient() + step.visualCoefficient())
                .sum();
    }

    @Test
    void theNoiseMakesADifference() {
        assertNotEquals(
                trainer.train(Method.OGM).steps().get(5).loss(),
                trainer.train(Method.OGM_GE).steps().get(5).loss());
    }

    /** Two implementations of the score: ours from the activations, the library's at its gates. */
    @Test
    void agreesWithTheLibrarysScores() {
        ComputationGraph plain =
                new ComputationGraph(AudioVisualNet.configuration(Updater.NESTEROVS, 0.01, 3));
        plain.init();
        ComputationGraph graph = Method.OGM.prepare(plain, SETTINGS);
        List<Modulation> modulations = new ArrayList<>();
        StepRecorder recorder =
                new StepRecorder(Fusion.CONCAT.reader(plain.getConfiguration()), step -> {});
        graph.setListeners(new ModulationListener(modulations::add), recorder);

        graph.fit(new EpochIterator(signals.examples(data.train(), 1), 6, 1));

        assertEquals(3, modulations.size());
        for (int i = 0; i < 3; i++) {
            for (Modality modality : Modality.values()) {
                assertEquals(
                        modulations.get(i).modalities().get(modality.input()).score(),
                        recorder.steps().get(i).score(modality),
                        1e-5);
            }
        }
    }

    @Test
    void naiveScalesTheGradientInFrontOfAdam() {
        Settings adam =
                new Settings(
                        Architecture.DEFAULT, SETTINGS.rule(), Updater.ADAM, 0.001, 2, 2, 6, 3);
        ComputationGraph plain =
                new ComputationGraph(AudioVisualNet.configuration(Updater.ADAM, 0.001, 3));
        plain.init();
        ComputationGraph naive = Method.NAIVE.prepare(plain, adam);
        String json = naive.getConfiguration().toJson();
        assertTrue(json.contains("GatedVertex") && json.contains("learning.config.Adam"));
        assertFalse(json.contains("ModulatedUpdater") || json.contains("learning.config.Sgd"));
        assertEquals(
                plain.params().sumNumber().doubleValue(), naive.params().sumNumber().doubleValue());
        String variant = Method.OGM_GE.prepare(plain, adam).getConfiguration().toJson();
        assertTrue(variant.contains("ModulatedUpdater") && variant.contains("MOMENTS"));
    }
}
