package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.List;
import org.ogm4j.examples.data.Split;
import org.ogm4j.examples.network.InputSize;
import org.ogm4j.examples.network.Sizes;
import org.ogm4j.examples.training.Batches;
import org.ogm4j.examples.training.Source;
import org.ogm4j.study.data.DataException;

/**
 * Clips of CREMA-D, decoded batch by batch: all of them as arrays would be 6 GB. One frame stands
 * for a clip, in training another one in each epoch.
 */
public final class CremaSource implements Source {

    /** [m, 1, 257, 188], [m, 3, 224, 224], 6 classes. */
    public static final Sizes SIZES =
            new Sizes(
                    new InputSize(1, CremaAudio.BINS, CremaAudio.FRAMES),
                    new InputSize(CremaImages.CHANNELS, CremaImages.SIZE, CremaImages.SIZE),
                    Emotion.CLASSES);

    /** Of ResNet-18's feature maps, about 50 MB for a clip, no more are held at a time. */
    private static final int EVALUATION_BATCH = 16;

    private final CremaData data;
    private final Path where;

    /**
     * Checks that there is something to train with and to measure on.
     *
     * @param where the clips are, to be named in an error
     * @throws DataException if there are fewer than 2 clips for training, or none for validation or
     *     test
     */
    public CremaSource(CremaData data, Path where) {
        require(data.train().size(), 2, "training", where);
        require(data.validation().size(), 1, "validation", where);
        require(data.test().size(), 1, "test", where);
        this.data = data;
        this.where = where;
    }

    @Override
    public Sizes sizes() {
        return SIZES;
    }

    @Override
    public Batches training(int batch, long seed) {
        return CremaIterator.training(data.train(), batch, seed);
    }

    @Override
    public Batches validation() {
        return CremaIterator.evaluation(data.validation(), EVALUATION_BATCH);
    }

    @Override
    public Batches test() {
        return CremaIterator.evaluation(data.test(), EVALUATION_BATCH);
    }

    /** As they are evaluated: no random crops. */
    @Override
    public Batches trainingInOrder(long seed) {
        return CremaIterator.evaluation(data.train(), EVALUATION_BATCH);
    }

    @Override
    public Source every(int n) {
        return new CremaSource(data.withTrain(part(n, true)), where);
    }

    @Override
    public Source without(int n) {
        return new CremaSource(data.withTrain(part(n, false)), where);
    }

    private List<CremaClip> part(int n, boolean every) {
        return Split.part(data.train(), CremaClip::emotion, n, every);
    }

    private static void require(int clips, int least, String part, Path where) {
        if (clips < least) {
            throw new DataException(
                    where,
                    "must hold at least %d clips for %s, got %d".formatted(least, part, clips));
        }
    }
}
