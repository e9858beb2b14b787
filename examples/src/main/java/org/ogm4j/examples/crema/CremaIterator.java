package org.ogm4j.examples.crema;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.examples.training.Batches;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Shuffle;

/**
 * Batches of m clips, decoded when they are asked for: features audio [m, 1, 257, 188] and visual
 * [m, 3, 224, 224], labels [m, 6] one-hot. One frame stands for a clip.
 *
 * <p>For training the order, the frames and their parts are drawn anew in every epoch, all from the
 * seed. An epoch ends with the {@link #reset} after its first batch. A last batch of a single clip,
 * which has no variance, is left out. For evaluation the order is that of the list, the frames are
 * those in the middle, and no clip is left out.
 */
public final class CremaIterator extends Batches {

    private static final long serialVersionUID = 1L;

    private final transient List<CremaClip> clips;
    private final int batch;
    private final long seed;
    private final boolean training;
    private int[] order;
    private int epoch;
    private int next;

    private CremaIterator(List<CremaClip> clips, int batch, long seed, boolean training) {
        int least = training ? 2 : 1;
        if (batch < least) {
            throw new IllegalArgumentException(
                    "batch must be at least %d, got %d".formatted(least, batch));
        }
        if (clips.size() < least) {
            throw new IllegalArgumentException(
                    "there must be at least %d clips, got %d".formatted(least, clips.size()));
        }
        this.clips = List.copyOf(clips);
        this.batch = batch;
        this.seed = seed;
        this.training = training;
        this.order = order();
    }

    /**
     * Shuffled, with random frames and parts of them.
     *
     * @param clips at least 2
     * @param batch clips per step, at least 2
     * @param seed of all that is random
     */
    public static CremaIterator training(List<CremaClip> clips, int batch, long seed) {
        return new CremaIterator(clips, batch, seed, true);
    }

    /**
     * In order, the same in every epoch.
     *
     * @param clips at least 1
     * @param batch clips at a time, at least 1
     */
    public static CremaIterator evaluation(List<CremaClip> clips, int batch) {
        return new CremaIterator(clips, batch, 0, false);
    }

    @Override
    public int steps() {
        int rest = order.length % batch;
        return order.length / batch + (rest >= smallest() ? 1 : 0);
    }

    @Override
    public boolean hasNext() {
        return order.length - next >= smallest();
    }

    @Override
    protected int batch() {
        return batch;
    }

    /**
     * The next batch.
     *
     * @throws DataException if a sound or an image cannot be decoded
     */
    @Override
    protected MultiDataSet load(int count) {
        int from = next;
        next = Math.min(order.length, from + count);
        return load(from, next - from);
    }

    @Override
    public void reset() {
        if (next > 0) {
            epoch++;
            next = 0;
            order = order();
        }
    }

    private int smallest() {
        return training ? 2 : 1;
    }

    private MultiDataSet load(int from, int m) {
        int bins = CremaAudio.BINS;
        int frames = CremaAudio.FRAMES;
        int size = CremaImages.SIZE;
        float[] audio = new float[m * bins * frames];
        float[] visual = new float[m * CremaImages.CHANNELS * size * size];
        float[] labels = new float[m * Emotion.CLASSES];
        IntStream.range(0, m)
                .parallel()
                .forEach(
                        row -> {
                            int index = order[from + row];
                            CremaClip clip = clips.get(index);
                            copy(CremaAudio.read(clip.audio()), audio, row);
                            copy(see(clip, index), visual, row);
                            labels[row * Emotion.CLASSES + clip.emotion().label()] = 1;
                        });
        INDArray[] features = {
            Nd4j.create(audio, new long[] {m, 1, bins, frames}, 'c'),
            Nd4j.create(visual, new long[] {m, CremaImages.CHANNELS, size, size}, 'c')
        };
        INDArray oneHot = Nd4j.create(labels, new long[] {m, Emotion.CLASSES}, 'c');
        return new MultiDataSet(features, new INDArray[] {oneHot});
    }

    private float[] see(CremaClip clip, int index) {
        if (!training) {
            return CremaImages.test(clip.middleFrame());
        }
        RandomGenerator random = random(index);
        return CremaImages.train(clip.randomFrame(random), random);
    }

    private int[] order() {
        return training
                ? Shuffle.order(clips.size(), random(-1))
                : IntStream.range(0, clips.size()).toArray();
    }

    /** A stream for each clip and epoch, so that the result does not depend on the threads. */
    private RandomGenerator random(int stream) {
        return new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + stream));
    }

    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    private static void copy(float[] example, float[] batch, int row) {
        System.arraycopy(example, 0, batch, row * example.length, example.length);
    }
}
