package org.ogm4j.examples.spark;

import java.io.Serializable;
import java.util.Map;

/**
 * One step on one worker, and what modulation did in it.
 *
 * @param worker which worker
 * @param iteration the step, as the worker counts
 * @param epoch the epoch, as the worker counts
 * @param coefficients k of each modality; none if the step was plain
 */
record WorkerStep(String worker, int iteration, int epoch, Map<String, Double> coefficients)
        implements Serializable {}
