package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.Run;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

class BaselinesTest {

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
        List<TrainingStep> noisy = train(Method.NOISE_ONLY).steps();

        assertEquals(plain.get(0).loss(), noisy.get(0).loss(), 1e-6);
        assertNotEquals(plain.get(1).loss(), noisy.get(1).loss());
        for (TrainingStep step : noisy) {
            assertEquals(1, Runs.coefficient(step, Modality.AUDIO));
            assertEquals(1, Runs.coefficient(step, Modality.VISUAL));
        }
    }

    /** At a ratio of 2: 1 - 0.8 tanh(1) = 1 - 0.8 * 0.761594 = 0.390725. */
    @ParameterizedTest
    @EnumSource(names = {"OGM_TPAMI", "OGM_GE_TPAMI"})
    void theJournalsRuleIsUsedWhateverTheSettingsSay(Method method) {
        assertEquals(0.390725, method.rule(settings(Architecture.DEFAULT)).coefficient(2), 1e-6);
        for (TrainingStep step : train(method).steps()) {
            for (Modality modality : Modality.values()) {
                double ratio = step.ratio(modality.input());
                double expected = ratio > 1 ? 1 - 0.8 * Math.tanh(ratio - 1) : 1;
                assertEquals(expected, Runs.coefficient(step, modality), 1e-4);
            }
        }
    }

    @Test
    void ofTheJournalsRuleOneHasNoiseAndTheOtherHasNot() {
        TrainingStep without = train(Method.OGM_TPAMI).steps().get(1);
        assertNotEquals(without.loss(), train(Method.OGM_GE_TPAMI).steps().get(1).loss());
    }

    @Test
    void uniformStartsAsPlainAndSumsThreeLosses() {
        TrainingStep plain = train(Method.PLAIN).steps().get(0);
        TrainingStep uniform = train(Method.UNIFORM).steps().get(0);

        assertEquals(Runs.score(plain, Modality.AUDIO), Runs.score(uniform, Modality.AUDIO), 1e-6);
        assertEquals(plain.right(), uniform.right());
        assertTrue(uniform.loss() > plain.loss() + 1, uniform + " against " + plain);
    }

    @Test
    void uniformTrainsWhereTokensMix() {
        Architecture tokens = new Architecture(Encoder.CNN, Fusion.CROSS_ATTENTION);

        Run run = train(Method.UNIFORM, tokens);

        assertEquals(2, run.steps().size());
    }

    @ParameterizedTest
    @EnumSource(names = {"AUDIO_ONLY", "VISUAL_ONLY"})
    void oneModalityAnswersAlone(Method method) {
        Run run = train(method);

        boolean audio = method == Method.AUDIO_ONLY;
        String own = audio ? "audio" : "visual";
        assertEquals(run.test().fused(), run.test().alone(own));
        assertEquals(Double.NaN, run.test().alone(audio ? "visual" : "audio"));
        assertEquals(run.second().fused(), run.second().alone(own));
        assertTrue(run.steps().get(1).loss() < run.steps().get(0).loss() + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ADAM", "ADAM_OGM", "ADAM_OGM_GE"})
    void methodsOfAdamHaveItsNameAndRate(Method method) {
        Settings own = method.settings(settings(Architecture.DEFAULT));

        assertEquals(Updater.ADAM, own.updater());
        assertEquals(0.001, own.learningRate());
        assertEquals(own.with(Updater.ADAM, 0.5), method.settings(own.with(Updater.ADAM, 0.5)));
        assertEquals(method != Method.ADAM, method.modulates());
    }

    @Test
    void withTheLibrarysRuleTrainingIsPlainUntilSomeoneLeads() {
        List<TrainingStep> plain = train(Method.PLAIN).steps();
        List<TrainingStep> steps = train(Method.OGM_DEAD_ZONE).steps();

        for (TrainingStep step : steps) {
            for (Modality modality : Modality.values()) {
                double lead = Math.max(0, step.ratio(modality.input()) - 1 - Method.MARGIN);
                assertEquals(1 - Math.tanh(0.8 * lead), Runs.coefficient(step, modality), 1e-4);
            }
        }
        assertEquals(plain.get(0).loss(), steps.get(0).loss());
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodTrainsWithAStrengthOfItsOwn(Method method) {
        Settings settings = method.settings(settings(Architecture.DEFAULT));
        Settings strong = method.hasStrength() ? settings.with(0.01, 0.7) : settings;

        Run run = Runs.train(data, signals, strong, method);

        assertEquals(2, run.steps().size());
        assertTrue(run.cost().secondsPerStep() > 0 && run.cost().peakBytes() > 0);
        assertTrue(method.isUnimodal() != Double.isFinite(run.shapley().get("audio")));
    }

    private static Run train(Method method) {
        return train(method, Architecture.DEFAULT);
    }

    private static Run train(Method method, Architecture architecture) {
        return Runs.train(data, signals, settings(architecture), method);
    }

    private static Settings settings(Architecture architecture) {
        return new Settings(
                architecture,
                Rule.CVPR2022.withAlpha(0.5),
                Double.NaN,
                Updater.NESTEROVS,
                0.01,
                1,
                1,
                6,
                3);
    }
}
