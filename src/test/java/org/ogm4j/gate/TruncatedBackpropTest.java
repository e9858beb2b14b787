package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;

/**
 * Truncated backpropagation through time calls backward once per segment; each is a step of its
 * own.
 */
class TruncatedBackpropTest {

    private static final int SEGMENT = 4;

    @Test
    void everySegmentIsModulatedAndOffIsOff() {
        List<Modulation> seen = new ArrayList<>();
        ComputationGraph on = Nets.init(ModulatedOptimizer.builder().build().modulate(network()));
        on.addListeners(new ModulationListener(seen::add));
        ComputationGraph off =
                Nets.init(ModulatedOptimizer.builder().epochs(1, 1).build().modulate(network()));
        ComputationGraph plain = Nets.init(network());
        for (int step = 0; step < 2; step++) {
            on.fit(batch(step));
            off.fit(batch(step));
            plain.fit(batch(step));
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5), seen.stream().map(Modulation::iteration).toList());
        Compare.same(plain.params(), off.params(), "parameters");
        assertTrue(Compare.differ(plain.params(), on.params()));
    }

    /** Without recurrence a segment is a batch of its own: the steps are those of a run by hand. */
    @Test
    void segmentsAreTheStepsOfARunOnSlices() {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        GraphBuilder builder = timeless();
        ComputationGraph byHand = Nets.init(optimizer.modulate(builder.build()));
        ComputationGraph truncated = Nets.init(optimizer.modulate(truncated(builder)));
        MultiDataSet batch = batch(1);
        List<Modulation> expected = new ArrayList<>();
        List<Modulation> seen = new ArrayList<>();
        byHand.addListeners(new ModulationListener(expected::add));
        truncated.addListeners(new ModulationListener(seen::add));
        for (int from = 0; from < 12; from += SEGMENT) {
            byHand.fit(steps(batch, from, from + SEGMENT));
        }
        truncated.fit(batch);
        assertEquals(3, seen.size());
        assertEquals(expected, seen);
        Compare.same(byHand.params(), truncated.params(), "parameters");
        assertEquals(byHand.getIterationCount(), truncated.getIterationCount());
    }

    /** Scoring by zero-out runs a recurrent layer again, which must not lose its state by that. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scoringDisturbsNoState(boolean masked) {
        ModulatedOptimizer neutral =
                ModulatedOptimizer.builder().rule(rho -> 1).noise(GradientNoise.none()).build();
        ComputationGraph plain = Nets.init(truncated(recurrentFusion()));
        ComputationGraph graph = Nets.init(neutral.modulate(truncated(recurrentFusion())));
        for (int step = 0; step < 3; step++) {
            MultiDataSet batch = batch(step);
            if (masked) {
                batch.setFeaturesMaskArrays(new INDArray[] {mask(9, 12), mask(12, 5)});
                batch.setLabelsMaskArray(new INDArray[] {mask(9, 5)});
            }
            plain.fit(batch);
            graph.fit(batch);
        }
        Compare.same(plain.params(), graph.params(), "parameters");
        assertEquals(8, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
    }

    /** DL4J leaves a batch out whose sequences differ in length, and says so. */
    @Test
    void sequencesOfDifferentLengthsAreLeftOut() {
        ComputationGraph graph =
                Nets.init(ModulatedOptimizer.builder().build().modulate(network()));
        MultiDataSet batch = batch(1);
        batch.setFeatures(0, Nets.sequences(4, 8, 1).getFeatures(0));
        assertTrue(Logs.of(() -> graph.fit(batch)).contains("different lengths"));
        assertEquals(0, graph.getIterationCount());
    }

    /** 1 for the first steps of the examples, two lengths in turns. */
    private static INDArray mask(int first, int second) {
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, 4, 12);
        for (int i = 0; i < 4; i++) {
            mask.get(NDArrayIndex.point(i), NDArrayIndex.interval(0, i % 2 == 0 ? first : second))
                    .assign(1);
        }
        return mask;
    }

    private static MultiDataSet steps(MultiDataSet batch, int from, int to) {
        return new MultiDataSet(
                new INDArray[] {
                    slice(batch.getFeatures(0), from, to), slice(batch.getFeatures(1), from, to)
                },
                new INDArray[] {slice(batch.getLabels(0), from, to)});
    }

    private static INDArray slice(INDArray sequence, int from, int to) {
        return sequence.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to))
                .dup();
    }

    /** Dense layers at every step. */
    private static GraphBuilder timeless() {
        return Nets.sequenceOutput(
                Nets.base(new Nesterovs(0.05, 0.9))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .setInputTypes(InputType.recurrent(2), InputType.recurrent(3))
                        .addLayer("audio_fc", Nets.layer(3), "audio")
                        .addLayer("visual_fc", Nets.layer(4), "visual"),
                "audio_fc",
                "visual_fc");
    }

    /** An LSTM behind the point where the modalities meet. */
    private static GraphBuilder recurrentFusion() {
        return Nets.recurrentEncoders(new Nesterovs(0.05, 0.9))
                .addVertex("joined", new MergeVertex(), "audio_rnn", "visual_rnn")
                .addLayer("mixed", Nets.lstm(4), "joined")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "mixed")
                .setOutputs("out");
    }

    private static ComputationGraphConfiguration truncated(GraphBuilder builder) {
        return builder.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(SEGMENT).build();
    }

    private static ComputationGraphConfiguration network() {
        return truncated(Nets.recurrent(new Nesterovs(0.05, 0.9)));
    }

    private static MultiDataSet batch(int seed) {
        return Nets.sequences(4, 12, seed);
    }
}
