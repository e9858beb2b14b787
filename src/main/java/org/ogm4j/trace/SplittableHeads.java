package org.ogm4j.trace;

import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.OutputLoss;

/** The kinds of vertices and layers whose logits can be split between modalities. */
public final class SplittableHeads {

    private SplittableHeads() {}

    /**
     * A concatenation whose parts follow one another when it is flattened: of the features of
     * vectors and sequences, or on the first axis of an image.
     */
    static boolean isMerge(Inspection inspection, String vertex) {
        if (!(inspection.vertex(vertex) instanceof MergeVertex merge)) {
            return false;
        }
        Optional<InputType> type =
                OutputTypes.of(inspection.conf(), inspection.reach().inputsOf(vertex).get(0));
        boolean sequence = type.filter(InputType.InputTypeRecurrent.class::isInstance).isPresent();
        if (sequence && Formats.of(type.get()).channelsLast()) {
            return false; // axis 1 is time
        }
        // DL4J cannot train one on the last axis of more than two
        boolean vectors = type.map(own -> own.getType() == InputType.Type.FF).orElse(true);
        int axis = merge.getMergeAxis();
        return axis == MergeVertex.DEFAULT_MERGE_DIM || (axis == -1 && vectors);
    }

    static boolean isAdd(GraphVertex vertex) {
        return vertex instanceof ElementWiseVertex elementWise
                && elementWise.getOp() == ElementWiseVertex.Op.Add;
    }

    /** A layer that does nothing but {@code x W + b}. */
    static boolean isLinear(Layer layer) {
        return layer instanceof DenseLayer dense
                && dense.getActivationFn() instanceof ActivationIdentity
                && !dense.isHasLayerNorm();
    }

    /** Whether an output layer reads its features in an order that {@code Rows} reproduces. */
    static boolean flattensPlainly(GraphVertex output) {
        if (!(output instanceof LayerVertex own)) {
            return false; // a frozen one
        }
        InputPreProcessor preProcessor = own.getPreProcessor();
        boolean knownOrder =
                preProcessor == null
                        || preProcessor instanceof CnnToFeedForwardPreProcessor
                        || preProcessor instanceof RnnToFeedForwardPreProcessor
                        || preProcessor instanceof FeedForwardToRnnPreProcessor;
        return knownOrder && !Formats.isNwc(preProcessor) && isChannelsFirst(output);
    }

    /**
     * Why an output gives no loss for every example.
     *
     * @param output the vertex of an output
     * @return for people to read; null if it does
     */
    public static String cannotBeScored(GraphVertex output) {
        Layer layer = Vertices.layerOf(output);
        OutputLoss loss = OutputLoss.of(layer);
        boolean weights =
                !(layer instanceof BaseOutputLayer)
                        || layer.initializer().paramKeys(layer).contains("W");
        if (loss == null || loss.function() == null || !weights || !isChannelsFirst(output)) {
            return name(output);
        }
        return givesLossOfRows(loss)
                ? null
                : name(output) + " with " + loss.function().getClass().getSimpleName();
    }

    /** Some losses are of a whole batch, and say so only when they are asked. */
    private static boolean givesLossOfRows(OutputLoss loss) {
        try {
            loss.function()
                    .computeScoreArray(Nd4j.eye(2), Nd4j.zeros(2, 2), loss.activation(), null);
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (RuntimeException e) {
            return true; // it wants another number of outputs
        }
        return true;
    }

    /** Whether an output layer has its classes on axis 1, as [m, C] or [m, C, T]. */
    static boolean isChannelsFirst(GraphVertex output) {
        return formatOf(Vertices.layerOf(output)) != RNNFormat.NWC;
    }

    private static RNNFormat formatOf(Layer layer) {
        if (layer instanceof RnnOutputLayer output) {
            return output.getRnnDataFormat();
        }
        return layer instanceof RnnLossLayer loss ? loss.getRnnDataFormat() : null;
    }

    /** What to call a vertex in a message. */
    static String name(GraphVertex vertex) {
        Layer layer = Vertices.layerOf(vertex);
        Object kind = layer != null ? layer : vertex;
        return kind == null ? "a network input" : kind.getClass().getSimpleName();
    }
}
