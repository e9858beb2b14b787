package org.ogm4j.probe;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.Numbers;

/**
 * A small output layer by plain loops: what it outputs, and the gradient of its parameters. DL4J's
 * own takes some twenty operations for them, and for an error signal that a probe does not send.
 */
final class LinearClassifier {

    private final OutputLayer layer;
    private INDArray views;
    private Gradient gradient;

    private LinearClassifier(OutputLayer layer) {
        this.layer = layer;
    }

    /** Null for a layer that is more than that: frozen, of steps, with dropout or weight noise. */
    static LinearClassifier of(Layer layer) {
        boolean plain =
                layer.getClass() == OutputLayer.class
                        && layer.conf().getLayer().getIDropout() == null
                        && conf((OutputLayer) layer).getWeightNoise() == null;
        return plain ? new LinearClassifier((OutputLayer) layer) : null;
    }

    private static org.deeplearning4j.nn.conf.layers.OutputLayer conf(OutputLayer layer) {
        return (org.deeplearning4j.nn.conf.layers.OutputLayer) layer.conf().getLayer();
    }

    /** Whether the present batch is for plain loops. */
    boolean isSmall() {
        INDArray x = layer.input();
        return layer.getMaskArray() == null
                && x.rank() == 2
                && x.size(1) == conf(layer).getNIn()
                && Numbers.isSmall(x, conf(layer).getNOut());
    }

    @SuppressWarnings("try") // a scope is opened for its effect
    INDArray output(boolean training, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
            return conf(layer).getActivationFn().getActivation(logits(), training);
        }
    }

    private INDArray logits() {
        INDArray x = layer.input();
        INDArray weights = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray logits = Nd4j.createUninitialized(weights.dataType(), x.size(0), weights.size(1));
        Numbers.multiply(x, weights, 0, logits);
        if (layer.hasBias()) {
            Numbers.addToRows(logits, layer.getParam(DefaultParamInitializer.BIAS_KEY), 1);
        }
        return logits;
    }

    /** Writes the gradient of the parameters to where the layer's belongs. */
    Gradient learn() {
        INDArray delta =
                conf(layer)
                        .getLossFn()
                        .computeGradient(
                                layer.getLabels(),
                                logits(),
                                conf(layer).getActivationFn(),
                                layer.getMaskArray());
        Numbers.gradient(layer.input(), delta, layer.getGradientsViewArray());
        return gradient();
    }

    @SuppressWarnings("try") // a scope is opened for its effect
    private Gradient gradient() {
        if (views != layer.getGradientsViewArray()) {
            views = layer.getGradientsViewArray();
            gradient = new DefaultGradient();
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                DefaultParamInitializer.getInstance()
                        .getGradientsFromFlattened(layer.conf(), views)
                        .forEach(gradient::setGradientFor);
            }
        }
        return gradient;
    }
}
