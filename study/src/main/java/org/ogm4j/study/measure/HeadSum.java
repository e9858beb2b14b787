package org.ogm4j.study.measure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** For a sum or a mean of heads: each modality's answer is that of its own head. */
final class HeadSum implements Reader {

    private final Layout layout;
    private final Head head;

    HeadSum(Layout layout) {
        this.layout = layout;
        this.head = new Head(layout);
    }

    private static String sum(Layout layout) {
        return layout.into(layout.output()).get(0);
    }

    /**
     * Whether the output has no weights and reads the sum or the mean of one part of each modality.
     */
    static boolean fits(Layout layout) {
        if (!(layout.layer(layout.output()) instanceof LossLayer)
                || !(layout.conf().getVertices().get(sum(layout)) instanceof ElementWiseVertex sum)
                || !Set.of(ElementWiseVertex.Op.Add, ElementWiseVertex.Op.Average)
                        .contains(sum.getOp())) {
            return false;
        }
        List<String> heads = layout.into(sum(layout));
        return heads.stream().allMatch(part -> layout.reaching(part).size() == 1)
                && new HashSet<>(heads.stream().map(layout::reaching).toList()).size()
                        == layout.modalities().size()
                && heads.size() == layout.modalities().size();
    }

    @Override
    public Answers read(ComputationGraph graph, Map<String, INDArray> activations) {
        Map<String, INDArray> alone = new HashMap<>();
        INDArray sum = null;
        for (String part : layout.into(sum(layout))) {
            INDArray own = activations.get(part);
            alone.put(layout.reaching(part).iterator().next(), head.activated(graph, own));
            sum = sum == null ? own : sum.add(own);
        }
        return new Answers(alone, head.activated(graph, isMean() ? sum.div(alone.size()) : sum));
    }

    private boolean isMean() {
        ElementWiseVertex vertex = (ElementWiseVertex) layout.conf().getVertices().get(sum(layout));
        return vertex.getOp() == ElementWiseVertex.Op.Average;
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
