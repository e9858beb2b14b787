package org.ogm4j.study.table;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.ogm4j.study.run.RunRecord;

/** The runs that others are measured against: same data, same seed, same fold. */
record References(List<RunRecord> runs, String baseline) {

    /** What the network of a modality alone reaches; NaN if there is no such run. */
    double alone(RunRecord run, String modality) {
        return find(run, other -> modality.equals(other.only()), other -> other.test().fused());
    }

    /** Of the baseline; NaN if there is no such run. */
    double baselineSecondsPerStep(RunRecord run) {
        return find(
                run,
                other -> other.method().equals(baseline),
                other -> other.cost().secondsPerStep());
    }

    private double find(
            RunRecord run, Predicate<RunRecord> which, ToDoubleFunction<RunRecord> value) {
        return runs.stream()
                .filter(which)
                .filter(other -> other.seed() == run.seed() && other.fold() == run.fold())
                .filter(other -> other.data().equals(run.data()))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
