package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.WrapperSteps;

/** The replicas of ParallelWrapper with one ratio for all; DL4J's loop ends in every test. */
@Timeout(240)
class SharedRatioTest {

    private static final int EXAMPLES = 4;
    private static final int ROUNDS = 3;

    /** What scores are of, which the big batch knows and a small one does not. */
    enum Kind {
        CLASSES,
        /** tau is a mean over the batch. */
        REGRESSION,
        /** Pairs are compared on the examples that have both. */
        MISSING;

        ComputationGraph network(boolean shared) {
            OutputLayer output =
                    this == REGRESSION
                            ? new OutputLayer.Builder(LossFunction.MSE)
                                    .nOut(Nets.CLASSES)
                                    .activation(Activation.IDENTITY)
                                    .build()
                            : Nets.output();
            ComputationGraphConfiguration plain =
                    Nets.encoders(Nets.base(new Sgd(0.1)))
                            .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                            .addLayer("out", output, "concat")
                            .setOutputs("out")
                            .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                            .build();
            ModulatedOptimizer.Builder options =
                    ModulatedOptimizer.builder()
                            .alpha(0.8)
                            .noise(GradientNoise.none())
                            .missing("audio", MissingModality.nans());
            return Nets.modulated(shared ? options.sharedRatio() : options, plain);
        }

        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches(int count) {
            List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
            for (int b = 0; b < count; b++) {
                org.nd4j.linalg.dataset.api.MultiDataSet batch = Nets.batch(EXAMPLES, b);
                if (this == REGRESSION) {
                    batch.setLabels(
                            0, Nets.gaussian(new Random(b), EXAMPLES, Nets.CLASSES).muli(b + 1));
                }
                if (this == MISSING && b % 3 != 1) { // in some batches nobody lacks any
                    batch.getFeatures(0)
                            .get(NDArrayIndex.interval(0, 1 + b % 3), NDArrayIndex.all())
                            .assign(Double.NaN);
                }
                batches.add(batch);
            }
            return batches;
        }
    }

    /**
     * Batches of one size, no noise and Sgd: then the mean of the steps is the big batch's step.
     */
    @ParameterizedTest
    @CsvSource({"CLASSES,2", "CLASSES,4", "REGRESSION,2", "MISSING,2", "MISSING,4"})
    void averagedReplicasTrainAsOneBigBatch(Kind kind, int workers) {
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = kind.batches(workers * ROUNDS);
        ComputationGraph big = kind.network(false);
        List<Modulation> ofBig = new ArrayList<>();
        for (int from = 0; from < batches.size(); from += workers) {
            big.fit(MultiDataSet.merge(batches.subList(from, from + workers)));
            ofBig.add(ModulatedOptimizer.lastModulation(big).orElseThrow());
        }
        ComputationGraph graph = kind.network(true);
        List<List<Modulation>> replicas =
                WrapperSteps.fit(graph, workers, TrainingMode.AVERAGING, batches).replicas();
        assertEquals(workers, replicas.size());
        for (List<Modulation> replica : replicas) {
            assertEquals(ROUNDS, replica.size());
            for (int round = 0; round < ROUNDS; round++) {
                WrapperSteps.assertSame(ofBig.get(round), replica.get(round));
            }
        }
        Compare.close(big.params(), graph.params(), 1e-11, 1e-13, "after all rounds");
    }

    /** Their parameters are equal up to what a threshold leaves, so their ratios are equal. */
    @Test
    void replicasThatShareGradientsHaveOneRatio() {
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = Kind.CLASSES.batches(2 * ROUNDS);
        ComputationGraph big = Kind.CLASSES.network(false);
        big.fit(MultiDataSet.merge(batches.subList(0, 2)));
        List<List<Modulation>> both =
                WrapperSteps.fit(
                                Kind.CLASSES.network(true),
                                2,
                                TrainingMode.SHARED_GRADIENTS,
                                batches)
                        .replicas();
        WrapperSteps.assertSame(
                ModulatedOptimizer.lastModulation(big).orElseThrow(), both.get(0).get(0));
        for (int round = 0; round < ROUNDS; round++) {
            WrapperSteps.assertSame(both.get(0).get(round), both.get(1).get(round));
        }
    }

    /** And the replica that has one more batch than the others compares on that alone. */
    @ParameterizedTest
    @EnumSource(names = {"AVERAGING", "SHARED_GRADIENTS"})
    void nobodyWaitsForAReplicaWithoutABatch(TrainingMode mode) {
        ComputationGraph graph = Kind.CLASSES.network(true);
        List<List<Modulation>> both =
                WrapperSteps.fit(graph, 2, mode, Kind.CLASSES.batches(5)).replicas();
        assertEquals(3, both.get(0).size());
        assertEquals(2, both.get(1).size());
    }

    /** The network goes on with the other replica's examples. */
    @Test
    void nobodyWaitsForAReplicaThatFails() {
        ComputationGraph graph = Kind.CLASSES.network(true);
        TrainingListener fails =
                new BaseTrainingListener() {
                    @Override
                    public void onForwardPass(Model model, Map<String, INDArray> activations) {
                        if (Thread.currentThread().getName().endsWith("1")) {
                            throw new IllegalStateException("planned failure of a replica");
                        }
                    }
                };
        ParallelWrapper wrapper = WrapperSteps.builder(graph, 2, TrainingMode.AVERAGING).build();
        WrapperSteps seen = new WrapperSteps();
        wrapper.setListeners(fails, seen.listener());
        assertThrows(
                RuntimeException.class,
                () ->
                        wrapper.fit(
                                new IteratorMultiDataSetIterator(
                                        Kind.CLASSES.batches(4).iterator(), EXAMPLES)));
        wrapper.shutdown(); // which waits until the step of the other is done
        assertEquals(1, seen.replicas().size());
        assertEquals(1, seen.replicas().get(0).size());
    }

    /** Replicas that do not share compare on their own examples. */
    @Test
    void offIsOff() {
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = Kind.MISSING.batches(4);
        ComputationGraph off = Kind.MISSING.network(false);
        ComputationGraph alone = Kind.MISSING.network(true);
        batches.forEach(off::fit);
        batches.forEach(alone::fit);
        Compare.same(off.params(), alone.params(), "a network that trains alone");
        assertFalse(off.getConfiguration().toJson().contains("sharedRatio"));
        ComputationGraphConfiguration conf = alone.getConfiguration();
        assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
        assertTrue(conf.toJson().contains("\"sharedRatio\" : true"));
        List<List<Modulation>> both =
                WrapperSteps.fit(Kind.CLASSES.network(false), 2, TrainingMode.AVERAGING, batches)
                        .replicas();
        assertNotEquals(ratio(both.get(0).get(0)), ratio(both.get(1).get(0)));
    }

    private static double ratio(Modulation step) {
        return step.modalities().get("visual").ratio();
    }
}
