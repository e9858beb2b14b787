package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * A pre-norm transformer block on tokens x [m, d, T]: {@code y = x + attention(norm(x))}, and then
 * {@code y + mlp(norm(y))}, the MLP the same for every token.
 *
 * @see <a href="https://arxiv.org/abs/2002.04745">Xiong et al.: On Layer Normalization in the
 *     Transformer Architecture, ICML 2020</a>
 */
public final class TransformerBlock {

    /** Attention heads. */
    public static final int HEADS = 4;

    /** The size of a query, a key and a value in a head, whatever d is. */
    public static final int HEAD_SIZE = 12;

    private static final int HIDDEN = 96;

    private TransformerBlock() {}

    /**
     * Adds a block.
     *
     * @param name prefix of its vertices
     * @param from the vertex it reads
     * @param width d
     * @param tokens T
     * @param end the name of its last vertex
     */
    public static void add(
            GraphBuilder graph, String name, String from, int width, int tokens, String end) {
        graph.addLayer(name + "-norm-1", new TokenNorm(width), from);
        graph.addLayer(
                name + "-attention", new SelfAttention(width, HEADS, HEAD_SIZE), name + "-norm-1");
        graph.addVertex(
                name + "-attended",
                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                from,
                name + "-attention");
        graph.addLayer(name + "-norm-2", new TokenNorm(width), name + "-attended");
        graph.addLayer(
                name + "-mlp-1",
                new DenseLayer.Builder().nOut(HIDDEN).activation(Activation.RELU).build(),
                name + "-norm-2");
        graph.addLayer(
                name + "-mlp-2",
                new DenseLayer.Builder()
                        .nOut(width)
                        .activation(Activation.IDENTITY)
                        .weightInit(WeightInit.XAVIER)
                        .build(),
                name + "-mlp-1");
        Tokens.fromRows(graph, name + "-mlp", name + "-mlp-2", tokens);
        graph.addVertex(
                end,
                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                name + "-attended",
                name + "-mlp");
    }
}
