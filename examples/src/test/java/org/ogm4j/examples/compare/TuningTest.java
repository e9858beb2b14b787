package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ogm4j.examples.compare.Tuning.Point;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.training.Method;

class TuningTest {

    private static final Job TEMPLATE = Samples.job(Method.PLAIN, Imbalance.MEDIUM, 101);
    private static final Tuning TUNING =
            Tuning.of(List.of(Method.PLAIN, Method.OGM, Method.ADAM), TEMPLATE);

    @ParameterizedTest
    @EnumSource
    void everyMethodHasTheSameBudget(Method method) {
        List<Point> grid = Tuning.grid(method);

        assertEquals(4, new HashSet<>(grid).size());
        assertEquals(
                method.hasStrength(),
                grid.stream().noneMatch(point -> Double.isNaN(point.strength())));
    }

    /** OGM is best at its third point, plain ties at two: the first of them. */
    @Test
    void theBestOnTheValidationSplitIsChosen() {
        List<RunRecord> runs = runs(0.5, 0.6, 0.6, 0.4, 0.7, 0.6, 0.8, 0.7, 0.1, 0.2, 0.1, 0.1);

        Map<Method, Point> chosen = TUNING.choose(runs);

        assertEquals(Tuning.grid(Method.PLAIN).get(1), chosen.get(Method.PLAIN));
        assertEquals(Tuning.grid(Method.OGM).get(2), chosen.get(Method.OGM));
        assertEquals(new Point(0.001, Double.NaN), chosen.get(Method.ADAM));
        assertEquals(Updater.ADAM, TUNING.jobs().get(9).settings().updater());
        assertTrue(TUNING.csv(runs).contains("digits,medium,ogm,101,0.05,0.3,0.800000,true"));
    }

    /** Test accuracies are in the records and must not count. */
    @Test
    void theTestSplitIsNotLookedAt() {
        List<RunRecord> runs = runs(0.5, 0.6, 0.6, 0.4, 0.7, 0.6, 0.8, 0.7, 0.1, 0.2, 0.1, 0.1);
        Map<Method, Point> chosen = TUNING.choose(runs);
        List<RunRecord> other = new ArrayList<>();
        for (RunRecord run : runs) {
            RunRecord turned =
                    Samples.record(job(run), run.validation(), 1 - run.accuracy().fused());
            assertNotEquals(run.accuracy(), turned.accuracy());
            other.add(turned);
        }

        assertEquals(chosen, TUNING.choose(other));
    }

    @Test
    void twoEpochsCount() {
        List<Accuracy> epochs =
                List.of(new Accuracy(0.9, 0, 0), new Accuracy(0.4, 0, 0), new Accuracy(0.6, 0, 0));

        assertEquals(0.5, Tuning.validation(Samples.record(TEMPLATE, epochs, 0)), 1e-12);
    }

    @Test
    void aPointThatIsMissingIsAnError() {
        assertThrows(IllegalStateException.class, () -> TUNING.choose(List.of()));
    }

    private static Job job(RunRecord run) {
        return TUNING.jobs().stream()
                .filter(job -> job.key().equals(run.key()))
                .findFirst()
                .orElseThrow();
    }

    private static List<RunRecord> runs(double... validation) {
        List<RunRecord> runs = new ArrayList<>();
        for (int i = 0; i < validation.length; i++) {
            List<Accuracy> epochs = List.of(new Accuracy(validation[i], 0, 0));
            runs.add(Samples.record(TUNING.jobs().get(i), epochs, 1.0 / (i + 3)));
        }
        return runs;
    }
}
