package org.ogm4j.study.measure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * For concatenated features: with M modalities the head computes {@code f = sum_u phi^u W^u + b};
 * the rows W^u are those that read modality u, and its own share of the answer is {@code phi^u W^u
 * + b/M}.
 *
 * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced Multimodal
 *     Learning via On-the-fly Gradient Modulation, CVPR 2022, eq. 8</a>
 */
final class HeadRows implements Reader {

    private final Layout layout;
    private final Head head;
    private final List<String> parts;

    HeadRows(Layout layout) {
        this.layout = layout;
        this.head = new Head(layout);
        this.parts = parts(layout);
    }

    private static List<String> parts(Layout layout) {
        return layout.into(layout.into(layout.output()).get(0));
    }

    /** Whether the output is dense and reads one part of each modality, side by side. */
    static boolean fits(Layout layout) {
        if (!(layout.layer(layout.output()) instanceof OutputLayer)
                || layout.conf().getVertices().get(layout.into(layout.output()).get(0)) == null
                || !(layout.conf().getVertices().get(layout.into(layout.output()).get(0))
                        instanceof MergeVertex)) {
            return false;
        }
        List<String> parts = parts(layout);
        return parts.stream().allMatch(part -> layout.reaching(part).size() == 1)
                && new HashSet<>(parts.stream().map(layout::reaching).toList()).size()
                        == layout.modalities().size()
                && parts.size() == layout.modalities().size();
    }

    @Override
    public Answers read(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray weights = graph.getLayer(layout.output()).getParam("W");
        INDArray bias = head.bias(graph);
        Map<String, INDArray> alone = new HashMap<>();
        INDArray sum = null;
        long row = 0;
        for (String part : parts) {
            INDArray features = activations.get(part);
            long next = row + features.size(1);
            INDArray own =
                    features.mmul(
                            weights.get(NDArrayIndex.interval(row, next), NDArrayIndex.all()));
            if (bias != null) {
                own = own.addRowVector(bias.div(parts.size()));
            }
            alone.put(layout.reaching(part).iterator().next(), head.activated(graph, own));
            sum = sum == null ? own : sum.add(own);
            row = next;
        }
        return new Answers(alone, head.activated(graph, sum));
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
