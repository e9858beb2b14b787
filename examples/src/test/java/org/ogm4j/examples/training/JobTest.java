package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.Run;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.method.KnownMethod;
import org.ogm4j.study.network.Updater;

class JobTest {

    private static final Method OGM = new Method(KnownMethod.OGM);

    private static final Settings SETTINGS =
            new Settings(Architecture.DEFAULT, 0.5, Updater.NESTEROVS, 0.01, 2, 2, 6, 3);

    @TempDir static Path folder;
    private static SignalPath signals;
    private static DigitData data;

    @BeforeAll
    static void prepare() throws IOException {
        data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 6));
        signals = SignalPath.fit(data.train(), new NoiseLevels(20, 0.1), 3);
    }

    private static Run train(Method method) {
        return Runs.train(data, signals, SETTINGS, method);
    }

    @Test
    void recordsEveryStepAndEveryEpoch() {
        Run run = train(Method.PLAIN);

        assertEquals(6, run.steps().size());
        assertEquals(2, run.validation().size());
        for (TrainingStep step : run.steps()) {
            assertTrue(step.loss() > 0);
            assertTrue(
                    Runs.score(step, Modality.AUDIO) > 0 && Runs.score(step, Modality.AUDIO) < 1);
            assertTrue(
                    Runs.score(step, Modality.VISUAL) > 0 && Runs.score(step, Modality.VISUAL) < 1);
            assertEquals(1, Runs.coefficient(step, Modality.AUDIO));
            assertEquals(1, Runs.coefficient(step, Modality.VISUAL));
        }
    }

    @Test
    void allMethodsStartFromTheSameWeightsAndBatches() {
        TrainingStep plain = train(Method.PLAIN).steps().get(0);
        List<TrainingStep> modulated = train(Method.OGM_GE).steps();

        assertEquals(plain.loss(), modulated.get(0).loss(), 1e-6);
        assertEquals(
                Runs.score(plain, Modality.AUDIO),
                Runs.score(modulated.get(0), Modality.AUDIO),
                1e-6);
        assertEquals(plain.right(), modulated.get(0).right());
    }

    @Test
    void theLeaderAloneIsSlowedByTheRule() {
        for (TrainingStep step : train(OGM).steps()) {
            for (Modality modality : Modality.values()) {
                double ratio = step.ratio(modality.input());
                double expected = ratio > 1 ? 1 - Math.tanh(0.5 * ratio) : 1;
                assertEquals(expected, Runs.coefficient(step, modality), 1e-4);
            }
        }
    }

    @Test
    void afterTheModulatedEpochsTrainingIsPlain() {
        Settings oneOfTwo =
                new Settings(
                        Architecture.DEFAULT,
                        SETTINGS.alpha(),
                        Updater.NESTEROVS,
                        0.01,
                        2,
                        1,
                        6,
                        3);

        List<TrainingStep> steps = Runs.train(data, signals, oneOfTwo, OGM).steps();

        assertTrue(coefficients(steps.subList(0, 3)) < 6);
        assertEquals(6, coefficients(steps.subList(3, 6)));
    }

    private static double coefficients(List<TrainingStep> steps) {
        return steps.stream()
                .mapToDouble(
                        step ->
                                Runs.coefficient(step, Modality.AUDIO)
                                        + Runs.coefficient(step, Modality.VISUAL))
                .sum();
    }

    @Test
    void theNoiseMakesADifference() {
        assertNotEquals(
                train(OGM).steps().get(5).loss(), train(Method.OGM_GE).steps().get(5).loss());
    }

    @Test
    void naiveScalesTheGradientInFrontOfAdam() {
        Settings adam =
                new Settings(
                        Architecture.DEFAULT, SETTINGS.alpha(), Updater.ADAM, 0.001, 2, 2, 6, 3);
        ComputationGraph plain = graph(Method.PLAIN, adam);
        ComputationGraph naive = graph(Method.NAIVE, adam);
        String json = naive.getConfiguration().toJson();
        assertTrue(json.contains("GatedVertex") && json.contains("learning.config.Adam"));
        assertFalse(json.contains("ModulatedUpdater") || json.contains("learning.config.Sgd"));
        assertEquals(
                plain.params().sumNumber().doubleValue(), naive.params().sumNumber().doubleValue());
        String variant = graph(Method.OGM_GE, adam).getConfiguration().toJson();
        assertTrue(variant.contains("ModulatedUpdater") && variant.contains("MOMENTS"));
    }

    private static ComputationGraph graph(Method method, Settings settings) {
        return new Contestant(method, settings).start(Runs.trial(settings, null)).graph();
    }
}
