package org.ogm4j.examples.network;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * For concatenated features: with M = 2 modalities the head computes {@code f = sum_u phi^u W^u +
 * b}; the rows W^u are those that read modality u, and its own share of the answer is {@code phi^u
 * W^u + b/M}.
 *
 * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced Multimodal
 *     Learning via On-the-fly Gradient Modulation, CVPR 2022, eq. 8</a>
 */
final class HeadRows implements LogitsReader {

    @Override
    public ModalityLogits read(ComputationGraph graph, Map<String, INDArray> activations) {
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
        return ModalityLogits.summed(alone);
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        return read(graph, activations).fused();
    }

    @Override
    public boolean isCheap() {
        return true;
    }
}
