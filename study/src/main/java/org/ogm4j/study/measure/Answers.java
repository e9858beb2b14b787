package org.ogm4j.study.measure;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an output of a network says from all modalities, and from each one alone. */
public final class Answers {

    private final Map<String, INDArray> alone;
    private final INDArray fused;

    /**
     * Takes what was read.
     *
     * @param alone behind the output's activation function, for each modality that can be read
     * @param fused the same from all
     */
    Answers(Map<String, INDArray> alone, INDArray fused) {
        this.alone = Map.copyOf(alone);
        this.fused = fused;
    }

    /** From all modalities; null if it cannot be read. */
    public INDArray fused() {
        return fused;
    }

    /** From one modality; null if it cannot be read. */
    public INDArray alone(String modality) {
        return alone.get(modality);
    }
}
