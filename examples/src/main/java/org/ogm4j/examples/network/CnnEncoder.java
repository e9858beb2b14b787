package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.linalg.activations.Activation;
import org.ogm4j.examples.network.ConvBlocks.Kernel;

/**
 * Four convolutions, each followed by batch norm and ReLU. For the digits:
 *
 * <pre>
 * audio  [m, 1, 129, 49] - conv 12, 24, 48, 96 - [m, 96, 5, 2]
 * visual [m, 1,  28, 28] - conv 12, 24, 48, 96 - [m, 96, 2, 2]
 * </pre>
 *
 * <p>The audio encoder's first one steps four places in either direction, all others two.
 */
final class CnnEncoder {

    private static final int[] CHANNELS = {12, 24, 48, 96};

    /** Channels of the last map. */
    static final int WIDTH = CHANNELS[CHANNELS.length - 1];

    private CnnEncoder() {}

    /** Adds the convolutions and returns the last map's vertex. */
    static String build(GraphBuilder graph, Modality modality) {
        String end = modality.input();
        for (int i = 0; i < CHANNELS.length; i++) {
            String name = modality.input() + "-" + (i + 1);
            end = ConvBlocks.convNorm(graph, name, end, kernel(modality, i), Activation.RELU);
        }
        return end;
    }

    /** The places of the last map. */
    static Grid map(Modality modality, Grid input) {
        Grid grid = input;
        for (int i = 0; i < CHANNELS.length; i++) {
            grid = grid.strided(kernel(modality, i).stride());
        }
        return grid;
    }

    private static Kernel kernel(Modality modality, int layer) {
        return modality == Modality.AUDIO && layer == 0
                ? new Kernel(CHANNELS[layer], 5, 4)
                : new Kernel(CHANNELS[layer], 3, 2);
    }
}
