package org.ogm4j.teacher;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean squared distance of an encoder's features phi to a teacher's t, and its gradient:
 *
 * <pre>{@code
 * l_i = lambda |phi_i - t_i|^2 / d_i,   dl_i/dphi_i = 2 lambda (phi_i - t_i) / d_i
 * }</pre>
 *
 * <p>over the d_i numbers of example i that no mask hides. The others have the gradient 0.
 */
public final class FeatureDistance {

    private FeatureDistance() {}

    /**
     * The gradient, sums per example.
     *
     * @param phi [m, d], [m, d, T] or [m, c, h, w], or with several rows for each example
     * @param teacher what the teacher has in its place
     * @param exampleOf the example of each row
     * @param channelsLast whether sequences are [m, T, d]
     * @param lambda the weight
     * @return of the shape and type of phi
     * @throws IllegalStateException if the shapes differ
     */
    public static INDArray gradient(
            INDArray phi,
            Teacher.Lesson teacher,
            int[] exampleOf,
            boolean channelsLast,
            double lambda) {
        INDArray t = teacher.array();
        if (!Arrays.equals(phi.shape(), t.shape())) {
            throw new IllegalStateException(
                    "features of a teacher must have the shape of the encoder's, %s, got %s: use a teacher with an encoder of the same layers, as trainUnimodal trains it"
                            .formatted(Arrays.toString(phi.shape()), Arrays.toString(t.shape())));
        }
        INDArray shown = shown(phi, teacher.mask(), channelsLast);
        int rows = (int) phi.size(0);
        double[] shownInRow = new double[rows];
        if (shown == null) {
            Arrays.fill(shownInRow, phi.length() / (double) rows);
        } else {
            shownInRow = shown.reshape('c', rows, phi.length() / rows).sum(1).toDoubleVector();
        }
        double[] shownOfExample = new double[rows];
        for (int row = 0; row < rows; row++) {
            shownOfExample[exampleOf[row]] += shownInRow[row];
        }
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            double d = shownOfExample[exampleOf[row]];
            weights[row] = d == 0 ? 0 : 2 * lambda / d;
        }
        // in half precision 2 lambda / d may be next to nothing
        DataType type = phi.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        INDArray difference = phi.castTo(type).sub(t.castTo(type));
        if (shown != null) {
            difference.muli(shown.castTo(type));
        }
        INDArray ofRows = Nd4j.createFromArray(weights).castTo(type);
        Nd4j.getExecutioner().exec(new BroadcastMulOp(difference, ofRows, difference, 0));
        return difference.castTo(phi.dataType());
    }

    /** 1 where no mask hides a number, else 0, in the shape of phi; null without a mask. */
    private static INDArray shown(INDArray phi, INDArray mask, boolean channelsLast) {
        if (mask == null) {
            return null;
        }
        long[] shape = phi.shape();
        long[] one = new long[shape.length];
        Arrays.fill(one, 1);
        boolean ofRows = mask.length() == shape[0];
        int steps = channelsLast ? 1 : 2;
        one[0] = shape[0];
        if (!ofRows && shape.length == 3 && mask.length() == shape[0] * shape[steps]) {
            one[steps] = shape[steps];
        } else if (!ofRows && shape.length == 4 && mask.rank() == 4 && fits(mask, shape)) {
            one = mask.shape();
        } else if (!ofRows) {
            return null; // of something upstream, as of the steps that a mean was taken over
        }
        INDArray own = mask.castTo(DataType.DOUBLE).dup('c').reshape('c', one);
        return Nd4j.ones(DataType.DOUBLE, shape).muli(own.broadcast(shape));
    }

    private static boolean fits(INDArray mask, long[] shape) {
        for (int axis = 0; axis < shape.length; axis++) {
            if (mask.size(axis) != 1 && mask.size(axis) != shape[axis]) {
                return false;
            }
        }
        return true;
    }
}
