package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.TeacherNets;
import org.ogm4j.testing.WrapperSteps;

/** One ratio for all replicas, with every option and kind of network. */
@Timeout(300)
class SharedRatioKindsTest {

    private static final int EXAMPLES = 4;
    private static final int ROUNDS = 3;

    /** What is the same as in the network that trains on all batches of a round at once. */
    enum Same {
        /** The first step of each replica: then their parameters differ from the big one's. */
        FIRST_STEP,
        /** All steps, and parameters. */
        ALL
    }

    /** A network, options, batches. */
    enum Kind {
        TPAMI(Same.ALL),
        DEAD_ZONE(Same.ALL),
        AGM(Same.ALL),
        WEAKEST_FIRST(Same.ALL),
        INVERSE_ENTROPY(Same.ALL),
        ZERO_OUT(Same.ALL),
        PROBE(Same.ALL),
        HEADS(Same.ALL),
        TEACHERS(Same.ALL),
        ADDED_SIGNALS(Same.ALL),
        REPLACED_SIGNALS(Same.ALL),
        EVERY_SECOND(Same.ALL),
        TWO_OUTPUTS(Same.ALL),
        SEQUENCES(Same.ALL),
        ATTENTION(Same.ALL),
        ONE_EXAMPLE(Same.ALL),
        /** The big batch weighs examples alike, the mean of replicas does not. */
        UNEQUAL_BATCHES(Same.FIRST_STEP),
        /** Replicas average after the last segment, not after each. */
        SEGMENTS(Same.FIRST_STEP),
        MASKED_LABELS(Same.FIRST_STEP),
        /** Rows of the big batch have numbers of their own. */
        DROPPED_FEATURES(Same.FIRST_STEP),
        NOISE(Same.FIRST_STEP),
        PARETO(Same.FIRST_STEP),
        PROJECT(Same.FIRST_STEP),
        ADAM(Same.FIRST_STEP),
        FLOAT(Same.FIRST_STEP),
        HALF(Same.FIRST_STEP);

        private final Same same;

        Kind(Same same) {
            this.same = same;
        }

        DataType type() {
            return this == HALF
                    ? DataType.FLOAT16
                    : this == FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        }

        double tolerance() {
            return this == HALF ? 1e-2 : this == FLOAT ? 1e-5 : 1e-11;
        }

        ComputationGraphConfiguration plain() {
            return switch (this) {
                case HEADS -> Nets.sum();
                case ADAM -> Nets.dense(new Adam(0.01));
                case FLOAT, HALF -> Nets.dense(Nets.base(new Sgd(0.1)).dataType(type()));
                case SEQUENCES -> Nets.recurrent(new Sgd(0.1)).build();
                case ATTENTION -> Fusions.selfAttention(new Sgd(0.1));
                case SEGMENTS ->
                        Nets.recurrent(new Sgd(0.1))
                                .backpropType(BackpropType.TruncatedBPTT)
                                .tBPTTLength(2)
                                .build();
                case TWO_OUTPUTS ->
                        Nets.encoders()
                                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                                .addLayer("out", Nets.output(), "concat")
                                .addLayer(
                                        "size",
                                        new OutputLayer.Builder(LossFunction.MSE)
                                                .nOut(2)
                                                .activation(Activation.IDENTITY)
                                                .build(),
                                        "concat")
                                .setOutputs("out", "size")
                                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                                .build();
                default -> Nets.dense();
            };
        }

