package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * A small vision transformer, for spectrograms too: patches, position embedding, one block. For the
 * digits:
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

    /** Adds all vertices up to {@link Modality#tokens()}. */
    static void build(GraphBuilder graph, Modality modality, Grid input) {
        String name = modality.input();
        Grid patch = patch(input);
        Grid patches = patches(input);
        graph.addLayer(
                name + "-patches",
                new ConvolutionLayer.Builder(patch.rows(), patch.columns())
                        .stride(patch.rows(), patch.columns())
                        .nOut(WIDTH)
                        .activation(Activation.IDENTITY)
                        .build(),
                name);
        Tokens.fromMap(graph, name + "-sequence", name + "-patches", patches);
        graph.addLayer(
                name + "-position",
                new PositionEmbedding(WIDTH, patches.places()),
                name + "-sequence");
        TransformerBlock.add(
                graph,
                name + "-block",
                name + "-position",
                WIDTH,
                patches.places(),
                modality.tokens());
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
