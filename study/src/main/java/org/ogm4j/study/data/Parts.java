package org.ogm4j.study.data;

import java.util.List;

/**
 * A divided data set, prepared with what was measured on its training part, in batches for a {@code
 * ComputationGraph}.
 *
 * <p>Example: three epochs of a network, and its accuracy.
 *
 * <pre>{@code
 * void train(MultimodalData data, ComputationGraph network) {
 *     Parts parts = data.parts(Split.bySeed(data, 0.1, 0.2, 1));
 *     network.fit(parts.training(32, 7), 3);
 *     double accuracy = network.evaluate(parts.validation(100)).accuracy();
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Parts {

    private final MultimodalData data;
    private final Split split;
    private final List<Fit.Preparation> preparations;

    Parts(MultimodalData data, Split split) {
        this.data = data;
        this.split = split;
        this.preparations =
                data.modalities().stream().map(each -> each.fit(split.training())).toList();
    }

    /**
     * What was divided.
     *
     * @return the data set
     */
    public MultimodalData data() {
        return data;
    }

    /**
     * How it was divided.
     *
     * @return the places of the examples
     */
    public Split split() {
        return split;
    }

    /**
     * The training part, in another order in each epoch.
     *
     * @param batch examples per step, at least 1
     * @param seed of the orders; equal seeds give equal batches
     * @return batches; see {@link Batches} for a last one that is not full
     */
    public Batches training(int batch, long seed) {
        return new Batches(this, split.training(), batch, seed);
    }

    /**
     * The training part in order, every example once.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches trainingInOrder(int batch) {
        return new Batches(this, split.training(), batch);
    }

    /**
     * The validation part in order.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches validation(int batch) {
        return new Batches(this, split.validation(), batch);
    }

    /**
     * The test part in order.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches test(int batch) {
        return new Batches(this, split.test(), batch);
    }

    /** The prepared array of an example in the modality with this number; null if it has none. */
    Values get(int modality, int example) {
        Values values = data.modalities().get(modality).get(example);
        return values == null ? null : preparations.get(modality).apply(values);
    }
}
