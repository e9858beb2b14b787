package org.ogm4j.study;

/**
 * What a run cost.
 *
 * @param secondsPerStep wall time of all epochs of the network over its steps, with the making of
 *     batches, without evaluation and without what a method trains besides
 * @param peakBytes the largest physical memory of the process seen at the end of an epoch; it holds
 *     what runs before it in the same process have left
 * @since 0.1.0
 */
public record Cost(double secondsPerStep, long peakBytes) {}
