package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;

/** Batches that are not as they should be, and what the user sees of it. */
class BadBatchTest {

    private static final ModulatedOptimizer HALF =
            ModulatedOptimizer.builder().rule(rho -> 0.5).noise(GradientNoise.none()).build();

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    static Stream<IUpdater> updaters() {
        return Stream.of(new Sgd(0.1), new Adam(0.01), new RmsProp(0.01));
    }

    static Stream<Arguments> notFinite() {
        return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .flatMap(value -> updaters().map(updater -> Arguments.of(value, updater)));
    }

    /** Behind tanh an infinite feature is a finite one, and scores are finite too. */
    @ParameterizedTest
    @MethodSource("notFinite")
    void featuresThatAreNotFiniteTrainAsThePlainNetworkWould(double value, IUpdater updater) {
        MultiDataSet bad = Nets.batch(8, 1);
        bad.getFeatures(0).putScalar(0, 0, value);
        ComputationGraph plain = Nets.init(Nets.dense(updater));
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense(updater)));
        plain.fit(bad);
        Runnable code =
                () -> {
                    graph.fit(bad);
                    Compare.same(plain.params(), graph.params(), "parameters");
                    graph.fit(bad);
                };
        String log = Logs.of(code);
        assertEquals(1, warnings(log), log);
        assertTrue(log.contains("Epoch 0, iteration 0: "), log);
        assertTrue(log.contains("1 so far. Logged once per epoch."), log);
        assertCoefficients(graph, 1);
    }

    /** Scores that are held for some steps are no reason to modulate a batch that is not finite. */
    @Test
    void heldScoresDoNotHideFeaturesThatAreNotFinite() {
        ModulatedOptimizer held = ModulatedOptimizer.builder().scoreEvery(3).build();
        ComputationGraph graph = Nets.init(held.modulate(Nets.dense()));
        graph.fit(Nets.batch(8, 0));
        MultiDataSet bad = Nets.batch(8, 1);
        bad.getFeatures(1).putScalar(0, 0, Double.POSITIVE_INFINITY);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        plain.fit(bad);
        assertEquals(1, warnings(Logs.of(() -> graph.fit(bad))));
        Compare.same(plain.params(), graph.params(), "parameters");
    }

    /** A score of a batch without labels is of no use to the batches that follow. */
    @Test
    void scoresThatAreNotNumbersAreNotHeld() {
        ModulatedOptimizer held = ModulatedOptimizer.builder().scoreEvery(3).build();
        ComputationGraph graph = Nets.init(held.modulate(Nets.dense()));
        MultiDataSet masked = Nets.batch(8, 0);
        masked.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 8, 1)});
        graph.fit(masked);
        graph.fit(Nets.batch(8, 1));
        Map<String, ModalityStep> seen = seen(graph);
        assertTrue(seen.get("audio").score() > 0, seen.toString());
    }

    /** One modality's error signal overflows, the other's does not: neither is modulated. */
    @Test
    void aGradientThatOverflowsTurnsTheBatchOff() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph graph = Nets.init(HALF.modulate(conf));
        MultiDataSet batch = overflowing(plain, graph);
        Map<String, INDArray> expected = Gradients.of(plain, batch);
        Runnable code =
                () -> {
                    Map<String, INDArray> actual = Gradients.of(graph, batch);
                    expected.forEach(
                            (name, gradient) -> Compare.same(gradient, actual.get(name), name));
                };
        String log = Logs.of(code);
        assertTrue(log.contains("the gradient at \"concat\" is not finite"), log);
    }

    @Test
    void aGradientThatOverflowsTurnsTheUpdatersOff() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph graph = Nets.init(HALF.modulate(conf));
        MultiDataSet batch = overflowing(plain, graph);
        plain.fit(batch);
        graph.fit(batch);
        Compare.close(
                plain.getParam("visual_fc_W"), graph.getParam("visual_fc_W"), 1e-12, "visual");
    }

    /** Audio's weights in the output layer, and so its error signal, out of bounds. */
    private static MultiDataSet overflowing(ComputationGraph... graphs) {
        for (ComputationGraph graph : graphs) {
            INDArray weights = graph.getLayer("out").getParam("W");
            for (int row = 0; row < 4; row++) {
                weights.getRow(row).assign(Nd4j.createFromArray(1.7e308, -1.7e308, 1.7e308));
            }
        }
        MultiDataSet batch = Nets.batch(8, 1);
        batch.getFeatures(0).assign(0);
        return batch;
    }

    /** DL4J gives an index that is no class no class at all, and so does the Adam variant. */
    @ParameterizedTest
    @MethodSource("updaters")
    void classIndicesOutOfRangeCountForNoClass(IUpdater updater) {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(sparse(updater)));
        for (double index : new double[] {1, 7, -1, 2}) {
            INDArray labels = Nd4j.create(new double[] {0, 1, 2, index}, 4, 1);
            graph.fit(new MultiDataSet(Nets.batch(4, 1).getFeatures(), new INDArray[] {labels}));
        }
        assertFinite(graph);
        assertEquals(3, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
    }

    /** A row without a class does not count, so here is nothing to compare. */
    @ParameterizedTest
    @MethodSource("updaters")
    void labelsOfZerosFavourNobody(IUpdater updater) {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense(updater)));
        MultiDataSet batch = Nets.batch(8, 1);
        batch.getLabels(0).assign(0);
        graph.fit(batch);
        seen(graph).values().forEach(step -> assertTrue(Double.isNaN(step.score())));
        assertCoefficients(graph, 1);
        assertFinite(graph);
    }

    /** Labels are scaled to sum 1 in the score, whatever they weigh in the loss. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void labelsThatDoNotSumToOneAreScoredAsIfTheyDid(double factor) {
        Map<String, ModalityStep> scaled = seen(afterOneStep(factor));
        seen(afterOneStep(1))
                .forEach(
                        (modality, step) ->
                                assertEquals(step.score(), scaled.get(modality).score(), 1e-12));
    }

    @Test
    void negativeLabelsAreOfNoClass() {
        ComputationGraph graph = afterOneStep(-1);
        seen(graph).values().forEach(step -> assertTrue(Double.isNaN(step.score())));
        assertFinite(graph);
    }

    private static ComputationGraph afterOneStep(double factor) {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        MultiDataSet batch = Nets.batch(1, 1);
        batch.getLabels(0).muli(factor);
        graph.fit(batch);
        return graph;
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void oneExampleTrains(IUpdater updater) {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense(updater)));
        for (int step = 0; step < 3; step++) {
            graph.fit(Nets.batch(1, step));
        }
        assertFinite(graph);
        assertEquals(2, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
    }

    /** What DL4J refuses it refuses as before, from its own code and in its own words. */
    @Test
    void whatIsMissingIsRefusedByDl4jAsInAPlainNetwork() {
        INDArray audio = Nets.batch(8, 1).getFeatures(0);
        INDArray visual = Nets.batch(8, 1).getFeatures(1);
        INDArray labels = Nets.batch(8, 1).getLabels(0);
        assertSameRefusal(graph -> graph.fit(batch(null, visual, labels)));
        assertSameRefusal(graph -> graph.fit(batch(audio, visual, null)));
        assertSameRefusal(graph -> graph.fit(batch(audio, visual, labels.getColumns(0, 1))));
        assertSameRefusal(graph -> graph.fit(batch(audio, visual, Nets.batch(7, 1).getLabels(0))));
        assertSameRefusal(
                graph -> graph.fit(batch(audio, Nets.batch(7, 1).getFeatures(1), labels)));
        assertSameRefusal(graph -> graph.fit(new MultiDataSet(audio, labels)));
        assertSameRefusal(graph -> graph.fit(new DataSet(audio, labels)));
        assertSameRefusal(
                graph ->
                        graph.fit(
                                batch(
                                        Nd4j.create(DataType.DOUBLE, 0, 5),
                                        Nd4j.create(DataType.DOUBLE, 0, 6),
                                        Nd4j.create(DataType.DOUBLE, 0, 3))));
    }

    /** Averages over no step are 0 / 0; the last of no steps is a row of zeros. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModalityThatIsMaskedWhole(boolean pooled) {
        ComputationGraph plain = Nets.init(sequences(pooled));
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(sequences(pooled)));
        INDArray none = Nd4j.zeros(DataType.DOUBLE, 4, 5);
        MultiDataSet batch =
                new MultiDataSet(
                        Nets.sequences(4, 5, 1).getFeatures(),
                        new INDArray[] {Nets.labels(4, new Random(1), DataType.DOUBLE)},
                        new INDArray[] {none, none.add(1)},
                        null);
        plain.fit(batch);
        String log = Logs.of(() -> graph.fit(batch));
        if (pooled) {
            assertEquals(1, warnings(log), log);
            Compare.same(plain.params(), graph.params(), "parameters");
        } else {
            assertEquals(0, warnings(log), log);
            assertFinite(graph);
            assertTrue(Compare.differ(plain.params(), graph.params()), "visual is modulated");
        }
    }

    private static ComputationGraphConfiguration sequences(boolean pooled) {
        GraphBuilder builder = Nets.recurrentEncoders(new Sgd(0.1));
        for (String modality : new String[] {"audio", "visual"}) {
            if (pooled) {
                builder.addLayer(
                        modality + "_end",
                        new GlobalPoolingLayer(PoolingType.AVG),
                        modality + "_rnn");
            } else {
                builder.addVertex(
                        modality + "_end", new LastTimeStepVertex(modality), modality + "_rnn");
            }
        }
        return builder.addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .build();
    }

    /** Labels are indices of classes. */
    private static ComputationGraphConfiguration sparse(IUpdater updater) {
        return Nets.encoders(Nets.base(updater))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.SPARSE_MCXENT)
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static MultiDataSet batch(INDArray audio, INDArray visual, INDArray labels) {
        return new MultiDataSet(new INDArray[] {audio, visual}, new INDArray[] {labels});
    }

    private static void assertSameRefusal(Consumer<ComputationGraph> fit) {
        Throwable expected =
                assertThrows(RuntimeException.class, () -> fit.accept(Nets.init(Nets.dense())));
        Throwable actual =
                assertThrows(
                        RuntimeException.class,
                        () -> fit.accept(Nets.init(OPTIMIZER.modulate(Nets.dense()))));
        assertEquals(expected.getClass(), actual.getClass());
        assertEquals(expected.getMessage(), actual.getMessage());
        assertEquals(expected.getStackTrace()[0], actual.getStackTrace()[0]);
    }

    private static long warnings(String log) {
        return log.lines().filter(line -> line.contains("trains without modulation")).count();
    }

    private static Map<String, ModalityStep> seen(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static void assertCoefficients(ComputationGraph graph, double expected) {
        seen(graph).values().forEach(step -> assertEquals(expected, step.coefficient()));
    }

    private static void assertFinite(ComputationGraph graph) {
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
    }
}
