package org.ogm4j.study.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ogm4j.study.Method;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.Scores;
import org.ogm4j.study.StudyData;

class TuningTest {

    private static final List<Point> RATES = Point.rates(0.01, 0.02, 0.05, 0.1);
    private static final List<Point> CROSSED =
            Point.crossed(new double[] {0.02, 0.05}, new double[] {0.3, 0.8});
    private static final Tuning TUNING = tuning();

    private static Tuning tuning() {
        Source source =
                new Source(
                        "digits",
                        seed -> Nets.concat(seed, "audio", "visual"),
                        StudyData.crossValidated(Nets.examples(9, 2, 1), 3, 3));
        List<Job> jobs = new ArrayList<>();
        for (Rival rival :
                List.of(
                        Method.plain().named("plain", RATES),
                        Method.plain().named("ogm", CROSSED))) {
            rival.grid()
                    .forEach(point -> jobs.add(new Job(source, Map.of(), rival, point, 101, 0, 1)));
        }
        return new Tuning(jobs);
    }

    /** OGM is best at its third point, plain ties at two: the first of them. */
    @Test
    void theBestOnTheValidationExamplesIsChosen() {
        List<RunRecord> runs = runs(0.5, 0.6, 0.6, 0.4, 0.7, 0.6, 0.8, 0.7);

        Map<String, Point> chosen = TUNING.choose(runs);

        assertEquals(RATES.get(1), chosen.get("plain"));
        assertEquals(new Point(0.05, 0.3), chosen.get("ogm"));
        assertTrue(
                TUNING.rows(runs).contains("digits,0,ogm,101,0.05,0.3,0.800000,true"),
                TUNING.rows(runs).toString());
    }

    /** Test scores are in the records and must not count. */
    @Test
    void theTestExamplesAreNotLookedAt() {
        List<RunRecord> runs = runs(0.5, 0.6, 0.6, 0.4, 0.7, 0.6, 0.8, 0.7);
        List<RunRecord> turned = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            turned.add(record(i, 1 - 1.0 / (i + 3), runs.get(i).validation()));
        }

        assertEquals(TUNING.choose(runs), TUNING.choose(turned));
    }

    /** By the last epoch alone the second would be chosen, by all three epochs the third. */
    @Test
    void twoEpochsCount() {
        List<RunRecord> runs =
                List.of(
                        record(0, 0, List.of(epoch(0.9), epoch(0.8), epoch(0.5))),
                        record(1, 0, List.of(epoch(0.0), epoch(0.4), epoch(0.6))),
                        record(2, 0, List.of(epoch(1.0), epoch(0.7), epoch(0.55))));

        assertEquals(RATES.get(0), TUNING.choose(runs).get("plain"));
    }

    @Test
    void aPointWithoutARunIsNotChosen() {
        List<RunRecord> runs = runs(0.5, 0.6, 0.6, 0.4, 0.7, 0.6, 0.8, 0.7);

        assertEquals(RATES.get(2), TUNING.choose(runs.subList(2, 4)).get("plain"));
        assertEquals(Map.of(), TUNING.choose(List.of()));
        assertEquals(Map.of(), TUNING.choose(runs(Double.NaN, Double.NaN)));
    }

    private static Scores epoch(double fused) {
        return new Scores(fused, Samples.of(0, 0));
    }

    private static List<RunRecord> runs(double... validation) {
        List<RunRecord> runs = new ArrayList<>();
        for (int i = 0; i < validation.length; i++) {
            runs.add(record(i, 1.0 / (i + 3), List.of(epoch(validation[i]))));
        }
        return runs;
    }

    /** Of the i-th job. */
    private static RunRecord record(int i, double test, List<Scores> epochs) {
        RunRecord run = Samples.record("any", "digits", i, 0, test, epochs);
        return new RunRecord(
                TUNING.jobs().get(i).key(),
                run.method(),
                run.only(),
                run.data(),
                run.seed(),
                run.fold(),
                run.point(),
                run.settings(),
                run.modalities(),
                run.measure(),
                run.test(),
                run.second(),
                run.linearProbe(),
                run.shapley(),
                run.validation(),
                run.curve(),
                run.meanRatio(),
                run.steps(),
                run.trained(),
                run.tested(),
                run.cost(),
                run.seconds(),
                run.environment(),
                run.finished());
    }
}
