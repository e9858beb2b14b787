package org.ogm4j.examples.spark;

import java.io.Serializable;
import java.util.Map;

/**
 * What modulation did in one step on one worker.
 *
 * @param worker which worker
 * @param iteration the step, as the worker counts
 * @param epoch the epoch, as the worker counts
 * @param coefficients k of each modality
 */
record WorkerStep(String worker, int iteration, int epoch, Map<String, Double> coefficients)
        implements Serializable {}
