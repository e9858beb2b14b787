package org.ogm4j.study.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/** Fusions of features, [m, d] from each encoder. Each adds the output too. */
final class FeatureFusion {

    /** The features of both, from which film and gated take each modality's part again. */
    private static final String JOINT = "joint";

    private static final String FUSION = "fusion";

    private FeatureFusion() {}

    /** Concatenation, then the output. */
    static void concat(GraphBuilder graph, List<Branch> branches, Answer answer) {
        graph.addVertex(FUSION, new MergeVertex(), features(branches));
        head(graph, FUSION, answer);
    }

    /** A linear layer per modality; the output's activation and loss on the sum. */
    static void sum(GraphBuilder graph, List<Branch> branches, Answer answer) {
        for (Branch branch : branches) {
            dense(graph, ownHead(branch), branch.features(), linear(answer.size(), 0));
        }
        add(graph, FUSION, branches.stream().map(FeatureFusion::ownHead).toArray(String[]::new));
        graph.addLayer(MultimodalNetwork.HEAD, answer.lossAlone(), FUSION)
                .setOutputs(MultimodalNetwork.HEAD);
    }

    private static String ownHead(Branch branch) {
        return branch.name() + "-head";
    }

    /**
     * FiLM: {@code gamma(v) * a + beta(v)} of the features a of the first modality and v of the
     * second, then the output. Gamma's bias starts at 1, so that the first alone, with features of
     * the second of 0, passes as it is.
     *
     * <p>The features are joined and taken apart again so that gamma and beta are part of the
     * fusion, as published, and not of the second encoder.
     *
     * @see <a href="https://arxiv.org/abs/1709.07871">Perez et al.: FiLM, AAAI 2018, eq. 2</a>
     */
    static void film(GraphBuilder graph, List<Branch> both, Answer answer) {
        int width = both.get(0).width();
        joint(graph, both);
        dense(graph, "gamma", part(both.get(1)), linear(width, 1));
        dense(graph, "beta", part(both.get(1)), linear(width, 0));
        multiply(graph, "scaled", "gamma", part(both.get(0)));
        add(graph, FUSION, "scaled", "beta");
        head(graph, FUSION, answer);
    }

    /**
     * Gates in both directions: {@code sigmoid(U v) * (P a) + sigmoid(V a) * (Q v)} of features a
     * and v, as large as a, then the output. With one direction, as in the publication, the
     * modality that makes the gate would say nothing alone.
     *
     * @see <a href="https://arxiv.org/abs/1802.02892">Kiela et al.: Efficient Large-Scale
     *     Multi-Modal Classification, AAAI 2018, section 3.3</a>
     */
    static void gated(GraphBuilder graph, List<Branch> both, Answer answer) {
        int width = both.get(0).width();
        joint(graph, both);
        for (int i = 0; i < 2; i++) {
            String name = both.get(i).name();
            DenseLayer.Builder gate = linear(width, 0).activation(Activation.SIGMOID);
            dense(graph, "gate-of-" + name, part(both.get(1 - i)), gate);
            dense(graph, "value-of-" + name, part(both.get(i)), linear(width, 0));
            multiply(graph, "gated-" + name, "gate-of-" + name, "value-of-" + name);
        }
        add(graph, FUSION, "gated-" + both.get(0).name(), "gated-" + both.get(1).name());
        head(graph, FUSION, answer);
    }

    /** The output of the network. */
    static void head(GraphBuilder graph, String from, Answer answer) {
        graph.addLayer(MultimodalNetwork.HEAD, answer.output(), from)
                .setOutputs(MultimodalNetwork.HEAD);
    }

    private static String[] features(List<Branch> branches) {
        return branches.stream().map(Branch::features).toArray(String[]::new);
    }

    private static void joint(GraphBuilder graph, List<Branch> branches) {
        graph.addVertex(JOINT, new MergeVertex(), features(branches));
        int from = 0;
        for (Branch branch : branches) {
            int to = from + branch.width();
            graph.addVertex(part(branch), new SubsetVertex(from, to - 1), JOINT);
            from = to;
        }
    }

    private static String part(Branch branch) {
        return JOINT + "-" + branch.name();
    }

    private static DenseLayer.Builder linear(int size, double bias) {
        return new DenseLayer.Builder()
                .nOut(size)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER)
                .biasInit(bias);
    }

    private static void dense(
            GraphBuilder graph, String name, String from, DenseLayer.Builder layer) {
        graph.addLayer(name, layer.build(), from);
    }

    private static void add(GraphBuilder graph, String name, String... from) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), from);
    }

    private static void multiply(GraphBuilder graph, String name, String... from) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), from);
    }
}
