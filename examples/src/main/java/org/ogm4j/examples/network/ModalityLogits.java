package org.ogm4j.examples.network;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What a network says from both modalities, and from each one alone. */
public final class ModalityLogits {

    private final Map<Modality, INDArray> alone;
    private final INDArray fused;

    /**
     * Takes what was read.
     *
     * @param alone for each modality [m, classes]
     * @param fused [m, classes]
     */
    ModalityLogits(Map<Modality, INDArray> alone, INDArray fused) {
        this.alone = alone;
        this.fused = fused;
    }

    /** For fusions where the fused logits are the sum. */
    static ModalityLogits summed(Map<Modality, INDArray> alone) {
        return new ModalityLogits(alone, alone.get(Modality.AUDIO).add(alone.get(Modality.VISUAL)));
    }

    /** From both modalities, [m, classes]. */
    public INDArray fused() {
        return fused;
    }

    /** From one modality, [m, classes]. */
    public INDArray alone(Modality modality) {
        return alone.get(modality);
    }

    /**
     * The score of a modality: mean over the batch of its softmax probability of the true class.
     */
    public double score(Modality modality, INDArray oneHot) {
        return Transforms.softmax(alone(modality)).mul(oneHot).sum(1).meanNumber().doubleValue();
    }

    /** In how many rows the largest logit is at the true class. */
    public static long hitsOf(INDArray logits, INDArray oneHot) {
        return hits(logits, oneHot.argMax(1));
    }

    /** How many rows have their largest logit at the true class, for each of the three answers. */
    public Hits hits(INDArray oneHot) {
        INDArray truth = oneHot.argMax(1);
        return new Hits(
                hits(fused, truth),
                hits(alone(Modality.AUDIO), truth),
                hits(alone(Modality.VISUAL), truth),
                oneHot.size(0));
    }

    private static long hits(INDArray logits, INDArray truth) {
        return logits.argMax(1).eq(truth).castTo(logits.dataType()).sumNumber().longValue();
    }
}
