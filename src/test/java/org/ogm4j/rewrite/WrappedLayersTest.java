package org.ogm4j.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Attribution;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Layers inside other layers, which DL4J's clone() shares between the copy and the original. */
class WrappedLayersTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    static Stream<Arguments> wrapped() {
        return Stream.of(
                Arguments.of("bidirectional", new Bidirectional(lstm())),
                Arguments.of("mask zero", new MaskZeroLayer(lstm(), 0)),
                Arguments.of("time distributed", new TimeDistributed(Nets.layer(3))),
                Arguments.of(
                        "two around each other",
                        new MaskZeroLayer(new Bidirectional(Bidirectional.Mode.ADD, lstm()), 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrapped")
    void theArgumentStaysAsItIs(String name, Layer layer) {
        ComputationGraphConfiguration conf = network(layer);
        String before = conf.toJson();

        ComputationGraphConfiguration modulated = OPTIMIZER.modulate(conf);
        assertEquals(before, conf.toJson(), "modulate");

        String on = modulated.toJson();
        assertEquals(conf, Rewrite.strip(modulated));
        assertEquals(on, modulated.toJson(), "strip");
    }

    /** Parts only sum to the whole if every pass sees the same network. */
    @Test
    void attributionTakesDropoutAndWeightNoiseOutOfTheLayersInside() {
        LSTM noisy =
                new LSTM.Builder()
                        .nIn(4)
                        .nOut(4)
                        .dropOut(0.5)
                        .weightNoise(new DropConnect(0.5))
                        .build();
        MultiDataSet batch = Fusions.tokenBatch(4, 3);
        List<UnaryOperator<Layer>> wrappers =
                List.of(
                        inside -> new MaskZeroLayer(inside, 0),
                        inside -> new Bidirectional(Bidirectional.Mode.ADD, inside));
        for (UnaryOperator<Layer> wrapper : wrappers) {
            Attribution quiet = OPTIMIZER.attribution(trunk(wrapper.apply(quiet())), batch);
            assertFalse(quiet.layers().isEmpty());
            assertEquals(quiet, OPTIMIZER.attribution(trunk(wrapper.apply(noisy)), batch));
        }
    }

    private static LSTM quiet() {
        return new LSTM.Builder().nIn(4).nOut(4).build();
    }

    private static ComputationGraph trunk(Layer wrapped) {
        return Nets.init(
                OPTIMIZER.modulate(
                        Fusions.averaged(
                                Fusions.tokens(new Sgd(0.1))
                                        .addVertex(
                                                "joined", Fusions.joined(), "audio_fc", "visual_fc")
                                        .addLayer("noisy", wrapped, "joined")
                                        .addLayer("mixed", Fusions.attention(), "noisy"),
                                "mixed",
                                4)));
    }

    private static ComputationGraphConfiguration network(Layer layer) {
        return Nets.recurrentEncoders(new Adam(0.01))
                .addLayer("audio_wrapped", layer, "audio_rnn")
                .addLayer("audio_last", new LastTimeStep(lstm()), "audio_wrapped")
                .addLayer("visual_last", new LastTimeStep(lstm()), "visual_rnn")
                .addVertex("concat", new MergeVertex(), "audio_last", "visual_last")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .build();
    }

    private static LSTM lstm() {
        return Nets.lstm(3);
    }
}
