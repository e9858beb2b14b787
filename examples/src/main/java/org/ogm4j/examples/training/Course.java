package org.ogm4j.examples.training;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.examples.network.Feed;

/** A network in training, and what its method does besides taking steps. */
interface Course {

    /** The network, from its initial weights on. */
    ComputationGraph graph();

    /** Is called in front of each epoch. */
    default void begin(int epoch) {}

    /**
     * What the network takes of a batch.
     *
     * @param both features audio and visual, and one array of labels
     */
    default MultiDataSet feed(MultiDataSet both) {
        return Feed.of(graph(), both);
    }

    /** Of a method that only takes steps. */
    static Course of(ComputationGraph graph) {
        return () -> graph;
    }
}
