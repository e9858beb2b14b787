package org.ogm4j.score;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
     * @param modality its name
     * @param readouts where the modality's logits come from, one per output
     * @param zeroOut the shared part of the network; null if no readout needs it
     * @return the score; empty if none of the outputs has labels, NaN if all labels are masked or
     *     the loss is NaN
     * @throws IllegalStateException if labels and logits do not have the same number of rows
     */
    public static OptionalDouble of(
            ComputationGraph graph, String modality, List<Readout> readouts, ZeroOut zeroOut) {
        boolean labelled =
                readouts.stream().anyMatch(readout -> labels(graph, readout.output()) != null);
        if (!labelled) {
            return OptionalDouble.empty();
        }
        boolean needsPass = readouts.stream().anyMatch(ZeroOutReadout.class::isInstance);
        return OptionalDouble.of(
                needsPass
                        ? zeroOut.alone(modality, logits -> score(graph, readouts, logits))
                        : score(graph, readouts, Map.of()));
    }

    private static double score(
            ComputationGraph graph, List<Readout> readouts, Map<String, INDArray> passed) {
        BatchScore score = new BatchScore(graph.batchSize());
        for (Readout readout : readouts) {
            INDArray labels = labels(graph, readout.output());
            if (labels != null) {
                INDArray logits =
                        readout instanceof HeadReadout head
                                ? head.logits(graph)
                                : Rows.of(passed.get(readout.output()));
                add(score, readout, outputLayer(graph, readout.output()), labels, logits);
            }
        }
        return score.mean();
    }

    /** The labels of an output, null if there are none. */
    private static INDArray labels(ComputationGraph graph, String output) {
        Layer layer = outputLayer(graph, output);
        return layer == null ? null : Labels.of(graph, output, layer);
    }

    private static void add(
            BatchScore score, Readout readout, Layer layer, INDArray labels, INDArray logits) {
        INDArray rows = Rows.of(labels);
        if (rows.size(0) != logits.size(0)) {
            throw new IllegalStateException(
                    "labels of output \"%s\" must have one row per row of the logits of %s, %d, got %d"
                            .formatted(readout.output(), readout, logits.size(0), rows.size(0)));
        }
        INDArray mask = maskOf(layer, labels);
        boolean perOutput = mask != null && mask.size(1) > 1;
        OutputLoss loss = OutputLoss.of(layer.conf().getLayer());
        double[] losses =
                RowLosses.of(
                        loss.function(), loss.activation(), rows, logits, perOutput ? mask : null);
        score.add(losses, mask == null ? null : rowWeights(mask));
    }

    /**
     * The labels of an output in the present batch.
     *
     * @param labels as the output layer has them
     * @param mask on the labels, null if there is none
     */
    public record Truth(INDArray labels, INDArray mask) {}

    /**
     * The labels of an output in the present batch.
     *
     * @param graph the network, in the backward pass
     * @param output the output layer
     * @return labels and mask, null if the batch has no labels
     */
    public static Truth truth(ComputationGraph graph, String output) {
        INDArray labels = labels(graph, output);
        return labels == null ? null : new Truth(labels, outputLayer(graph, output).getMaskArray());
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
