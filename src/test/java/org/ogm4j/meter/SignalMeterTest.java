package org.ogm4j.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModalityStep.Signals;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.tokens.InnerProduct;

/** When losses and signals are measured, and when they are NaN. */
class SignalMeterTest {

    private static final MultiDataSet BATCH = Nets.batch(6, 1);

    private static ModulatedOptimizer.Builder sum() {
        return ModulatedOptimizer.builder().unimodal(UnimodalSignal.sum(1));
    }

    private static List<Modulation> train(ComputationGraph graph, int steps) {
        List<Modulation> seen = new ArrayList<>();
        graph.setListeners(new ModulationListener(seen::add));
        for (int i = 0; i < steps; i++) {
            graph.fit(BATCH);
        }
        return seen;
    }

    private static Map<String, ModalityStep> last(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static void assertUnmeasured(ComputationGraph graph) {
        last(graph).forEach((name, step) -> assertEquals(Signals.NONE, step.signals(), name));
    }

    @Test
    void withoutAListenerNothingIsMeasuredAndTrainingIsTheSame() {
        ComputationGraph without = Nets.modulated(sum(), Nets.dense());
        ComputationGraph with = Nets.modulated(sum(), Nets.dense());
        List<Modulation> seen = train(with, 3);
        for (int i = 0; i < 3; i++) {
            without.fit(BATCH);
        }
        assertUnmeasured(without);
        assertEquals(
                seen.get(2).modalities().get("audio").loss(), last(without).get("audio").loss());
        assertTrue(seen.get(2).modalities().get("audio").signals().cosine() != 0);
        Compare.same(without.params(), with.params(), "parameters");
    }

    @Test
    void heldScoresHaveNeitherLossNorSignals() {
        ComputationGraph graph = Nets.modulated(sum().scoreEvery(2), Nets.dense());
        for (Modulation step : train(graph, 4)) {
            boolean held = step.iteration() % 2 == 1;
            step.modalities()
                    .forEach(
                            (name, m) -> {
                                assertEquals(held, Double.isNaN(m.loss()), name);
                                assertEquals(held, m.signals().equals(Signals.NONE), name);
                            });
        }
    }

    @Test
    void aBatchThatIsNotModulatedHasNoSignals() {
        ComputationGraph graph = Nets.modulated(sum(), Nets.dense());
        train(graph, 1);
        INDArray audio = BATCH.getFeatures(0).dup().putScalar(0, Double.NaN);
        graph.fit(
                new MultiDataSet(new INDArray[] {audio, BATCH.getFeatures(1)}, BATCH.getLabels()));
        assertUnmeasured(graph);
        assertTrue(Double.isNaN(last(graph).get("audio").loss()));
    }

    /** A gradient that is not finite is seen at the gate, where audio's has been measured. */
    @Test
    void aGradientThatIsNotFiniteTakesBackWhatWasMeasured() {
        var builder = Nets.encoders();
        for (String name : List.of("a", "b")) {
            builder.addVertex("concat_" + name, new MergeVertex(), "audio_fc", "visual_fc")
                    .addLayer("out_" + name, Nets.output(), "concat_" + name);
        }
        ComputationGraphConfiguration conf =
                builder.setOutputs("out_a", "out_b")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        for (String overflowing : List.of("out_a", "out_b")) {
            ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), conf.clone());
            train(graph, 0);
            INDArray w = graph.getLayer(overflowing).getParam("W").assign(-1.7e308);
            w.getColumn(0).assign(1.7e308);
            INDArray[] zeros = {
                Nd4j.zeros(DataType.DOUBLE, 6, 5), Nd4j.zeros(DataType.DOUBLE, 6, 6)
            };
            INDArray[] labels = {BATCH.getLabels(0), BATCH.getLabels(0)};
            graph.fit(new MultiDataSet(zeros, labels));
            assertUnmeasured(graph);
            assertEquals(Math.log(3), last(graph).get("audio").loss(), 1e-12);
        }
    }

    @Test
    void outsideTheWindowTheLatestStepInsideStays() {
        ComputationGraph graph = Nets.modulated(sum().epochs(0, 0), Nets.dense());
        List<Modulation> seen = train(graph, 1);
        graph.getConfiguration().setEpochCount(1);
        train(graph, 1);
        assertEquals(seen.get(0).modalities(), last(graph));
    }

    /** No unimodal signal: the joint one alone. The same of one modality only. */
    @Test
    void whatHasNoSignalOfItsOwnHasTheJointOne() {
        ModulatedOptimizer.Builder audio =
                ModulatedOptimizer.builder().unimodal("audio", UnimodalSignal.pareto());
        ComputationGraph graph = Nets.modulated(audio, Nets.dense());
        Map<String, ModalityStep> step = train(graph, 1).get(0).modalities();
        assertTrue(step.get("audio").signals().unimodal() > 0);
        assertTrue(step.get("visual").signals().joint() > 0);
        assertTrue(Double.isNaN(step.get("visual").signals().unimodal()));
        assertTrue(Double.isNaN(step.get("visual").signals().cosine()));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e-4", "HALF, 2e-2"})
    void narrowTypes(DataType type, double rtol) {
        Map<String, ModalityStep> exact = train(net(DataType.DOUBLE), 1).get(0).modalities();
        ComputationGraph graph = net(type);
        graph.setParams(net(DataType.DOUBLE).params().castTo(type));
        graph.setListeners(new ModulationListener(step -> {}));
        graph.fit(
                new MultiDataSet(
                        new INDArray[] {
                            BATCH.getFeatures(0).castTo(type), BATCH.getFeatures(1).castTo(type)
                        },
                        new INDArray[] {BATCH.getLabels(0).castTo(type)}));
        for (String name : List.of("audio", "visual")) {
            Signals wanted = exact.get(name).signals();
            Signals got = last(graph).get(name).signals();
            assertEquals(exact.get(name).loss(), last(graph).get(name).loss(), rtol, name);
            assertEquals(wanted.joint(), got.joint(), rtol * wanted.joint(), name);
            assertEquals(wanted.unimodal(), got.unimodal(), rtol * wanted.unimodal(), name);
            assertEquals(wanted.cosine(), got.cosine(), rtol, name);
        }
    }

    private static ComputationGraph net(DataType type) {
        return Nets.modulated(sum(), Nets.dense(Nets.base(new Sgd(0.1)).dataType(type)));
    }

    /** Longer than a chunk, and not laid out in order. */
    @Test
    void innerProductsOfLongArrays() {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            INDArray a = Nd4j.randn(type, 500, 400).transpose();
            INDArray b = Nd4j.randn(type, 400, 500);
            double[] wanted = {InnerProduct.of(a, a), InnerProduct.of(b, b), InnerProduct.of(a, b)};
            Compare.close(wanted, InnerProduct.gram(a, b), 1e-10, 1e-8, type.name());
            assertEquals(0, InnerProduct.gram(a, null)[1]);
        }
    }
}
