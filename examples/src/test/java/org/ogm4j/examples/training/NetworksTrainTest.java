package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.Run;
import org.ogm4j.study.Scores;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

/** Two steps on a few of the shipped digits. */
class NetworksTrainTest {

    private static DigitData digits;
    private static SignalPath signals;

    @BeforeAll
    static void read() {
        digits = DataFormat.DIGITS.read(Path.of("examples", "data", "digits")).limit(12);
        signals = SignalPath.fit(digits.train(), new NoiseLevels(20, 0.2), 1);
    }

    static Stream<Arguments> networks() {
        List<Architecture> architectures = new ArrayList<>();
        for (Fusion fusion : Fusion.values()) {
            architectures.add(new Architecture(Encoder.CNN, fusion));
        }
        for (Fusion fusion : EnumSet.of(Fusion.CONCAT, Fusion.FILM, Fusion.SELF_ATTENTION)) {
            architectures.add(new Architecture(Encoder.TRANSFORMER, fusion));
        }
        return architectures.stream()
                .flatMap(
                        architecture ->
                                Stream.of(Method.PLAIN, Method.OGM_GE)
                                        .map(method -> Arguments.of(architecture, method)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trains(Architecture architecture, Method method) {
        Trained trained = train(architecture, method, 6);
        Run run = trained.run();

        assertEquals(2, run.steps().size());
        for (TrainingStep step : run.steps()) {
            assertTrue(step.loss() > 0 && step.loss() < 20, step.toString());
            assertTrue(
                    Runs.score(step, Modality.AUDIO) > 0 && Runs.score(step, Modality.AUDIO) < 1,
                    step.toString());
            assertTrue(
                    Runs.score(step, Modality.VISUAL) > 0 && Runs.score(step, Modality.VISUAL) < 1,
                    step.toString());
        }
        assertNotEquals(run.steps().get(0).loss(), run.steps().get(1).loss());
        assertEquals(
                architecture.fusion().mixesTokens(), !trained.attribution().layers().isEmpty());
        for (Scores accuracy : run.validation()) {
            assertTrue(accuracy.fused() >= 0 && accuracy.fused() <= 1);
        }
    }

    @Test
    void scoresThatCostAPassOfTheClassifierAreTakenEveryFifthStep() {
        Architecture film = new Architecture(Encoder.TRANSFORMER, Fusion.FILM);
        List<TrainingStep> steps = train(film, Method.PLAIN, 2).run().steps();

        assertEquals(6, steps.size());
        assertEquals(
                List.of(0, 0, 0, 0, 0, 5),
                steps.stream()
                        .map(step -> firstWith(steps, Runs.score(step, Modality.AUDIO)))
                        .toList());
        assertEquals(
                2,
                steps.stream().map(step -> Runs.score(step, Modality.VISUAL)).distinct().count());
        assertEquals(6, steps.stream().map(TrainingStep::loss).distinct().count());
    }

    private static int firstWith(List<TrainingStep> steps, double audioScore) {
        return steps.stream()
                .map(step -> Runs.score(step, Modality.AUDIO))
                .toList()
                .indexOf(audioScore);
    }

    private static Trained train(Architecture architecture, Method method, int batch) {
        Settings settings =
                new Settings(architecture, 0.8, Updater.NESTEROVS, 0.01, 1, 1, batch, 1);
        return new Job(new DigitSource(digits, signals), settings).train(method);
    }
}
