package org.ogm4j.fuzz;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Batches;

/** A way to train for one epoch. */
final class RandomTraining {

    private final RandomBatches batches;
    private final boolean nans;
    private final boolean iterator;

    /**
     * Of some batches.
     *
     * @param nans whether a modulated network reads NaN where the plain one reads 0
     */
    RandomTraining(Draw draw, RandomBatches batches, boolean nans) {
        this.batches = batches;
        this.nans = nans;
        iterator =
                draw.kind("fitBatch", "fitBatch", "fitBatch", "fitBatch", "fitIterator")
                        .equals("fitIterator");
    }

    /** Trains for an epoch, the same for every network up to features that an example lacks. */
    void epoch(ComputationGraph graph, int epoch) {
        Nd4j.getRandom().setSeed(epoch);
        boolean modulated = Rewrite.isModulated(graph.getConfiguration());
        MultiDataSet batch = nans && modulated ? batches.withNans(epoch) : batches.batch(epoch);
        if (iterator) {
            graph.fit(new Batches(List.of(batch)));
        } else {
            graph.fit(batch);
            graph.incrementEpochCount();
        }
    }
}
