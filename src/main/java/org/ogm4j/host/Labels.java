package org.ogm4j.host;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The labels of the batch that a network is training on. */
public final class Labels {

    private Labels() {}

    /**
     * The labels of one output.
     *
     * <p>DL4J hands labels to an output layer when the backward pass reaches it, and an {@code
     * RnnLossLayer} keeps those of the batch before. So they are read from the private field of the
     * network that holds them from the start of a step; only a network that is not given any, as
     * where a program runs forward and backward passes by hand, has them in its layers alone.
     *
     * @param graph the network
     * @param name the output's name
     * @param layer the output's layer, an {@link IOutputLayer}
     * @return the labels, null if there are none
     */
    public static INDArray of(ComputationGraph graph, String name, Layer layer) {
        INDArray[] labels = ofNetwork(graph);
        return labels == null
                ? ((IOutputLayer) layer).getLabels()
                : labels[graph.getConfiguration().getNetworkOutputs().indexOf(name)];
    }

    private static INDArray[] ofNetwork(ComputationGraph graph) {
        try {
            return (INDArray[]) OfNetwork.FIELD.get(graph);
        } catch (IllegalAccessException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(ReflectiveOperationException e) {
        return new IllegalStateException(
                "labels of the network must be readable: this needs DL4J 1.0.0-M2.1", e);
    }

    /** Looked for once, when it is needed. */
    private static final class OfNetwork {

        static final Field FIELD = field();

        private static Field field() {
            try {
                Field field = ComputationGraph.class.getDeclaredField("labels");
                field.setAccessible(true);
                return field;
            } catch (ReflectiveOperationException e) {
                throw unreadable(e);
            }
        }
    }
}
