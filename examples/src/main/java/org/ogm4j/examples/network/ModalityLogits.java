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
     * @param alone for each modality that the network reads [m, classes]
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

    /** From one modality, [m, classes]; null if the network does not read it. */
    public INDArray alone(Modality modality) {
        return alone.get(modality);
    }

    /**
     * The score of a modality: mean over the batch of its softmax probability of the true class.
     * NaN if the network does not read it.
     */
    public double score(Modality modality, INDArray oneHot) {
        if (alone(modality) == null) {
            return Double.NaN;
        }
        return Transforms.softmax(alone(modality)).mul(oneHot).sum(1).meanNumber().doubleValue();
    }

    /** In how many rows the largest logit is at the true class. */
    public static long hitsOf(INDArray logits, INDArray oneHot) {
        INDArray right = logits.argMax(1).eq(oneHot.argMax(1));
        return right.castTo(logits.dataType()).sumNumber().longValue();
    }
}
