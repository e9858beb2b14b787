package org.ogm4j.examples.network;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What a network with concatenated features says from both modalities, and from each one alone.
 *
 * <p>With M = 2 modalities the head computes {@code f = sum_u phi^u W^u + b}; the rows W^u are
 * those that read modality u, and its own share of the answer is {@code phi^u W^u + b/M}.
 *
 * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced Multimodal
 *     Learning via On-the-fly Gradient Modulation, CVPR 2022, eq. 8</a>
 */
public final class ModalityLogits {

    private final Map<Modality, INDArray> alone;
    private final INDArray fused;

    private ModalityLogits(Map<Modality, INDArray> alone, INDArray fused) {
        this.alone = alone;
        this.fused = fused;
    }

    /**
     * Reads the head's present weights.
     *
     * @param activations those of the network's vertices, by name, the features [m, d] among them
     */
    public static ModalityLogits of(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray weights = graph.getLayer(AudioVisualNet.HEAD).getParam("W");
        INDArray bias = graph.getLayer(AudioVisualNet.HEAD).getParam("b");
        Map<Modality, INDArray> alone = new EnumMap<>(Modality.class);
        long row = 0;
        for (Modality modality : Modality.values()) {
            INDArray features = activations.get(modality.features());
            long next = row + features.size(1);
            INDArray own = weights.get(NDArrayIndex.interval(row, next), NDArrayIndex.all());
            INDArray share = bias.div(Modality.values().length);
            alone.put(modality, features.mmul(own).addRowVector(share));
            row = next;
        }
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
