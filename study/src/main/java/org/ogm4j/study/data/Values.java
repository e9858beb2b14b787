package org.ogm4j.study.data;

import java.util.Arrays;

/**
 * What one example has in one modality: numbers in row-major order, and their shape.
 *
 * <p>The shape says what they are: {@code [n]} a vector, {@code [size, T]} a sequence of T steps,
 * {@code [channels, height, width]} an image, {@code [channels, depth, height, width]} a volume.
 *
 * @since 0.1.0
 */
public final class Values {

    private final float[] numbers;
    private final int[] shape;

    /**
     * Puts numbers and shape together.
     *
     * @param numbers row-major, as many as the shape says; not copied
     * @param shape 1 to 4 sizes, each at least 1
     * @throws IllegalArgumentException if they do not fit together
     */
    public Values(float[] numbers, int... shape) {
        if (shape.length < 1 || shape.length > 4 || Arrays.stream(shape).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "shape must be 1 to 4 sizes of at least 1, got " + Arrays.toString(shape));
        }
        long length = 1;
        for (int size : shape) {
            length *= size;
        }
        if (length != numbers.length) {
            throw new IllegalArgumentException(
                    "there must be %d numbers of shape %s, got %d"
                            .formatted(length, Arrays.toString(shape), numbers.length));
        }
        this.numbers = numbers;
        this.shape = shape.clone();
    }

    /**
     * The numbers, row-major.
     *
     * @return not a copy
     */
    public float[] numbers() {
        return numbers;
    }

    /**
     * The sizes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /** How many sizes the shape has. */
    int rank() {
        return shape.length;
    }

    /** The steps of a sequence. */
    int steps() {
        return shape[1];
    }

    /** The same with numbers of its own. */
    Values copy() {
        return new Values(numbers.clone(), shape);
    }

    /** Where the first number is that is not finite, or -1. */
    int firstNotFinite() {
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                return i;
            }
        }
        return -1;
    }
}
