package org.ogm4j.host;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/**
 * What vertices output, as far as a configuration tells: DL4J does not keep the input types that a
 * network was built with. Numbers of features and channels are right; heights, widths and lengths
 * are made up.
 */
public final class OutputTypes {

    /** Large enough for any kernel and stride. */
    private static final long SIZE = 1 << 12;

    private OutputTypes() {}

    /**
     * The type of a vertex's output.
     *
     * @return feed-forward, recurrent or convolutional; empty if the configuration does not tell
     */
    public static Optional<InputType> of(ComputationGraphConfiguration conf, String name) {
        GraphVertex vertex = conf.getVertices().get(name);
        if (vertex == null) {
            return Optional.empty(); // a network input
        }
        Optional<InputType> own = ofLayer(Vertices.layerOf(vertex));
        if (own.isPresent()) {
            return own;
        }
        if (Vertices.layerOf(vertex) instanceof SubsamplingLayer) {
            return of(conf, conf.getVertexInputs().get(name).get(0)); // as many channels as before
        }
        List<Optional<InputType>> inputs =
                conf.getVertexInputs().get(name).stream().map(input -> of(conf, input)).toList();
        if (inputs.isEmpty() || inputs.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        try {
            InputType[] types = inputs.stream().map(Optional::get).toArray(InputType[]::new);
            return Optional.of(after(VertexCopy.of(vertex), types));
        } catch (RuntimeException e) {
            return Optional.empty(); // sizes that are made up may not fit, as in a reshape
        }
    }

    /** The type of a vertex's output, given those of its inputs. */
    public static InputType after(GraphVertex vertex, InputType... inputs) {
        Layer layer = Vertices.layerOf(vertex);
        if (layer instanceof GlobalPoolingLayer) {
            return InputType.feedForward(width(inputs[0]));
        }
        return ofLayer(layer).orElseGet(() -> vertex.getOutputType(0, inputs));
    }

    /** Whether the rows of an output are the steps of sequences, one under the other. */
    public static boolean rowsAreSteps(ComputationGraphConfiguration conf, String name) {
        if (!(of(conf, name).orElse(null) instanceof InputType.InputTypeFeedForward)) {
            return false;
        }
        List<String> inputs = conf.getVertexInputs().get(name);
        if (conf.getVertices().get(name) instanceof LayerVertex layer
                && layer.getPreProcessor() instanceof RnnToFeedForwardPreProcessor) {
            Optional<InputType> input = of(conf, inputs.get(0));
            return !(input.orElse(null) instanceof InputType.InputTypeFeedForward); // pooled steps
        }
        return inputs.stream().anyMatch(input -> rowsAreSteps(conf, input));
    }

    /** Features or channels. */
    public static long width(InputType type) {
        if (type instanceof InputType.InputTypeRecurrent recurrent) {
            return recurrent.getSize();
        }
        if (type instanceof InputType.InputTypeConvolutional convolutional) {
            return convolutional.getChannels();
        }
        return type instanceof InputType.InputTypeConvolutional3D volume
                ? volume.getChannels()
                : type.arrayElementsPerExample();
    }

    /** The number of classes at an output, empty if the configuration does not tell. */
    public static Optional<Long> classes(ComputationGraphConfiguration conf, String output) {
        Layer layer = Vertices.layerOf(conf.getVertices().get(output));
        return layer instanceof BaseOutputLayer weights
                ? Optional.of(weights.getNOut())
                : of(conf, conf.getVertexInputs().get(output).get(0)).map(OutputTypes::width);
    }

    /** Whether an output has labels for every step of a sequence. */
    public static boolean isPerStep(ComputationGraphConfiguration conf, String output) {
        Layer layer = Vertices.layerOf(conf.getVertices().get(output));
        return layer instanceof RnnOutputLayer || layer instanceof RnnLossLayer;
    }

    /** Layers whose output follows from what they are alone. */
    private static Optional<InputType> ofLayer(Layer layer) {
        if (layer instanceof DenseLayer dense) {
            return Optional.of(InputType.feedForward(dense.getNOut()));
        }
        if (layer instanceof BaseRecurrentLayer recurrent) {
            return Optional.of(InputType.recurrent(recurrent.getNOut(), SIZE));
        }
        if (layer instanceof LastTimeStep last
                && last.getUnderlying() instanceof BaseRecurrentLayer recurrent) {
            return Optional.of(InputType.feedForward(recurrent.getNOut()));
        }
        if (layer instanceof SelfAttentionLayer attention) {
            return Optional.of(InputType.recurrent(attention.getNOut(), SIZE));
        }
        if (layer instanceof Convolution1DLayer convolution) {
            return Optional.of(InputType.recurrent(convolution.getNOut(), SIZE));
        }
        if (layer instanceof ConvolutionLayer convolution && !(layer instanceof Convolution3D)) {
            return Optional.of(InputType.convolutional(SIZE, SIZE, convolution.getNOut()));
        }
        return Optional.empty();
    }
}
