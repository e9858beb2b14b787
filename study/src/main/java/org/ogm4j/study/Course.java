package org.ogm4j.study;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A network in training, and what its method does besides taking steps.
 *
 * @since 0.1.0
 */
public interface Course {

    /**
     * The network, from its initial weights on; always the same object.
     *
     * @return the network
     */
    ComputationGraph graph();

    /**
     * Is called in front of each epoch.
     *
     * @param epoch which, from 0
     */
    default void begin(int epoch) {}

    /**
     * The last change to a batch before the network is trained on it.
     *
     * @param fed features for the network's inputs, labels for its outputs; an output that the
     *     plain network has not has the labels of the first
     * @param whole the batch as it came
     * @return what the network trains on
     */
    default MultiDataSet feed(MultiDataSet fed, MultiDataSet whole) {
        return fed;
    }

    /**
     * Of a method that only takes steps.
     *
     * @param graph the network
     * @return its course
     */
    static Course of(ComputationGraph graph) {
        return () -> graph;
    }
}
