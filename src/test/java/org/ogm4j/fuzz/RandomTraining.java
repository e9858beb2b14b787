package org.ogm4j.fuzz;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Batches;

/** A way to train for one epoch. */
final class RandomTraining {

    private final RandomBatches batches;
    private final boolean iterator;

    RandomTraining(Draw draw, RandomBatches batches) {
        this.batches = batches;
        iterator =
                draw.kind("fitBatch", "fitBatch", "fitBatch", "fitBatch", "fitIterator")
                        .equals("fitIterator");
    }

    /** Trains for an epoch, the same for every network. */
    void epoch(ComputationGraph graph, int epoch) {
        Nd4j.getRandom().setSeed(epoch);
        if (iterator) {
            graph.fit(new Batches(List.of(batches.batch(epoch))));
        } else {
            graph.fit(batches.batch(epoch));
            graph.incrementEpochCount();
        }
    }
}
