package org.ogm4j.study.run;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;
import org.ogm4j.study.store.Digest;

/** A short name for the content of a split. */
public final class DataDigest {

    private DataDigest() {}

    /** Of all batches: of epoch 0, of validation and of test. */
    public static String of(Split split) {
        Digest digest = new Digest();
        add(digest, "training", split.training(0));
        add(digest, "validation", split.validation());
        add(digest, "test", split.test());
        return digest.hex();
    }

    private static void add(Digest digest, String name, MultiDataSetIterator batches) {
        digest.add(name);
        if (!batches.hasNext()) {
            throw new IllegalArgumentException(
                    "the %s examples must be at least one, got none".formatted(name));
        }
        while (batches.hasNext()) {
            MultiDataSet batch = batches.next();
            add(digest, batch.getFeatures());
            add(digest, batch.getLabels());
            add(digest, batch.getFeaturesMaskArrays());
            add(digest, batch.getLabelsMaskArrays());
        }
    }

    private static void add(Digest digest, INDArray[] arrays) {
        if (arrays != null) {
            for (INDArray array : arrays) {
                digest.add(array);
            }
        }
    }
}
