package org.ogm4j.study.measure;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The output whose answer is measured. In the forward pass of training DL4J does not compute what
 * an output puts out: it is computed here from what goes in.
 *
 * @param layout of the network
 */
record Head(Layout layout) {

    private String before() {
        return layout.into(layout.output()).get(0);
    }

    /** Whether the answer follows from what goes in. */
    private boolean isKnown() {
        org.deeplearning4j.nn.conf.layers.Layer layer = layout.layer(layout.output());
        return (layer instanceof OutputLayer || layer instanceof LossLayer)
                && layout.into(layout.output()).size() == 1;
    }

    /** What the output says; null if it cannot be told from these activations. */
    INDArray answer(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray into = activations.get(before());
        if (!isKnown() || into == null || into.rank() != 2) {
            return activations.get(layout.output());
        }
        return activated(graph, logits(graph, into));
    }

    /** What goes into the activation function. */
    private INDArray logits(ComputationGraph graph, INDArray into) {
        Layer layer = graph.getLayer(layout.output());
        if (layer.conf().getLayer() instanceof LossLayer) {
            return into;
        }
        INDArray weighted = into.mmul(layer.getParam("W"));
        INDArray bias = bias(graph);
        return bias == null ? weighted : weighted.addRowVector(bias);
    }

    /** [1, K], or null if it has none. */
    INDArray bias(ComputationGraph graph) {
        Layer layer = graph.getLayer(layout.output());
        OutputLayer conf = (OutputLayer) layer.conf().getLayer();
        return conf.hasBias() ? layer.getParam("b") : null;
    }

    /** Behind the activation function. */
    INDArray activated(ComputationGraph graph, INDArray logits) {
        BaseLayer conf = (BaseLayer) graph.getLayer(layout.output()).conf().getLayer();
        IActivation activation = conf.getActivationFn();
        return activation.getActivation(logits.dup(), false);
    }
}
