package org.ogm4j.study.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;
import org.ogm4j.study.network.layer.Grid;
import org.ogm4j.study.network.layer.PositionEmbedding;
import org.ogm4j.study.network.layer.Tokens;
import org.ogm4j.study.network.layer.TransformerBlock;

/**
 * A small vision transformer, for spectrograms and sequences too: patches or steps, position
 * embedding, one block. For the digits:
 *
 * <pre>
 * audio  [m, 1, 129, 49] - patches of 16 x 7 - [m, 48, 56] - + position - block - tokens
 * visual [m, 1,  28, 28] - patches of  7 x 7 - [m, 48, 16] - + position - block - tokens
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al.: An Image is Worth 16x16
 *     Words, ICLR 2021</a>
 */
final class TransformerEncoder {

    /** The size of a token. */
    static final int WIDTH = 48;

    private static final int SMALL_PATCH = 7;
    private static final int LARGE_PATCH = 16;

    /** Up to this length a small patch is taken. */
    private static final int SHORT = 64;

    private TransformerEncoder() {}

    /** Adds all vertices up to the tokens. */
    static void build(GraphBuilder graph, Branch branch, String last) {
        String name = branch.name();
        String from = branch.isSequence() ? steps(graph, branch) : patches(graph, branch);
        int tokens = branch.tokens();
        graph.addLayer(name + "-position", new PositionEmbedding(WIDTH, tokens), from);
        TransformerBlock.add(graph, name + "-block", name + "-position", WIDTH, tokens, last);
    }

    private static String patches(GraphBuilder graph, Branch branch) {
        String name = branch.name();
        Grid patch = patch(branch.grid());
        graph.addLayer(
                name + "-patches",
                new ConvolutionLayer.Builder(patch.rows(), patch.columns())
                        .stride(patch.rows(), patch.columns())
                        .nOut(WIDTH)
                        .activation(Activation.IDENTITY)
                        .build(),
                name);
        Tokens.fromMap(graph, name + "-sequence", name + "-patches", patches(branch.grid()));
        return name + "-sequence";
    }

    /** A vector for each word, or a linear layer for each step. */
    private static String steps(GraphBuilder graph, Branch branch) {
        if (branch.indices()) {
            return Encoders.words(graph, branch, WIDTH);
        }
        String name = branch.name();
        graph.addLayer(
                name + "-steps",
                new DenseLayer.Builder().nOut(WIDTH).activation(Activation.IDENTITY).build(),
                name);
        Tokens.fromRows(graph, name + "-sequence", name + "-steps", branch.tokens());
        return name + "-sequence";
    }

    /** How many patches there are in either direction. */
    static Grid patches(Grid input) {
        return input.patches(patch(input));
    }

    /** What does not fill a patch, as the last bin of a spectrogram, the 129th, is in none. */
    private static Grid patch(Grid input) {
        return new Grid(side(input.rows()), side(input.columns()));
    }

    private static int side(int length) {
        return length > SHORT ? LARGE_PATCH : SMALL_PATCH;
    }
}
