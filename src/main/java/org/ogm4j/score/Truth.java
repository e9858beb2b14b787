package org.ogm4j.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.Labels;
import org.ogm4j.host.Numbers;

/**
 * What an output should have given for the present batch, read once per step.
 *
 * @param labels in the shape that the output layer has them
 * @param mask on the labels, null if there is none
 * @param loss the loss function and the activation that judge logits by them
 */
public record Truth(INDArray labels, INDArray mask, OutputLoss loss) {

    /**
     * Reads the labels of one output.
     *
     * @param graph the network, in the backward pass
     * @param output the output layer
     * @return null if the batch has no labels for it, or the network no such output any more, since
     *     it trains on errors from outside
     */
    public static Truth of(ComputationGraph graph, String output) {
        GraphVertex vertex = graph.getVertex(output);
        Layer own = vertex == null ? null : vertex.getLayer();
        Layer layer = own instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : own;
        INDArray labels = layer instanceof IOutputLayer ? Labels.of(graph, output, layer) : null;
        return labels == null
                ? null
                : new Truth(labels, layer.getMaskArray(), OutputLoss.of(layer.conf().getLayer()));
    }

    /**
     * Reads the labels of all outputs that readouts are judged by.
     *
     * @param graph the network, in the backward pass
     * @param readouts of one or more modalities
     * @return by output, without those that have no labels
     */
    public static Map<String, Truth> of(ComputationGraph graph, List<Readout> readouts) {
        Map<String, Truth> truths = new LinkedHashMap<>();
        for (Readout readout : readouts) {
            if (!truths.containsKey(readout.output())) {
                truths.put(readout.output(), of(graph, readout.output()));
            }
        }
        truths.values().removeIf(truth -> truth == null);
        return truths;
    }

    /**
     * The same labels, masked for the examples that do not count.
     *
     * @param counts whether each example does; null: all do
     * @param type of the mask
     * @return labels with a mask as {@link #maskToGive()} has it
     */
    public Truth among(boolean[] counts, DataType type) {
        if (counts == null) {
            return this;
        }
        INDArray given = maskToGive();
        long steps = labels.rank() == 3 ? labels.size(2) : 1;
        INDArray masked =
                given == null ? Nd4j.ones(type, labels.size(0), steps) : given.castTo(type).dup();
        for (int row = 0; row < masked.size(0); row++) {
            if (!counts[row % counts.length]) {
                masked.slice(row).assign(0);
            }
        }
        return new Truth(labels, masked, loss);
    }

    /** The same labels for logits of another activation; null: the output layer's own. */
    public Truth judging(IActivation activation) {
        return activation == null ? this : new Truth(labels, mask, loss.judging(activation));
    }

    /**
     * The same output, judged by predictions in place of its labels.
     *
     * @param predictions in the shape of the output; for classes their probabilities
     * @return with the mask of the labels
     */
    public Truth judgedBy(INDArray predictions) {
        return new Truth(predictions, mask, loss.ofPredictions());
    }

    /** How many rows the labels have. */
    public int count() {
        return (int) (labels.rank() == 3 ? labels.size(0) * labels.size(2) : labels.size(0));
    }

    /** The labels as {@link Rows}. */
    public INDArray rows() {
        return Rows.of(labels);
    }

    /**
     * The gradient of the loss with respect to logits, as the loss function itself has it: class
     * weights and masks included.
     *
     * @param logits [rows, classes], may be written over
     * @return [rows, classes], not divided by the number of examples
     */
    INDArray gradient(INDArray logits) {
        INDArray gradient =
                loss.function().computeGradient(rows(), logits, loss.activation(), elementMask());
        if (mask != null && elementMask() == null) {
            INDArray weights = Rows.ofMask(mask, labels).castTo(gradient.dataType());
            gradient.muliColumnVector(weights);
        }
        return gradient;
    }

    /**
     * Whether anything may count. DL4J takes the mask of a single example for one of single
     * outputs, which softmax cannot have, so it is asked here and then left out.
     *
     * @return false for a single row that is masked
     */
    public boolean counts() {
        return mask == null || mask.length() != 1 || mask.getDouble(0) != 0;
    }

    /**
     * The mask as an output layer takes it. The layers of sequences flatten a mask of single
     * outputs when they are given it, and hold it so; another layer wants it as it was.
     *
     * @return null for none
     */
    public INDArray maskToGive() {
        if (mask == null || mask.length() == 1) {
            return null;
        }
        boolean flattened =
                labels.rank() == 3
                        && mask.rank() == 2
                        && mask.size(1) == labels.size(1)
                        && mask.size(0) == labels.size(0) * labels.size(2)
                        && labels.size(1) > 1;
        return flattened ? TimeSeriesUtils.reshape2dTo3d(mask, (int) labels.size(0)) : mask;
    }

    /** The mask of single outputs, [rows, classes]; null if there is none, or it is of rows. */
    public INDArray elementMask() {
        INDArray rows = mask == null ? null : Rows.ofMask(mask, labels);
        return rows != null && rows.size(1) > 1 ? rows : null;
    }

    /** 1 for a row of which anything is unmasked, else 0; null if there is no mask. */
    public double[] rowWeights() {
        if (mask == null) {
            return null;
        }
        INDArray rows = Rows.ofMask(mask, labels);
        double[] numbers = Numbers.of(rows);
        double[] weights = new double[(int) rows.size(0)];
        for (int at = 0; at < numbers.length; at++) {
            if (numbers[at] != 0) {
                weights[at / (numbers.length / weights.length)] = 1;
            }
        }
        return weights;
    }
}
