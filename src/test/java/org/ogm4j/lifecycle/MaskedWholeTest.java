package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;

/** An example without a single unmasked step in one modality: what DL4J's layers make of it. */
class MaskedWholeTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();
    private static final int EXAMPLES = 4;
    private static final int STEPS = 5;

    /** SimpleRnn sets masked steps to 0; an LSTM does not read the mask on its way forward. */
    @Test
    void theLastOfNoStepsIsTheFirstStep() {
        GraphBuilder simple = lastStep(new SimpleRnn.Builder().nOut(3).build());
        assertEquals(0, masked(features(simple)).amaxNumber().doubleValue());

        ComputationGraph lstm = Nets.init(fused(lastStep(new LSTM.Builder().nOut(3).build())));
        INDArray last = masked(features(lstm));
        INDArray steps = lstm.feedForward(batch().getFeatures(), false).get("audio_rnn");
        INDArray first =
                steps.get(NDArrayIndex.point(0), NDArrayIndex.all(), NDArrayIndex.point(0));
        Compare.same(first, last.reshape(3), "first step");
        assertTrue(last.amaxNumber().doubleValue() > 0.01);
    }

    /** The sum over no steps is 0, their average 0 / 0, their maximum minus infinity. */
    @ParameterizedTest
    @CsvSource({"SUM, 0", "PNORM, 0", "AVG, NaN", "MAX, -Infinity"})
    void poolingOverNoSteps(PoolingType type, double expected) {
        INDArray row = masked(features(pooled(type)));
        for (double value : row.toDoubleVector()) {
            assertEquals(expected, value);
        }
    }

    /**
     * Features that are not finite turn modulation off for the batch, and this is logged. The
     * parameters end as the plain network's: the gradient of a p-norm of nothing is 0 / 0 too.
     */
    @ParameterizedTest
    @CsvSource({"SUM, 0, true", "PNORM, 0, false", "AVG, 1, false", "MAX, 1, false"})
    void modulatedItTrainsAsFarAsThePlainOneDoes(PoolingType type, int warnings, boolean finite) {
        ComputationGraph plain = Nets.init(fused(pooled(type)));
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(fused(pooled(type))));
        plain.fit(batch());
        String log = Logs.of(() -> graph.fit(batch()));
        assertEquals(
                warnings,
                log.lines().filter(line -> line.contains("trains without modulation")).count(),
                log);
        if (warnings > 0) {
            Compare.same(plain.params(), graph.params(), "parameters");
        }
        assertEquals(finite, Double.isFinite(plain.params().sumNumber().doubleValue()));
        assertEquals(finite, Double.isFinite(graph.params().sumNumber().doubleValue()));
    }

    /** The layer, unlike the vertex, refuses such an example, modulated or not. */
    @Test
    void theLayerForTheLastStepRefuses() {
        ComputationGraphConfiguration conf =
                fused(
                        inputs().addLayer(
                                        "audio_end",
                                        new LastTimeStep(new LSTM.Builder().nOut(3).build()),
                                        "audio"));
        for (ComputationGraphConfiguration each :
                new ComputationGraphConfiguration[] {conf, OPTIMIZER.modulate(conf)}) {
            String message =
                    assertThrows(IllegalStateException.class, () -> Nets.init(each).fit(batch()))
                            .getMessage();
            assertTrue(message.contains("example 0 in minibatch is entirely masked out"), message);
        }
    }

    private static GraphBuilder inputs() {
        return Nets.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("audio", "visual")
                .setInputTypes(InputType.recurrent(2), InputType.recurrent(3));
    }

    private static GraphBuilder lastStep(BaseRecurrentLayer layer) {
        return inputs().addLayer("audio_rnn", layer, "audio")
                .addVertex("audio_end", new LastTimeStepVertex("audio"), "audio_rnn");
    }

    private static GraphBuilder pooled(PoolingType type) {
        return inputs().addLayer("audio_rnn", new LSTM.Builder().nOut(3).build(), "audio")
                .addLayer(
                        "audio_end",
                        new GlobalPoolingLayer.Builder(type).pnorm(2).build(),
                        "audio_rnn");
    }

    private static ComputationGraphConfiguration fused(GraphBuilder audio) {
        return audio.addLayer("visual_rnn", new LSTM.Builder().nOut(4).build(), "visual")
                .addLayer("visual_end", new GlobalPoolingLayer(PoolingType.AVG), "visual_rnn")
                .addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .build();
    }

    /** The first example has no audio. */
    private static MultiDataSet batch() {
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, STEPS);
        mask.getRow(0).assign(0);
        return new MultiDataSet(
                Nets.sequences(EXAMPLES, STEPS, 1).getFeatures(),
                new INDArray[] {Nets.labels(EXAMPLES, new Random(1), DataType.DOUBLE)},
                new INDArray[] {mask, Nd4j.ones(DataType.DOUBLE, EXAMPLES, STEPS)},
                null);
    }

    private static INDArray features(GraphBuilder audio) {
        return features(Nets.init(fused(audio)));
    }

    private static INDArray features(ComputationGraph graph) {
        graph.setLayerMaskArrays(batch().getFeaturesMaskArrays(), null);
        INDArray end = graph.feedForward(batch().getFeatures(), false).get("audio_end").dup();
        graph.clearLayerMaskArrays();
        return end;
    }

    private static INDArray masked(INDArray features) {
        return features.getRow(0);
    }
}
