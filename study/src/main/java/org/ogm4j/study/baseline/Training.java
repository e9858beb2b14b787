package org.ogm4j.study.baseline;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Trial;
import org.ogm4j.study.measure.BatchView;

/** Trains networks that a method needs besides its own. */
public final class Training {

    private Training() {}

    /** One pass over the batches, each as the network takes it. */
    public static void epoch(
            Trial trial, ComputationGraph graph, MultiDataSetIterator batches, String task) {
        trial.tell(task);
        Quietly.run(() -> graph.fit(new Fed(batches, trial, graph)));
    }

    private static final class Fed extends BatchView {

        private static final long serialVersionUID = 1L;

        private final transient Trial trial;
        private final transient ComputationGraph graph;

        Fed(MultiDataSetIterator all, Trial trial, ComputationGraph graph) {
            super(all);
            this.trial = trial;
            this.graph = graph;
        }

        @Override
        protected MultiDataSet seen(MultiDataSet batch) {
            return trial.feed(graph, batch);
        }
    }
}