        ComputationGraph network(boolean shared) {
            ComputationGraphConfiguration plain = plain();
            ModulatedOptimizer.Builder options =
                    this == TEACHERS
                            ? TeacherNets.taught(plain, Distillation.features(1).andLogits(1))
                            : ModulatedOptimizer.builder();
            if (this != NOISE) {
                options.noise(GradientNoise.none());
            }
            switch (this) {
                case TPAMI -> options.rule(CoefficientRule.tpami2024(0.8));
                case DEAD_ZONE -> options.rule(CoefficientRule.deadZone(0.8, 0.1));
                case AGM -> options.rule(BalanceRule.agm(1));
                case WEAKEST_FIRST -> options.rule(BalanceRule.weakestFirst(0.5, 2));
                case INVERSE_ENTROPY -> options.rule(BalanceRule.inverseEntropy());
                case ZERO_OUT -> options.score(ScoreSource.zeroOut());
                case PROBE, ATTENTION -> options.score(ScoreSource.probe());
                case ADDED_SIGNALS -> options.unimodal(UnimodalSignal.sum(1));
                case REPLACED_SIGNALS -> options.unimodal(UnimodalSignal.replace(2));
                case PARETO -> options.unimodal(UnimodalSignal.pareto());
                case PROJECT -> options.unimodal(UnimodalSignal.project());
                case EVERY_SECOND -> options.scoreEvery(2);
                case DROPPED_FEATURES ->
                        options.dropFeatures(PredictionModulation.opm(0.5, 0.5).withProbability(1));
                default -> {}
            }
            return Nets.modulated(shared ? options.sharedRatio() : options, plain);
        }

        MultiDataSet batch(int number) {
            int examples =
                    this == ONE_EXAMPLE
                            ? 1
                            : this == UNEQUAL_BATCHES ? 1 + 3 * number % 5 : EXAMPLES;
            Random random = new Random(number);
            org.nd4j.linalg.dataset.MultiDataSet batch =
                    switch (this) {
                        case SEQUENCES, SEGMENTS -> Nets.sequences(examples, 6, number);
                        case ATTENTION -> Fusions.tokenBatch(examples, number);
                        default -> Nets.batch(examples, number, type());
                    };
            if (this == TWO_OUTPUTS) {
                INDArray sizes = Nets.gaussian(random, examples, 2).muli(number + 1);
                batch.setLabels(new INDArray[] {batch.getLabels(0), sizes});
            }
            if (this == MASKED_LABELS) {
                INDArray mask = Nd4j.ones(DataType.DOUBLE, examples, 1);
                mask.putScalar(number % examples, 0);
                batch.setLabelsMaskArray(new INDArray[] {mask});
            }
            return batch;
        }

        MultiDataSet merged(List<MultiDataSet> batches) {
            org.nd4j.linalg.dataset.MultiDataSet merged =
                    org.nd4j.linalg.dataset.MultiDataSet.merge(batches);
            if (this == MASKED_LABELS) {
                // DL4J makes masks of single outputs of them
                INDArray[] masks =
                        batches.stream()
                                .map(batch -> batch.getLabelsMaskArray(0))
                                .toArray(INDArray[]::new);
                merged.setLabelsMaskArray(new INDArray[] {Nd4j.concat(0, masks)});
            }
            return merged;
        }

