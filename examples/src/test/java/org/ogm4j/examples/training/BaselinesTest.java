package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

class BaselinesTest {

    /** Up to a ratio of 1.5 the library's rule leaves a lead alone. */
    private static final double MARGIN = 0.5;

    @TempDir static Path folder;
    private static DigitData data;
    private static SignalPath signals;

    @BeforeAll
    static void prepare() throws IOException {
        data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 4));
        signals = SignalPath.fit(data.train(), new NoiseLevels(20, 0.1), 3);
    }

    @Test
    void noiseAloneLeavesTheCoefficientsAndChangesTheTraining() {
        List<TrainingStep> plain = train(Method.PLAIN).steps();
        List<TrainingStep> noisy = train(KnownMethod.NOISE_ONLY).steps();

        assertEquals(plain.get(0).loss(), noisy.get(0).loss(), 1e-6);
        assertNotEquals(plain.get(1).loss(), noisy.get(1).loss());
        for (TrainingStep step : noisy) {
            assertEquals(1, Runs.coefficient(step, Modality.AUDIO));
            assertEquals(1, Runs.coefficient(step, Modality.VISUAL));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OGM_TPAMI", "OGM_GE_TPAMI"})
    void theJournalsRuleIsUsedWithTheAlphaOfTheSettings(KnownMethod method) {
        for (TrainingStep step : train(method).steps()) {
            for (Modality modality : Modality.values()) {
                double ratio = step.ratio(modality.input());
                double expected = ratio > 1 ? 1 - 0.5 * Math.tanh(ratio - 1) : 1;
                assertEquals(expected, Runs.coefficient(step, modality), 1e-4);
            }
        }
    }

    @Test
    void ofTheJournalsRuleOneHasNoiseAndTheOtherHasNot() {
        TrainingStep without = train(KnownMethod.OGM_TPAMI).steps().get(1);
        assertNotEquals(without.loss(), train(KnownMethod.OGM_GE_TPAMI).steps().get(1).loss());
    }

    @Test
    void uniformStartsAsPlain() {
        List<TrainingStep> plain = train(Method.PLAIN).steps();
        List<TrainingStep> uniform = train(KnownMethod.UNIFORM).steps();

        assertEquals(plain.get(0).loss(), uniform.get(0).loss(), 1e-6);
        assertEquals(plain.get(0).scores(), uniform.get(0).scores());
        assertNotEquals(plain.get(1).loss(), uniform.get(1).loss());
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio", "visual"})
    void oneModalityAnswersAlone(String own) {
        Run run = train(new Method(own + "-only", KnownMethod.ALONE));

        assertEquals(run.test().fused(), run.test().alone(own));
        String other = own.equals("audio") ? "visual" : "audio";
        assertEquals(Double.NaN, run.test().alone(other));
        assertEquals(run.second().fused(), run.second().alone(own));
        assertTrue(run.steps().get(1).loss() < run.steps().get(0).loss() + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ADAM", "ADAM_OGM", "ADAM_OGM_GE"})
    void methodsOfAdamHaveItsNameAndRate(KnownMethod known) {
        Method method = new Method(known);
        Settings own = method.settings(settings());

        assertEquals(Updater.ADAM, own.updater());
        assertEquals(0.001, own.learningRate());
        Settings given = own.with(Updater.ADAM, 0.5);
        assertEquals(given, method.settings(given));
        Contestant contestant = new Contestant(method, given);
        String json =
                contestant
                        .start(Runs.trial(own.with(Updater.SGD, 0.1), null))
                        .graph()
                        .getConfiguration()
                        .toJson();
        assertTrue(
                json.contains("learning.config.Adam") && json.contains("\"learningRate\" : 0.5"));
        assertFalse(json.contains("learning.config.Sgd"));
    }

    @Test
    void withTheLibrarysRuleTrainingIsPlainUntilSomeoneLeads() {
        List<TrainingStep> plain = train(Method.PLAIN).steps();
        List<TrainingStep> steps = train(KnownMethod.OGM_DEAD_ZONE).steps();

        for (TrainingStep step : steps) {
            for (Modality modality : Modality.values()) {
                double lead = Math.max(0, step.ratio(modality.input()) - 1 - MARGIN);
                assertEquals(1 - Math.tanh(0.5 * lead), Runs.coefficient(step, modality), 1e-4);
            }
        }
        assertEquals(plain.get(0).loss(), steps.get(0).loss());
    }

    static List<Method> methods() {
        return Method.ALL;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodTrains(Method method) {
        Run run = train(method);

        assertEquals(2, run.steps().size());
        assertTrue(run.cost().secondsPerStep() > 0 && run.cost().peakBytes() > 0);
        if (method.isUnimodal()) {
            assertTrue(Double.isNaN(run.shapley().get("audio")));
        }
    }

    private static Run train(KnownMethod method) {
        return train(new Method(method));
    }

    private static Run train(Method method) {
        return Runs.train(data, signals, settings(), method);
    }

    private static Settings settings() {
        return new Settings(Architecture.DEFAULT, 0.5, Updater.NESTEROVS, 0.01, 1, 1, 6, 3);
    }
}
