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
     * <p>DL4J hands labels to an output layer when the backward pass reaches it. A modality with an
     * output of its own may be reached before the fused output is; then they are still in a private
     * field of the network, which is read.
     *
     * @param graph the network
     * @param name the output's name
     * @param layer the output's layer, an {@link IOutputLayer}
     * @return the labels, null if there are none
     */
    public static INDArray of(ComputationGraph graph, String name, Layer layer) {
        INDArray handedOver = ((IOutputLayer) layer).getLabels();
        if (handedOver != null) {
            return handedOver;
        }
        try {
            Field field = ComputationGraph.class.getDeclaredField("labels");
            field.setAccessible(true);
            INDArray[] labels = (INDArray[]) field.get(graph);
            return labels == null
                    ? null
                    : labels[graph.getConfiguration().getNetworkOutputs().indexOf(name)];
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "labels of output \""
                            + name
                            + "\" must be readable: this needs DL4J 1.0.0-M2.1",
                    e);
        }
    }
}
