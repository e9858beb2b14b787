package org.ogm4j;

import java.util.Map;

/**
 * What modulation saw and did in one training step.
 *
 * @param iteration the step, counted from 0 over all epochs as DL4J counts
 * @param epoch the epoch, counted from 0
 * @param modalities the modalities by name, in the order in which they were declared
 */
public record Modulation(int iteration, int epoch, Map<String, ModalityStep> modalities) {}
