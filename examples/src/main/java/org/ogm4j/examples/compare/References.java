package org.ogm4j.examples.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ogm4j.examples.training.Method;

/** The runs that others are measured against: same data, same imbalance, same seed. */
record References(List<RunRecord> runs) {

    /** Test accuracy of the sound alone; NaN if there is no such run. */
    double audioOnly(RunRecord run) {
        return find(run, Method.AUDIO_ONLY, other -> other.accuracy().fused());
    }

    /** Test accuracy of the pictures alone; NaN if there is no such run. */
    double visualOnly(RunRecord run) {
        return find(run, Method.VISUAL_ONLY, other -> other.accuracy().fused());
    }

    /** Of plain training; NaN if there is no such run. */
    double plainSecondsPerStep(RunRecord run) {
        return find(run, Method.PLAIN, other -> other.cost().secondsPerStep());
    }

    private double find(RunRecord run, Method method, ToDoubleFunction<RunRecord> value) {
        return runs.stream()
                .filter(other -> other.method().equals(method.toString()))
                .filter(other -> other.seed() == run.seed())
                .filter(other -> other.imbalance().equals(run.imbalance()))
                .filter(other -> other.format().equals(run.format()))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
