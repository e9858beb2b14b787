package org.ogm4j.study.network.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's convolution with a cheaper backward pass: same initial weights, same outputs, same
 * gradients but for rounding. With oneDNN as without, in either data format.
 *
 * <pre>{@code
 * new LeanConvolution.Builder(5, 5)
 *         .inputGradient(false) // reads a network input
 *         .stride(4, 4)
 *         .nOut(12)
 *         .hasBias(false)
 *         .activation(Activation.IDENTITY)
 *         .build()
 * }</pre>
 *
 * <p>Two things that DL4J 1.0.0-M2.1 does in each backward pass are left out:
 *
 * <ul>
 *   <li>it computes the forward pass again, for the derivative of the activation: not here if the
 *       activation is the identity, as it is in front of batch norm. With any other it is computed
 *       again here too, because DL4J's activations write over what they are applied to.
 *   <li>it computes the gradient of the input, which nobody reads where that is an input of the
 *       network: not here with {@link Builder#inputGradient inputGradient(false)}. That of the
 *       weights {@code [o, c, kh, kw]} is then the sum over examples of {@code delta columns^T},
 *       with delta {@code [o, places]} and the input's columns {@code [c kh kw, places]} (im2col).
 * </ul>
 *
 * <p>A saved network names this class, so loading it needs {@code ogm4j-study} on the class path.
 *
 * @since 0.1.0
 */
public final class LeanConvolution extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    @JsonProperty private boolean inputGradient = true;

    /** For JSON. */
    @SuppressWarnings("unused")
    private LeanConvolution() {}

    private LeanConvolution(Builder builder) {
        super(builder);
        inputGradient = builder.inputGradient;
    }

    /** Whether the gradient of the input is computed. */
    public boolean inputGradient() {
        return inputGradient;
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        InputPreProcessor needed = super.getPreProcessorForInputType(inputType);
        if (needed != null && !inputGradient) {
            throw new IllegalStateException(
                    ("the input of \"%s\" must be convolutional where inputGradient is false, got"
                                    + " %s: leave inputGradient at true, or give the network images")
                            .formatted(getLayerName(), inputType));
        }
        return needed;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray view,
            boolean initialize,
            DataType type) {
        LayerValidation.assertNInNOutSet(
                "LeanConvolution", getLayerName(), index, getNIn(), getNOut());
        LeanConvolutionLayer layer = new LeanConvolutionLayer(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(view);
        Map<String, INDArray> parameters = initializer().init(conf, view, initialize);
        layer.setParamTable(parameters);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public LeanConvolution clone() {
        return (LeanConvolution) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeanConvolution lean
                && inputGradient == lean.inputGradient
                && super.equals(other);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof LeanConvolution;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Boolean.hashCode(inputGradient);
    }

    @Override
    public String toString() {
        return "LeanConvolution(inputGradient=" + inputGradient + ", " + super.toString() + ")";
    }

    /** As DL4J's, with one option more, which comes first. */
    @SuppressWarnings("unchecked") // build has a type parameter in DL4J, of no use
    public static final class Builder extends ConvolutionLayer.Builder {

        private boolean inputGradient = true;

        /**
         * A new builder.
         *
         * @param kernelSize height and width
         */
        public Builder(int... kernelSize) {
            super(kernelSize);
        }

        /**
         * Whether to compute the gradient of the input, by default true. With false the layer hands
         * none on, as DL4J's {@code EmbeddingLayer} does. So false is for layers that read an input
         * of the network, without a preprocessor, and no layer that computes its gradient beside
         * them; also right behind frozen layers. Elsewhere {@code fit} fails, since a gradient is
         * missing.
         */
        public Builder inputGradient(boolean computed) {
            inputGradient = computed;
            return this;
        }

        @Override
        public LeanConvolution build() {
            super.build(); // checks
            return new LeanConvolution(this);
        }
    }
}
