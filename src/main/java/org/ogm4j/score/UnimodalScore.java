package org.ogm4j.score;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the score of a modality from a network in the middle of a training step. */
public final class UnimodalScore {

    private UnimodalScore() {}

    /**
     * The mean over the batch of {@code s_i = exp(-l(y_i, logits_i))}, for cross-entropy the
     * softmax probability of the true class.
     *
     * @param graph the network, after the forward pass and with the labels of the batch set on its
     *     output layers
     * @param readouts where the modality's logits come from, one per output
     * @param examples the number of examples in the batch
     * @return the score; empty if none of the outputs has labels, NaN if all labels are masked or
     *     the loss is NaN
     * @throws IllegalStateException if labels and logits do not have the same number of rows
     */
    public static OptionalDouble of(ComputationGraph graph, List<Readout> readouts, int examples) {
        BatchScore score = new BatchScore(examples);
        boolean labelled = false;
        for (Readout readout : readouts) {
            Layer layer = outputLayer(graph, readout.output());
            INDArray labels = layer == null ? null : Labels.of(graph, readout.output(), layer);
            if (labels != null) {
                labelled = true;
                add(score, readout, layer, labels, readout.logits(graph));
            }
        }
        return labelled ? OptionalDouble.of(score.mean()) : OptionalDouble.empty();
    }

    private static void add(
            BatchScore score, Readout readout, Layer layer, INDArray labels, INDArray logits) {
        INDArray rows = Rows.of(labels);
        if (rows.size(0) != logits.size(0)) {
            throw new IllegalStateException(
                    "labels of output \"%s\" must have one row per row of the logits of \"%s\", %d, got %d"
                            .formatted(
                                    readout.output(),
                                    readout.head(),
                                    logits.size(0),
                                    rows.size(0)));
        }
        INDArray mask = maskOf(layer, labels);
        boolean perOutput = mask != null && mask.size(1) > 1;
        OutputLoss loss = OutputLoss.of(layer.conf().getLayer());
        double[] losses =
                RowLosses.of(
                        loss.function(), loss.activation(), rows, logits, perOutput ? mask : null);
        score.add(losses, mask == null ? null : rowWeights(mask));
    }

    /** The label mask, row by row; null if there is none. */
    static INDArray maskOf(Layer layer, INDArray labels) {
        return layer.getMaskArray() == null ? null : Rows.ofMask(layer.getMaskArray(), labels);
    }

    /** 1 for a row of which anything is unmasked, else 0. */
    static double[] rowWeights(INDArray mask) {
        double[] weights = mask.castTo(DataType.DOUBLE).max(1).toDoubleVector();
        return Arrays.stream(weights).map(w -> w == 0 ? 0 : 1).toArray();
    }

    /**
     * The layer of an output, null if the network has no such output any more and trains on errors
     * from outside.
     */
    static Layer outputLayer(ComputationGraph graph, String name) {
        GraphVertex vertex = graph.getVertex(name);
        Layer layer = vertex == null ? null : vertex.getLayer();
        Layer trained =
                layer instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : layer;
        return trained instanceof IOutputLayer ? trained : null;
    }
}
