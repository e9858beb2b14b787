package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * A small vision transformer, for spectrograms too: patches, position embedding, one block.
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

    private TransformerEncoder() {}

    /** Adds all vertices up to {@link Modality#tokens()}. */
    static void build(GraphBuilder graph, Modality modality) {
        String name = modality.input();
        Grid patch = patch(modality);
        Grid patches = patches(modality);
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
    static Grid patches(Modality modality) {
        return modality.grid().patches(patch(modality));
    }

    /** The last bin of a spectrogram, the 129th, is in no patch. */
    private static Grid patch(Modality modality) {
        return modality == Modality.AUDIO ? new Grid(16, 7) : new Grid(7, 7);
    }
}
