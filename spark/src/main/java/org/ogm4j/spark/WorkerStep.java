package org.ogm4j.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step on one worker, and what modulation did in it: see {@link WorkerListener}.
 *
 * @param worker which worker: "partition 3" in parameter averaging, "executor 0" in gradient
 *     sharing, with the thread where a process has several
 * @param iteration the step, as the worker counts, from 0
 * @param epoch the epoch, as the worker counts, from 0
 * @param coefficients k of each modality; none if the step was plain
 * @since 0.1.0
 */
public record WorkerStep(String worker, int iteration, int epoch, Map<String, Double> coefficients)
        implements Serializable {

    /** Keeps a copy. */
    public WorkerStep {
        coefficients = new TreeMap<>(coefficients);
    }
}
