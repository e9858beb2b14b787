package org.ogm4j.study.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays of several examples on top of one another, with zeros where there is nothing. */
final class Stack {

    private final Values[] rows;
    private final long[] shape;

    /**
     * Finds the common shape.
     *
     * @param rows null where an example lacks the modality
     * @param one the shape of an example; a sequence's length may be 0 for "any"
     */
    Stack(Values[] rows, int[] one) {
        this.rows = rows;
        this.shape = new long[1 + one.length];
        shape[0] = rows.length;
        for (int d = 0; d < one.length; d++) {
            shape[1 + d] = one[d];
        }
        if (one.length == 2) {
            shape[2] = Math.max(longest(), Math.max(1, one[1]));
        }
    }

    INDArray features() {
        int stride = 1;
        for (int d = 1; d < shape.length; d++) {
            stride *= (int) shape[d];
        }
        float[] all = new float[Math.multiplyExact(rows.length, stride)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] != null) {
                copy(rows[row], all, row * stride);
            }
        }
        return Nd4j.create(all, shape, 'c');
    }

    /** Row by row of the last axis: in sequences it may be shorter than that of the whole. */
    private void copy(Values values, float[] all, int offset) {
        int[] own = values.shape();
        int length = own[own.length - 1];
        int room = (int) shape[shape.length - 1];
        for (int i = 0; i * length < values.numbers().length; i++) {
            System.arraycopy(values.numbers(), i * length, all, offset + i * room, length);
        }
    }

    /** Null if it would be ones alone, and for volumes. */
    INDArray mask() {
        if (shape.length == 5) {
            return null;
        }
        boolean sequences = shape.length == 3;
        int width = sequences ? (int) shape[2] : 1;
        float[] mask = new float[rows.length * width];
        boolean ones = true;
        for (int row = 0; row < rows.length; row++) {
            int there = rows[row] == null ? 0 : sequences ? rows[row].steps() : 1;
            Arrays.fill(mask, row * width, row * width + there, 1);
            ones &= there == width;
        }
        if (ones) {
            return null;
        }
        long[] maskShape = new long[sequences ? 2 : shape.length];
        Arrays.fill(maskShape, 1);
        maskShape[0] = rows.length;
        maskShape[1] = width;
        return Nd4j.create(mask, maskShape, 'c');
    }

    private int longest() {
        int longest = 0;
        for (Values row : rows) {
            longest = row == null ? longest : Math.max(longest, row.steps());
        }
        return longest;
    }
}
