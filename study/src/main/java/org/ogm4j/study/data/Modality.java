package org.ogm4j.study.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;

/**
 * The arrays of one modality, one per example: kept in memory as far as there is room, else decoded
 * when asked for.
 *
 * @since 0.1.0
 */
public final class Modality {

    private static final int PROBLEMS_TOLD = 5;

    private final String name;
    private final Reader reader;
    private final Fit fit;
    private final Values[] kept;
    private final int[][] shapes;
    private final int[] shape;
    private final int indices;
    private final Drawing drawing;

    private Modality(
            String name,
            Reader reader,
            Fit fit,
            Values[] kept,
            int[][] shapes,
            int indices,
            Drawing drawing) {
        this.name = name;
        this.reader = reader;
        this.fit = fit;
        this.kept = kept;
        this.shapes = shapes;
        this.indices = indices;
        this.drawing = drawing;
        this.shape = common();
    }

    /**
     * Decodes all examples once, on all cores, and checks them: every number finite, all shapes
     * alike. The steps of sequences may differ.
     *
     * @param name of the modality
     * @param examples how many there are
     * @param reader decodes one
     * @param fit what is measured on the training part, see {@link #standardized} and {@link
     *     #standardizedAlong}; {@link Fit#NONE} for nothing
     * @param memory what may be kept
     * @return the modality
     * @throws DataException if anything is wrong; it tells the first five problems and how many
     *     there are
     */
    public static Modality load(String name, int examples, Reader reader, Fit fit, Memory memory) {
        Values[] kept = new Values[examples];
        int[][] shapes = new int[examples][];
        String[] problems = new String[examples];
        IntStream.range(0, examples)
                .parallel()
                .forEach(
                        i -> {
                            try {
                                Values values = reader.read(i);
                                if (values != null) {
                                    shapes[i] = values.shape();
                                    problems[i] = notFinite(name, i, values);
                                    kept[i] = memory.keeps(values) ? values : null;
                                }
                            } catch (DataException e) {
                                problems[i] = e.getMessage();
                            }
                        });
        throwAll(Arrays.stream(problems).filter(Objects::nonNull).toList());
        return new Modality(name, reader, fit, kept, shapes, 0, null);
    }

    /**
     * Tells that the numbers of its sequences are indices, for an {@code EmbeddingSequenceLayer}.
     *
     * @param count of different indices, from 0 on
     * @return the same modality, with the input type {@code recurrent(count)}, from which DL4J
     *     takes the layer's number of inputs
     */
    public Modality ofIndices(int count) {
        return new Modality(name, reader, fit, kept, shapes, count, drawing);
    }

    /**
     * Tells how training examples are drawn anew in every epoch. Validation, test and what is
     * measured on the training part take the arrays as they were loaded.
     *
     * @param other draws one
     * @return the same modality, augmented in training
     */
    public Modality augmented(Drawing other) {
        return new Modality(name, reader, fit, kept, shapes, indices, other);
    }

    /**
     * One mean and deviation for all numbers, measured on the training part.
     *
     * @return for {@link #load}
     */
    public static Fit standardized() {
        return Standardization.all();
    }

    /**
     * A mean and deviation for each place along an axis, measured on the training part.
     *
     * @param axis of an example's shape, from 0
     * @return for {@link #load}
     */
    public static Fit standardizedAlong(int axis) {
        return Standardization.along(axis);
    }

    /** Throws all problems together, if there are any. */
    static void throwAll(List<String> problems) {
        if (problems.isEmpty()) {
            return;
        }
        int told = Math.min(PROBLEMS_TOLD, problems.size());
        String more = problems.size() > told ? "\n... %d problems".formatted(problems.size()) : "";
        throw new DataException(String.join("\n", problems.subList(0, told)) + more);
    }

    private static String notFinite(String name, int example, Values values) {
        int at = values.firstNotFinite();
        return at < 0
                ? null
                : "modality %s: all numbers must be finite, got %s at place %d of example %d"
                        .formatted(name, values.numbers()[at], at, example + 1);
    }

