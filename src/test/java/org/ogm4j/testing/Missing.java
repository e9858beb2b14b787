package org.ogm4j.testing;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.SpecifiedIndex;
import org.ogm4j.MissingModality;

/** How a batch says that examples lack a modality. */
public enum Missing {
    /** A feature mask of 0; the features are left as they are. */
    MASK,
    /** Features of 0. */
    ZEROS,
    /** Features of NaN. */
    NANS;

    /** What the builder has to be told. */
    public MissingModality option() {
        return switch (this) {
            case MASK -> MissingModality.masks();
            case ZEROS -> MissingModality.zeros();
            case NANS -> MissingModality.nans();
        };
    }

    /**
     * A copy of a batch whose examples lack modalities.
     *
     * @param has for each input whether each example has it; null where all have it
     */
    public MultiDataSet in(MultiDataSet batch, boolean[]... has) {
        INDArray[] features = batch.getFeatures().clone();
        INDArray[] masks = new INDArray[features.length];
        for (int u = 0; u < has.length; u++) {
            features[u] = features[u].dup();
            if (batch.getFeaturesMaskArrays() != null) {
                masks[u] = batch.getFeaturesMaskArrays()[u].dup();
            } else if (this == MASK && has[u] != null) {
                masks[u] = wholeMask(features[u]);
            }
            for (int i = 0; has[u] != null && i < has[u].length; i++) {
                if (!has[u][i]) {
                    (this == MASK ? masks : features)
                            [u].slice(i)
                            .assign(this == NANS ? Double.NaN : 0);
                }
            }
        }
        boolean masked = Arrays.stream(masks).anyMatch(mask -> mask != null);
        return new MultiDataSet(
                features, batch.getLabels(), masked ? masks : null, batch.getLabelsMaskArrays());
    }

    private static INDArray wholeMask(INDArray features) {
        return switch (features.rank()) {
            case 2 -> Nd4j.ones(DataType.DOUBLE, features.size(0), 1);
            case 3 -> Nd4j.ones(DataType.DOUBLE, features.size(0), features.size(2));
            default -> Nd4j.ones(DataType.DOUBLE, features.size(0), 1, 1, 1);
        };
    }

    /** At random, a share of some examples lack a modality. */
    public static boolean[] atRandom(int examples, double share, long seed) {
        Random random = new Random(seed);
        boolean[] has = new boolean[examples];
        for (int i = 0; i < examples; i++) {
            has[i] = random.nextDouble() >= share;
        }
        return has;
    }

    /** The examples of a batch that have something, in their order. */
    public static MultiDataSet only(MultiDataSet batch, boolean[] has) {
        return new MultiDataSet(
                only(batch.getFeatures(), has),
                only(batch.getLabels(), has),
                only(batch.getFeaturesMaskArrays(), has),
                only(batch.getLabelsMaskArrays(), has));
    }

    private static INDArray[] only(INDArray[] arrays, boolean[] has) {
        return arrays == null
                ? null
                : Arrays.stream(arrays)
                        .map(a -> a == null ? null : only(a, has))
                        .toArray(INDArray[]::new);
    }

    private static INDArray only(INDArray array, boolean[] has) {
        long[] rows = new long[has.length];
        int count = 0;
        for (int i = 0; i < has.length; i++) {
            if (has[i]) {
                rows[count++] = i;
            }
        }
        INDArrayIndex[] index = new INDArrayIndex[array.rank()];
        Arrays.fill(index, NDArrayIndex.all());
        index[0] = new SpecifiedIndex(Arrays.copyOf(rows, count));
        return array.get(index).dup();
    }

    /** The same batch with zeros in place of NaN, as a network that knows of none needs it. */
    public static MultiDataSet withoutNans(MultiDataSet batch) {
        INDArray[] features =
                Arrays.stream(batch.getFeatures())
                        .map(Missing::withoutNans)
                        .toArray(INDArray[]::new);
        return new MultiDataSet(
                features,
                batch.getLabels(),
                batch.getFeaturesMaskArrays(),
                batch.getLabelsMaskArrays());
    }

    private static INDArray withoutNans(INDArray array) {
        INDArray copy = array.dup();
        for (long i = 0; i < copy.length(); i++) {
            if (Double.isNaN(copy.getDouble(i))) {
                copy.putScalar(i, 0);
            }
        }
        return copy;
    }
}
