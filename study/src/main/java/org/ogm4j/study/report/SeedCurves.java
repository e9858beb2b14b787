package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.ogm4j.study.Scores;
import org.ogm4j.study.html.Curve;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.run.CurvePoint;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.stats.Sampling;

/**
 * Means and standard deviations over the runs of one set of data, as lines with bands.
 *
 * @param runs of one set of data
 */
record SeedCurves(List<RunRecord> runs) {

    /**
     * How a method is drawn.
     *
     * @param method whose runs
     * @param name in the legend
     * @param ink of line and band
     * @param dashed or solid
     */
    record Line(String method, String name, Ink ink, boolean dashed) {}

    /** A value of a run at an index. */
    @FunctionalInterface
    private interface At {
        double of(RunRecord run, int index);
    }

    /** On the validation examples, in %, over epochs from 1. */
    Curve validation(Line line, ToDoubleFunction<Scores> score) {
        return over(
                line,
                run -> run.validation().size(),
                (run, i) -> i + 1,
                (run, i) -> 100 * score.applyAsDouble(run.validation().get(i)));
    }

    /** While training, over steps. */
    Curve training(Line line, ToDoubleFunction<CurvePoint> value) {
        return over(
                line,
                run -> run.curve().size(),
                (run, i) -> run.curve().get(i).step(),
                (run, i) -> value.applyAsDouble(run.curve().get(i)));
    }

    /** As far as all runs go; what no run knows is left out. With one run there is no band. */
    private Curve over(Line line, ToIntFunction<RunRecord> length, At x, At y) {
        List<RunRecord> own =
                runs.stream().filter(run -> run.method().equals(line.method())).toList();
        int end = own.stream().mapToInt(length).min().orElse(0);
        List<Curve.Place> places = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            int index = i;
            Estimate estimate =
                    Estimate.of(
                            Sampling.SEEDS,
                            own.stream().mapToDouble(run -> y.of(run, index)).toArray());
            double sd = estimate.n() < 2 ? 0 : estimate.sd();
            if (estimate.n() > 0) {
                double mean = estimate.mean();
                places.add(new Curve.Place(x.of(own.get(0), i), mean, mean - sd, mean + sd));
            }
        }
        return new Curve(line.name(), line.ink(), line.dashed(), places);
    }
}
