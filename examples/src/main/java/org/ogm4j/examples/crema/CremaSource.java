package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.network.InputSize;
import org.ogm4j.examples.network.Sizes;
import org.ogm4j.examples.training.Source;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Parts;
import org.ogm4j.study.data.description.FileData;

/**
 * Clips of CREMA-D as {@link org.ogm4j.study.data.description.KnownData#crema} prepares them, and
 * in three parts by actor.
 */
public final class CremaSource implements Source {

    /** [m, 1, 257, 188], [m, 3, 224, 224], 6 classes. */
    public static final Sizes SIZES =
            new Sizes(new InputSize(1, 257, 188), new InputSize(3, 224, 224), 6);

    private static final List<String> PARTS = List.of("training", "validation", "test");

    private final Parts parts;

    private CremaSource(Parts parts) {
        this.parts = parts;
    }

    /**
     * Reads the clips that have sound and frames.
     *
     * @param division which clips are for what
     * @param limit of clips in each part, the first ones
     * @throws DataException if they cannot be used, if there are fewer than 2 for training, or none
     *     for validation or test
     */
    public static CremaSource read(
            FileData clips, Path folder, Function<List<Example>, Partition> division, int limit) {
        MultimodalData data =
                clips.load(
                        folder,
                        Memory.quarterOfHeap(),
                        all -> chosen(all, division, limit, folder));
        return new CremaSource(
                data.parts(Partition.byFold(data, List.of(PARTS.get(2)), List.of(PARTS.get(1)))));
    }

    /** Those of the three parts, which become their folds. */
    private static List<Example> chosen(
            List<Example> all,
            Function<List<Example>, Partition> division,
            int limit,
            Path folder) {
        Partition parts;
        try {
            parts = division.apply(all).first(limit);
        } catch (IllegalArgumentException e) {
            throw new DataException(folder, "groups are actors; " + e.getMessage(), e);
        }
        List<List<Integer>> places = List.of(parts.training(), parts.validation(), parts.test());
        List<Example> chosen = new ArrayList<>();
        for (int p = 0; p < PARTS.size(); p++) {
            int least = p == 0 ? 2 : 1;
            if (places.get(p).size() < least) {
                throw new DataException(
                        folder,
                        "must hold at least %d clips for %s, got %d"
                                .formatted(least, PARTS.get(p), places.get(p).size()));
            }
            for (int i : places.get(p)) {
                Example clip = all.get(i);
                chosen.add(new Example(clip.id(), clip.label(), PARTS.get(p), clip.group()));
            }
        }
        return chosen;
    }

    /** One line for the console: the sizes of the parts, with their actors, and what is missing. */
    public String summary() {
        Partition of = parts.partition();
        return "CREMA-D: train %s, validation %s, test %s; skipped %d without sound, %d without frames"
                .formatted(
                        size(of.training()),
                        size(of.validation()),
                        size(of.test()),
                        parts.data().leftOut().getOrDefault("audio", 0),
                        parts.data().leftOut().getOrDefault("visual", 0));
    }

    private String size(List<Integer> clips) {
        List<Example> all = parts.data().examples();
        long actors = clips.stream().map(i -> all.get(i).group()).distinct().count();
        return "%d clips of %d actors".formatted(clips.size(), actors);
    }

    @Override
    public Sizes sizes() {
        return SIZES;
    }

    /** Of ResNet-18's feature maps, about 50 MB for a clip, no more are held at a time. */
    @Override
    public int evaluationBatch() {
        return 16;
    }

    @Override
    public MultiDataSetIterator training(int batch, long seed) {
        return parts.training(batch, seed);
    }

    @Override
    public MultiDataSetIterator validation() {
        return parts.validation(evaluationBatch());
    }

    @Override
    public MultiDataSetIterator test() {
        return parts.test(evaluationBatch());
    }

    /** As they are evaluated: no random crops. */
    @Override
    public MultiDataSetIterator trainingInOrder(long seed) {
        return parts.trainingInOrder(evaluationBatch());
    }

    @Override
    public Source every(int n) {
        return new CremaSource(parts.every(n));
    }

    @Override
    public Source without(int n) {
        return new CremaSource(parts.without(n));
    }
}