        List<MultiDataSet> batches(int count) {
            List<MultiDataSet> batches = new ArrayList<>();
            for (int b = 0; b < count; b++) {
                batches.add(batch(b));
            }
            return batches;
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasCompareAsOneBigBatch(Kind kind) {
        List<MultiDataSet> batches = kind.batches(2 * ROUNDS);
        ComputationGraph big = kind.network(false);
        WrapperSteps ofBig = new WrapperSteps();
        big.setListeners(ofBig.listener());
        for (int from = 0; from < batches.size(); from += 2) {
            big.fit(kind.merged(batches.subList(from, from + 2)));
        }
        ComputationGraph graph = kind.network(true);
        List<List<Modulation>> both =
                WrapperSteps.fit(graph, 2, TrainingMode.AVERAGING, batches).replicas();
        List<Modulation> expected = ofBig.replicas().get(0);
        assertEquals(expected.size(), both.get(0).size());
        int same = kind.same == Same.ALL ? expected.size() : 1;
        for (int step = 0; step < same; step++) {
            WrapperSteps.assertSame(expected.get(step), both.get(0).get(step), kind.tolerance());
        }
        if (kind.same == Same.ALL) {
            Compare.close(big.params(), graph.params(), 1e-10, 1e-12, "after all rounds");
        }
        equal(both);
    }

    /** Whatever the big batch does, they agree, and drop the same. */
    private static void equal(List<List<Modulation>> replicas) {
        List<Modulation> first = replicas.get(0);
        for (List<Modulation> other : replicas) {
            for (int step = 0; step < Math.min(first.size(), other.size()); step++) {
                WrapperSteps.assertSame(first.get(step), other.get(step), 0);
                for (String modality : first.get(step).modalities().keySet()) {
                    assertEquals(
                            first.get(step).modalities().get(modality).dropRate(),
                            other.get(step).modalities().get(modality).dropRate(),
                            "drop rate");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2,3,0,7", "2,1,16,6", "3,2,2,8", "5,1,2,3", "4,1,0,1"})
    void replicasAgreeHoweverTheyAreGivenBatches(
            int workers, int frequency, int prefetch, int count) {
        ParallelWrapper wrapper =
                WrapperSteps.builder(Kind.TPAMI.network(true), workers, TrainingMode.AVERAGING)
                        .averagingFrequency(frequency)
                        .prefetchBuffer(prefetch)
                        .build();
        List<List<Modulation>> seen =
                new WrapperSteps().fit(wrapper, Kind.TPAMI.batches(count)).replicas();
        assertEquals(Math.min(workers, count), seen.size());
        assertEquals(count, seen.stream().mapToInt(List::size).sum());
        int whole = count / workers;
        equal(seen.stream().map(steps -> steps.subList(0, whole)).toList());
    }

    /** DL4J's own number of workers is that of devices: one. */
    @Test
    void oneWorkerTrainsAsTheNetworkAlone() {
        List<MultiDataSet> batches = Kind.NOISE.batches(3);
        ComputationGraph alone = Kind.NOISE.network(false);
        batches.forEach(alone::fit);
        ComputationGraph graph = Kind.NOISE.network(true);
        new WrapperSteps().fit(new ParallelWrapper.Builder<>(graph).build(), batches);
        Compare.same(alone.params(), graph.params(), "parameters");
    }

    /** The network trains alone, is evaluated, cloned and trained on, between two wrappers. */
    @ParameterizedTest
    @EnumSource(names = {"TPAMI", "EVERY_SECOND", "AGM"})
    void replicasGoOnWhereTheNetworkIs(Kind kind) {
        ComputationGraph big = kind.network(false);
        ComputationGraph graph = kind.network(true);
        for (int fit = 0; fit < 3; fit++) {
            MultiDataSet between = kind.batch(50 + fit);
            big.fit(between);
            graph.fit(between);
            ModulatedOptimizer.evaluate(graph, new Batches(List.of(Nets.batch(4, 60))));
            if (fit == 1) { // both: DL4J's copy counts its steps from 0
                big = big.clone();
                graph = graph.clone();
            }
            List<MultiDataSet> batches = kind.batches(2);
            big.fit(org.nd4j.linalg.dataset.MultiDataSet.merge(batches));
            WrapperSteps seen = WrapperSteps.fit(graph, 2, TrainingMode.AVERAGING, batches);
            equal(seen.replicas());
            WrapperSteps.assertSame(
                    ModulatedOptimizer.lastModulation(big).orElseThrow(),
                    ModulatedOptimizer.lastModulation(graph).orElseThrow());
            Compare.close(big.params(), graph.params(), 1e-10, 1e-12, "fit " + fit);
        }
    }

    /** A wrapper may be used again after the data failed. */
    @Test
    void anIteratorThatFailsLeavesNobodyWaiting() {
        List<MultiDataSet> batches = Kind.TPAMI.batches(6);
        ParallelWrapper wrapper =
                WrapperSteps.builder(Kind.TPAMI.network(true), 2, TrainingMode.AVERAGING)
                        .prefetchBuffer(0)
                        .build();
        WrapperSteps seen = new WrapperSteps();
        wrapper.setListeners(seen.listener());
        Batches fails =
                new Batches(batches) {
                    private static final long serialVersionUID = 1L;

                    private int given;

                    @Override
                    public MultiDataSet next() {
                        if (++given > 3) {
                            throw new IllegalStateException("planned failure of data");
                        }
                        return super.next();
                    }
                };
        Exception e = assertThrows(RuntimeException.class, () -> wrapper.fit(fails));
        assertTrue(e.getMessage().contains("planned failure of data"), e::toString);
        wrapper.fit(new Batches(batches));
        wrapper.shutdown();
        assertEquals(1 + 3, seen.replicas().get(0).size());
        assertEquals(1 + 3, seen.replicas().get(1).size());
        equal(seen.replicas());
    }
}
