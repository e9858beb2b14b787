package org.ogm4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;

class WorkerListenerTest {

    /** Two workers, two epochs of three steps; the second epoch is plain. */
    @Test
    void everyStepComesHomeToItsOwnAccumulator() {
        ComputationGraph network =
                Small.network(
                        ModulatedOptimizer.builder().epochs(0, 0).build(), new Nesterovs(0.05));
        try (JavaSparkContext context = Small.context()) {
            CollectionAccumulator<WorkerStep> one = context.sc().collectionAccumulator("one");
            CollectionAccumulator<WorkerStep> two = context.sc().collectionAccumulator("two");
            SparkComputationGraph training =
                    new SparkComputationGraph(
                            context,
                            network,
                            new ParameterAveragingTrainingMaster.Builder(2, Small.BATCH)
                                    .batchSizePerWorker(Small.BATCH)
                                    .averagingFrequency(3)
                                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                                    .repartionData(Repartition.NumPartitionsWorkersDiffers)
                                    .trainingHooks(new DriverCounters(network))
                                    .build());
            training.setListeners(WorkerListener.averaging(one), WorkerListener.averaging(two));
            for (int epoch = 0; epoch < 2; epoch++) {
                training.fitMultiDataSet(context.parallelize(Small.batches(6, 3), 2));
            }
            assertEquals(Set.copyOf(one.value()), Set.copyOf(two.value()));
            assertEquals(12, one.value().size());
            Set<String> seen = new TreeSet<>();
            for (WorkerStep step : one.value()) {
                seen.add(step.worker() + " " + step.iteration());
                assertEquals(step.iteration() / 3, step.epoch());
                Map<String, Double> k = step.coefficients();
                assertEquals(step.epoch() == 0 ? Set.of("sound", "sight") : Set.of(), k.keySet());
                assertTrue(k.values().stream().allMatch(value -> value > 0 && value <= 1), "" + k);
            }
            assertEquals(12, seen.size(), seen.toString());
            List<String> first = List.copyOf(seen).subList(0, 1);
            assertEquals(List.of("partition 0 0"), first);
        }
    }
}