    /** The sizes that all examples share; 0 in place of those that differ, which only T may. */
    private int[] common() {
        int[] all = null;
        for (int i = 0; i < shapes.length; i++) {
            int[] one = shapes[i];
            if (one == null) {
                continue;
            }
            if (all == null) {
                all = one.clone();
            }
            if (one.length == 2 && all.length == 2 && one[1] != all[1]) {
                all[1] = 0;
            }
            for (int d = 0; d < all.length; d++) {
                if (one.length != all.length || (one[d] != all[d] && all[d] != 0)) {
                    throw new DataException(
                            "modality %s: all examples must have the same shape, got %s first and %s in example %d"
                                    .formatted(
                                            name,
                                            Arrays.toString(all),
                                            Arrays.toString(one),
                                            i + 1));
                }
            }
        }
        if (all == null) {
            throw new DataException("modality " + name + ": at least one example must have it");
        }
        return all;
    }

    /**
     * The name.
     *
     * @return as given
     */
    public String name() {
        return name;
    }

    /**
     * The sizes of an example.
     *
     * @return a copy; the last is 0 if sequences differ in length
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * How many different indices there are, if its numbers are indices of words.
     *
     * @return the number; 0 if they are no indices
     */
    public int indices() {
        return indices;
    }

    /**
     * How many examples there are, with this modality and without.
     *
     * @return the number
     */
    public int examples() {
        return shapes.length;
    }

    /**
     * Whether an example has this modality.
     *
     * @param example its place
     * @return whether it does
     */
    public boolean has(int example) {
        return shapes[example] != null;
    }

    /**
     * The array of an example, not standardised.
     *
     * @param example its place
     * @return not a copy; null if the example lacks this modality
     */
    public Values get(int example) {
        if (kept[example] != null || !has(example)) {
            return kept[example];
        }
        return reader.read(example);
    }

    /** The array of an example as training sees it in one epoch, not standardised. */
    Values draw(int example, RandomGenerator random) {
        if (drawing == null || !has(example)) {
            return get(example);
        }
        Values drawn = drawing.draw(example, random);
        if (!Arrays.equals(drawn.shape(), shapes[example])) {
            throw new DataException(
                    "modality %s: what is drawn must have the shape %s, got %s in example %d"
                            .formatted(
                                    name,
                                    Arrays.toString(shapes[example]),
                                    Arrays.toString(drawn.shape()),
                                    example + 1));
        }
        return drawn;
    }

    /** How many arrays are kept in memory. */
    int kept() {
        return (int) Arrays.stream(kept).filter(Objects::nonNull).count();
    }

    /** Measured on the training part. */
    Fit.Preparation fit(List<Integer> training) {
        return fit.on(this, training);
    }

    /**
     * What DL4J calls the input: feed-forward, recurrent (its length only if all sequences have the
     * same), convolutional (channels first) or 3D convolutional (channels first). Of indices the
     * size is their number.
     *
     * @return the type
     */
    public InputType inputType() {
        return switch (shape.length) {
            case 1 -> InputType.feedForward(shape[0]);
            case 2 -> {
                int size = indices > 0 ? indices : shape[0];
                yield shape[1] == 0
                        ? InputType.recurrent(size)
                        : InputType.recurrent(size, shape[1]);
            }
            case 3 -> InputType.convolutional(shape[1], shape[2], shape[0], CNN2DFormat.NCHW);
            default ->
                    InputType.convolutional3D(
                            Convolution3D.DataFormat.NCDHW, shape[1], shape[2], shape[3], shape[0]);
        };
    }

    /**
     * Decodes the arrays of one modality. Called from several threads; the same example gives the
     * same numbers each time.
     */
    @FunctionalInterface
    public interface Reader {

        /**
         * The array of an example.
         *
         * @param example its place in the data set, from 0
         * @return the array, or null if the example lacks this modality
         * @throws DataException if it cannot be read; the message names file and place
         */
        Values read(int example);
    }

    /** Draws the arrays of one modality for training. Called from several threads. */
    @FunctionalInterface
    public interface Drawing {

        /**
         * The array of an example in one epoch.
         *
         * @param example its place in the data set, from 0; it has this modality
         * @param random decides; equal states give equal arrays. All modalities of an example get
         *     generators of the same state, so that those that draw alike are cut alike
         * @return of the shape that the example has without this
         * @throws DataException if it cannot be read
         */
        Values draw(int example, RandomGenerator random);
    }
}
