package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.RepeatedTest;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Nets;

/** DL4J's training on two threads, with parameters averaged after each step. */
class ParallelWrapperTest {

    private static final int EXAMPLES = 8;

    /**
     * The probes of the replicas are averaged into the network's: it has learned after. Which
     * replica takes which batch is up to the threads, so all batches are one.
     */
    @RepeatedTest(3)
    void probesAreDistributedWithTheNetwork() {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .score(ScoreSource.probe())
                                .build()
                                .modulate(Nets.dense(new Sgd(0.1))));
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        List<MultiDataSet> batches = Collections.nCopies(20, batch);
        double before = probability(graph, batch);
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph)
                        .workers(2)
                        .averagingFrequency(1)
                        .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
                        .build();
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), EXAMPLES));
        wrapper.shutdown();
        double after = probability(graph, batch);
        assertTrue(after > before + 0.05, before + " to " + after);
    }

    /** Of the true class, from the probe on the visual encoder. */
    private static double probability(ComputationGraph graph, MultiDataSet batch) {
        INDArray features = graph.feedForward(batch.getFeatures(), false).get("visual_fc");
        INDArray logits =
                features.mmul(graph.getParam("probe-visual_W"))
                        .addRowVector(graph.getParam("probe-visual_b"));
        INDArray truth = Transforms.softmax(logits).mul(batch.getLabels(0)).sum(1);
        return truth.meanNumber().doubleValue();
    }
}
