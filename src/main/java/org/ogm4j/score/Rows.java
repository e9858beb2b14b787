package org.ogm4j.score;

import java.util.Arrays;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays of any rank as DL4J's output layers see them, one row per example or per step of an
 * example.
 */
public final class Rows {

    private Rows() {}

    /**
     * Flattens to two dimensions.
     *
     * @param array [m, d]; [m, d, T], which becomes [T * m, d] with row t * m + i for step t of
     *     example i; or [m, c, h, w], which becomes [m, c * h * w]
     * @return a view where possible, else a copy in the current workspace
     * @throws IllegalStateException for any other rank
     */
    public static INDArray of(INDArray array) {
        return switch (array.rank()) {
            case 2 -> array;
            case 3 -> TimeSeriesUtils.reshape3dTo2d(array);
            case 4 -> array.reshape('c', array.size(0), array.length() / array.size(0));
            default ->
                    throw new IllegalStateException(
                            "features and labels must have 2 to 4 dimensions to be scored, got shape "
                                    + Arrays.toString(array.shape()));
        };
    }

    /**
     * The inverse of {@link #of}.
     *
     * @param rows as {@code of(like)} has them
     * @param like an array of 2 to 4 dimensions
     * @return the rows in its shape
     */
    static INDArray unflatten(INDArray rows, INDArray like) {
        return switch (like.rank()) {
            case 2 -> rows;
            case 3 -> TimeSeriesUtils.reshape2dTo3d(rows, (int) like.size(0));
            default -> rows.reshape('c', like.shape());
        };
    }

    /**
     * Flattens a label mask so that its rows are those of the flattened labels.
     *
     * @param mask as an output layer holds it: per example [m, 1], per step [m, T] or already
     *     flattened, or per single output in the shape of the labels
     * @param labels the labels, not flattened
     * @return [rows, 1] or [rows, classes]
     */
    static INDArray ofMask(INDArray mask, INDArray labels) {
        boolean perStep =
                labels.rank() == 3
                        && mask.rank() == 2
                        && mask.size(0) == labels.size(0)
                        && mask.size(1) == labels.size(2);
        return perStep ? mask.reshape('f', mask.length(), 1) : of(mask);
    }
}
