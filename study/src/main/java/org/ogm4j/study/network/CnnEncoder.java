package org.ogm4j.study.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.linalg.activations.Activation;
import org.ogm4j.study.network.layer.ConvBlocks;
import org.ogm4j.study.network.layer.ConvBlocks.Kernel;
import org.ogm4j.study.network.layer.Grid;

/**
 * Four convolutions, each followed by batch norm and ReLU. For the spectrograms and images of the
 * digits:
 *
 * <pre>
 * audio  [m, 1, 129, 49] - conv 12, 24, 48, 96 - [m, 96, 5, 2]
 * visual [m, 1,  28, 28] - conv 12, 24, 48, 96 - [m, 96, 2, 2]
 * </pre>
 *
 * <p>The first one of large inputs steps four places in either direction, all others two.
 */
final class CnnEncoder {

    private static final int[] CHANNELS = {12, 24, 48, 96};

    /** Channels of the last map. */
    static final int WIDTH = CHANNELS[CHANNELS.length - 1];

    /** Up to this length of its sides an input is small. */
    private static final int SHORT = 64;

    private CnnEncoder() {}

    /** Adds the convolutions and returns the last map's vertex. */
    static String build(GraphBuilder graph, Branch branch) {
        String end = branch.name();
        for (int i = 0; i < CHANNELS.length; i++) {
            String name = branch.name() + "-" + (i + 1);
            end = ConvBlocks.convNorm(graph, name, end, kernel(branch, i), Activation.RELU);
        }
        return end;
    }

    /** The places of the last map. */
    static Grid map(Branch branch) {
        Grid grid = branch.grid();
        for (int i = 0; i < CHANNELS.length; i++) {
            grid = grid.strided(kernel(branch, i).stride());
        }
        return grid;
    }

    private static Kernel kernel(Branch branch, int layer) {
        return layer == 0 && firstStride(branch) == 4
                ? new Kernel(CHANNELS[layer], 5, 4)
                : new Kernel(CHANNELS[layer], 3, 2);
    }

    private static int firstStride(Branch branch) {
        Integer given = branch.size().stride();
        if (given != null) {
            return given;
        }
        Grid grid = branch.grid();
        return Math.max(grid.rows(), grid.columns()) > SHORT ? 4 : 2;
    }
}
