package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Nets;

/**
 * DL4J's training on two threads. Which replica takes which batch is up to the threads, so all
 * batches are one wherever numbers are compared.
 */
class ParallelWrapperTest {

    private static final int EXAMPLES = 8;
    private static final int STEPS = 30;

    /** For what has to have learned something. */
    private static final int LONG = 100;

    /** What a parameter moves by when it is shared: about the size of a step. */
    private static final double THRESHOLD = 0.01;

    /** The probes of the replicas are averaged into the network's: it has learned after. */
    @RepeatedTest(3)
    void probesAreDistributedWithTheNetwork() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score(ScoreSource.probe()),
                        Nets.dense(new Sgd(0.1)));
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        double before = probability(graph, batch);
        onTwoThreads(graph, TrainingMode.AVERAGING, Collections.nCopies(20, batch));
        double after = probability(graph, batch);
        assertTrue(after > before + 0.05, before + " to " + after);
    }

    /**
     * What replicas average or share is what comes out of the updaters: with k = 0 no encoder
     * moves, whatever the updater is, and the head does.
     */
    @ParameterizedTest
    @EnumSource(names = {"AVERAGING", "SHARED_GRADIENTS"})
    void whatReplicasExchangeIsModulated(TrainingMode mode) {
        for (IUpdater updater : List.of(new Sgd(0.1), new Adam(0.01))) {
            ComputationGraph graph = modulated(new ConstantRule(0), updater, GradientNoise.none());
            INDArray encoder = graph.getParam("visual_fc_W").dup();
            INDArray head = graph.getParam("out_W").dup();
            onTwoThreads(graph, mode, different(STEPS));
            Compare.same(encoder, graph.getParam("visual_fc_W"), "encoder, " + updater);
            double moved = graph.getParam("out_W").distance2(head);
            assertTrue(moved > 0.01, "head moved by " + moved + ", " + updater);
        }
    }

    /**
     * DL4J's wrapper counts no epochs: who sets the count between two calls moves the window on.
     */
    @ParameterizedTest
    @EnumSource(names = {"AVERAGING", "SHARED_GRADIENTS"})
    void theWindowFollowsTheEpochCountOfTheConfiguration(TrainingMode mode) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .rule(new ConstantRule(0))
                                .noise(GradientNoise.none())
                                .epochs(0, 0),
                        Nets.dense(new Sgd(0.1)));
        INDArray encoder = graph.getParam("visual_fc_W").dup();
        for (int call = 0; call < 2; call++) {
            onTwoThreads(graph, mode, different(STEPS));
            Compare.same(encoder, graph.getParam("visual_fc_W"), "in epoch 0, call " + call);
        }
        graph.getConfiguration().setEpochCount(1);
        onTwoThreads(graph, mode, different(STEPS));
        double moved = graph.getParam("visual_fc_W").distance2(encoder);
        assertTrue(moved > 0.01, "after the window it moved by " + moved);
    }

    /**
     * One replica gets batches of zeros, which tell the modalities apart by nothing: its ratio is 1
     * in every step, and that of the other replica never is.
     */
    @RepeatedTest(3)
    void replicasDoNotShareModulationState() {
        ComputationGraph graph = modulated(new ConstantRule(0), new Sgd(0.1), GradientNoise.none());
        MultiDataSet zeros = Nets.batch(EXAMPLES, 2);
        for (INDArray features : zeros.getFeatures()) {
            features.assign(0);
        }
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            batches.add(i % 2 == 0 ? Nets.batch(EXAMPLES, 1) : zeros);
        }
        Map<Thread, List<Double>> ratios = new ConcurrentHashMap<>();
        onTwoThreads(
                graph,
                TrainingMode.AVERAGING,
                batches,
                new ModulationListener(
                        step ->
                                ratios.computeIfAbsent(
                                                Thread.currentThread(), t -> new ArrayList<>())
                                        .add(step.modalities().get("visual").ratio())));
        assertEquals(2, ratios.size(), "replicas");
        for (List<Double> replica : ratios.values()) {
            assertEquals(STEPS / 2, replica.size(), "steps");
            assertEquals(
                    replica.get(0) == 1,
                    replica.stream().allMatch(ratio -> ratio == 1),
                    () -> "one kind of batch, got " + replica);
            assertEquals(
                    replica.get(0) != 1,
                    replica.stream().noneMatch(ratio -> ratio == 1),
                    () -> "one kind of batch, got " + replica);
        }
        assertEquals(1, ratios.values().stream().filter(replica -> replica.get(0) == 1).count());
    }

    /** Each by the ratios of its own steps, which it keeps to itself. */
    @Test
    void replicasDropFeatures() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .rule(new ConstantRule(1))
                                .dropFeatures(
                                        PredictionModulation.opm(0.5, 0.5).withProbability(1)),
                        Nets.dense(new Sgd(0.1)));
        Map<Thread, List<Modulation>> seen = new ConcurrentHashMap<>();
        onTwoThreads(
                graph,
                TrainingMode.AVERAGING,
                different(STEPS),
                new ModulationListener(
                        step ->
                                seen.computeIfAbsent(Thread.currentThread(), t -> new ArrayList<>())
                                        .add(step)));
        assertEquals(2, seen.size(), "replicas");
        for (List<Modulation> steps : seen.values()) {
            for (int t = 1; t < steps.size(); t++) {
                var before = steps.get(t - 1).modalities().get("visual");
                var now = steps.get(t).modalities().get("visual");
                double q = before.ratio() > 1 ? 0.5 + 0.25 * Math.tanh(before.ratio() - 1) : 0;
                assertEquals(q, now.dropRate(), 1e-15);
            }
        }
    }

    /** Averaged replicas get to about where one thread gets. */
    @Test
    void twoThreadsLearnWhatOneLearns() {
        CoefficientRule rule = CoefficientRule.cvpr2022(0.8);
        double one = probabilityOf(modulated(rule, new Sgd(0.1), null), null);
        double two = probabilityOf(modulated(rule, new Sgd(0.1), null), TrainingMode.AVERAGING);
        assertTrue(Math.abs(two - one) < 0.1, "two threads: " + two + ", one: " + one);
    }

    /** After training, of the true class on examples it has not seen; at random 1/3. */
    private static double probabilityOf(ComputationGraph graph, TrainingMode mode) {
        if (mode == null) {
            different(LONG).forEach(graph::fit);
        } else {
            onTwoThreads(graph, mode, different(LONG));
        }
        MultiDataSet test = Nets.batch(500, 99);
        INDArray truth = graph.outputSingle(test.getFeatures()).mul(test.getLabels(0)).sum(1);
        return truth.meanNumber().doubleValue();
    }

    private static List<MultiDataSet> different(int steps) {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            batches.add(Nets.batch(EXAMPLES, 100 + i));
        }
        return batches;
    }

    /** With the noise that is the default if none is given. */
    private static ComputationGraph modulated(
            CoefficientRule rule, IUpdater updater, GradientNoise noise) {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().rule(rule);
        if (noise != null) {
            builder.noise(noise);
        }
        return Nets.init(builder.build().modulate(Nets.dense(updater)));
    }

    private static void onTwoThreads(
            ComputationGraph graph,
            TrainingMode mode,
            List<MultiDataSet> batches,
            TrainingListener... listeners) {
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph)
                        .workers(2)
                        .averagingFrequency(1)
                        .trainingMode(mode)
                        .thresholdAlgorithm(new FixedThresholdAlgorithm(THRESHOLD))
                        .build();
        wrapper.setListeners(listeners);
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), EXAMPLES));
        wrapper.shutdown();
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
