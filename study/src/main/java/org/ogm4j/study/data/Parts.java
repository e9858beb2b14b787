package org.ogm4j.study.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A divided data set, prepared with what was measured on its training part, in batches for a {@code
 * ComputationGraph}.
 *
 * <p>Example: three epochs of a network, and its accuracy.
 *
 * <pre>{@code
 * void train(MultimodalData data, ComputationGraph network) {
 *     Parts parts = data.parts(Partition.bySeed(data, 0.1, 0.2, 1));
 *     network.fit(parts.training(32, 7), 3);
 *     double accuracy = network.evaluate(parts.validation(100)).accuracy();
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Parts {

    private final MultimodalData data;
    private final Partition partition;
    private final List<Fit.Preparation> preparations;

    /** Measures on the training part. */
    Parts(MultimodalData data, Partition partition) {
        this(
                data,
                partition,
                data.modalities().stream().map(each -> each.fit(partition.training())).toList());
    }

    private Parts(MultimodalData data, Partition partition, List<Fit.Preparation> preparations) {
        this.data = data;
        this.partition = partition;
        this.preparations = preparations;
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
    public Partition partition() {
        return partition;
    }

    /**
     * The training part, in another order in each epoch.
     *
     * @param batch examples per step, at least 1
     * @param seed of the orders; equal seeds give equal batches
     * @return batches, from epoch 0 on; see {@link Batches} for a last one that is not full
     */
    public Batches training(int batch, long seed) {
        return training(batch, seed, 0);
    }

    /**
     * The training part from an epoch on, as {@link #training(int, long)} has it after so many
     * resets.
     *
     * @param batch examples per step, at least 1
     * @param seed of the orders
     * @param epoch the first one, from 0
     * @return batches
     */
    public Batches training(int batch, long seed, int epoch) {
        return Batches.shuffled(this, partition.training(), batch, seed, epoch);
    }

    /**
     * The training part in order, every example once.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches trainingInOrder(int batch) {
        return Batches.inOrder(this, partition.training(), batch);
    }

    /**
     * The validation part in order.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches validation(int batch) {
        return Batches.inOrder(this, partition.validation(), batch);
    }

    /**
     * The test part in order.
     *
     * @param batch examples at a time, at least 1
     * @return batches
     */
    public Batches test(int batch) {
        return Batches.inOrder(this, partition.test(), batch);
    }

    /**
     * With every n-th training example of each class, the first included, as the training part.
     * What was measured stays: it is that of the whole training part.
     *
     * @param n at least 2
     * @return other parts
     */
    public Parts every(int n) {
        return some(n, true);
    }

    /**
     * With what {@link #every} leaves as the training part.
     *
     * @param n at least 2
     * @return other parts
     */
    public Parts without(int n) {
        return some(n, false);
    }

    private Parts some(int n, boolean every) {
        if (n < 2) {
            throw new IllegalArgumentException("n must be at least 2, got " + n);
        }
        Map<String, Integer> seen = new HashMap<>();
        List<Integer> training =
                partition.training().stream()
                        .filter(
                                i ->
                                        (seen.merge(data.stratum(i), 1, Integer::sum) % n == 1)
                                                == every)
                        .toList();
        return new Parts(
                data,
                new Partition(training, partition.validation(), partition.test()),
                preparations);
    }

    /** The prepared array of an example in the modality with this number; null if it has none. */
    Values get(int modality, int example) {
        return prepared(modality, data.modalities().get(modality).get(example));
    }

    /** The same as training sees it in one epoch. */
    Values draw(int modality, int example, RandomGenerator random) {
        return prepared(modality, data.modalities().get(modality).draw(example, random));
    }

    private Values prepared(int modality, Values values) {
        return values == null ? null : preparations.get(modality).apply(values);
    }
}
