package org.ogm4j.study.data;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples of one part in batches of m: features {@code [m, ...]} in the order of the modalities,
 * labels {@code [m, classes]}, and feature masks where they say something.
 *
 * <p><b>Masks.</b> Sequences have {@code [m, T]}, T the longest of the batch: 1 where the sequence
 * has a step, 0 beyond its end, where the features are 0. An example that lacks a modality has
 * zeros, and a mask that is all 0: {@code [m, 1]} for vectors, {@code [m, T]} for sequences, {@code
 * [m, 1, 1, 1]} for images. A volume has zeros alone: DL4J's 3D convolution takes no mask that a
 * dense layer behind it would take. A mask of ones alone is left out.
 *
 * <p><b>Epochs.</b> For training the order of epoch e is drawn from seed and e; an epoch ends with
 * the {@link #reset} after its first batch. A last batch of a single example, which has no variance
 * for batch normalisation, is left out of training if batches are larger; another example falls to
 * it in each epoch. What a modality draws anew in training (see {@link Modality#augmented}) follows
 * from seed, e and the example alone. Otherwise the order is that of the data set, and no example
 * is left out.
 *
 * <p>Batches are made on the thread that asks, so that the end of an epoch is well defined; arrays
 * that are not kept in memory are decoded on all cores.
 *
 * @since 0.1.0
 */
public final class Batches implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient Parts parts;
    private final transient List<Integer> examples;
    private final int batch;
    private final boolean training;
    private final long seed;
    private int[] order;
    private int epoch;
    private int next;
    private transient MultiDataSetPreProcessor preProcessor;

    private Batches(
            Parts parts,
            List<Integer> examples,
            int batch,
            boolean training,
            long seed,
            int epoch) {
        if (batch < 1 || epoch < 0) {
            throw new IllegalArgumentException(
                    "batch must be at least 1 and epoch at least 0, got %d and %d"
                            .formatted(batch, epoch));
        }
        this.parts = parts;
        this.examples = examples;
        this.batch = batch;
        this.training = training;
        this.seed = seed;
        this.epoch = epoch;
        this.order = order();
    }

    static Batches inOrder(Parts parts, List<Integer> examples, int batch) {
        return new Batches(parts, examples, batch, false, 0, 0);
    }

    static Batches shuffled(Parts parts, List<Integer> examples, int batch, long seed, int epoch) {
        return new Batches(parts, examples, batch, true, seed, epoch);
    }

    /**
     * How many batches an epoch has.
     *
     * @return the number
     */
    public int steps() {
        return (end() + batch - 1) / batch;
    }

    /**
     * Which epoch this is.
     *
     * @return 0 for the first
     */
    public int epoch() {
        return epoch;
    }

    @Override
    public boolean hasNext() {
        return next < end();
    }

    @Override
    public MultiDataSet next() {
        return next(batch);
    }

    @Override
    public MultiDataSet next(int count) {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over");
        }
        int from = next;
        next = Math.min(end(), from + count);
        MultiDataSet made = make(Arrays.copyOfRange(order, from, next));
        if (preProcessor != null) {
            preProcessor.preProcess(made);
        }
        return made;
    }

    @Override
    public void reset() {
        if (next > 0) {
            epoch++;
            next = 0;
            order = order();
        }
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    private int end() {
        boolean single = training && batch > 1 && order.length > 1 && order.length % batch == 1;
        return single ? order.length - 1 : order.length;
    }

    private int[] order() {
        if (!training) {
            return examples.stream().mapToInt(Integer::intValue).toArray();
        }
        SplittableRandom random = new SplittableRandom(mixed(seed) + epoch);
        return Arrays.stream(Shuffle.order(examples.size(), random)).map(examples::get).toArray();
    }

    /** A stream for each example and epoch, so that the result does not depend on the threads. */
    private Values values(int modality, int example) {
        return training
                ? parts.draw(
                        modality,
                        example,
                        new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + example)))
                : parts.get(modality, example);
    }

    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    private MultiDataSet make(int[] rows) {
        MultimodalData data = parts.data();
        int modalities = data.modalities().size();
        INDArray[] features = new INDArray[modalities];
        INDArray[] masks = new INDArray[modalities];
        for (int u = 0; u < modalities; u++) {
            int modality = u;
            Values[] values = new Values[rows.length];
            IntStream.range(0, rows.length)
                    .parallel()
                    .forEach(row -> values[row] = values(modality, rows[row]));
            Stack stack = new Stack(values, data.modalities().get(u).shape());
            features[u] = stack.features();
            masks[u] = stack.mask();
        }
        float[] labels = new float[rows.length * data.target().size()];
        for (int row = 0; row < rows.length; row++) {
            data.target().write(data.examples().get(rows[row]), labels, row);
        }
        INDArray[] answers = {
            Nd4j.create(labels, new long[] {rows.length, data.target().size()}, 'c')
        };
        boolean masked = Arrays.stream(masks).anyMatch(mask -> mask != null);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                features, answers, masked ? masks : null, null);
    }
}
