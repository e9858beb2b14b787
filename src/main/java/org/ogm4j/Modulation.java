package org.ogm4j;

import java.util.Map;

/**
 * What modulation measured and did in one training step.
 *
 * <p>Example: the latest step of a network, also without a listener.
 *
 * <pre>{@code
 * Optional<Modulation> last = ModulatedOptimizer.lastModulation(net);
 * if (last.isPresent()) {
 *     System.out.println("step " + last.get().iteration());
 *     last.get().modalities().forEach((name, m) -> System.out.println(name + " " + m.ratio()));
 * }
 * }</pre>
 *
 * @param iteration the step, counted from 0 over all epochs as DL4J counts
 * @param epoch the epoch, counted from 0
 * @param modalities the modalities by name, in the order in which they were declared
 * @param refusedBatches how many batches so far had labels and could not be modulated, since the
 *     network was made or loaded; they trained as the plain network would, and the log says why
 * @since 0.1.0
 */
public record Modulation(
        int iteration, int epoch, Map<String, ModalityStep> modalities, long refusedBatches) {}
