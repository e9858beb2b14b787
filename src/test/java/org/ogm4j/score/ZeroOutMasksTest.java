package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Alone;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/**
 * Zero-out scores behind feature masks. They need a shared layer that uses masks: DL4J's LSTM does
 * not.
 */
class ZeroOutMasksTest {

    private static final int EXAMPLES = 5;
    private static final double RTOL = 1e-12;

    /** Steps that the feature masks take out are out in the pass of each modality alone as well. */
    @ParameterizedTest
    @ValueSource(strings = {"audio_rnn", "audio_deep"})
    void areThoseOfASeparateNetworkWithTheSameMasks(String audio) {
        List<String> ends = List.of(audio, "visual_rnn");
        Set<String> kept = Set.of(audio);
        GraphBuilder encoders = Nets.recurrentEncoders(new Sgd(0.1));
        if (audio.equals("audio_deep")) {
            encoders.addLayer(audio, Nets.lstm(3), "audio_rnn");
        }
        ComputationGraphConfiguration conf =
                encoders.addVertex("concat", new MergeVertex(), audio, "visual_rnn")
                        .addLayer("mixed", Nets.lstm(4), "concat")
                        .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "mixed")
                        .addLayer("out", Nets.output(), "mean")
                        .setOutputs("out")
                        .build();
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        Random random = new Random(2);
        INDArray[] features = {
            Nets.gaussian(random, EXAMPLES, 2, 4), Nets.gaussian(random, EXAMPLES, 3, 4)
        };
        INDArray[] labels = {Nets.labels(EXAMPLES, random, DataType.DOUBLE)};
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4);
        mask.putScalar(0, 3, 0);
        mask.putScalar(2, 2, 0);
        mask.putScalar(2, 3, 0);
        INDArray other = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4); // a step is out if both say so
        other.putScalar(1, 3, 0);
        other.putScalar(2, 3, 0);
        for (INDArray[] masks :
                new INDArray[][] {{mask, mask}, {mask, other}, null, {other, mask}}) {
            MultiDataSet batch = new MultiDataSet(features, labels, masks, null);
            double score = Alone.score(graph, batch, ends, kept, masks);
            double unmasked = Alone.score(graph, batch, ends, kept);
            assertEquals(masks != null, Math.abs(score - unmasked) > 1e-6);
            graph.fit(batch);
            ModalityStep step =
                    ModulatedOptimizer.lastModulation(graph)
                            .orElseThrow()
                            .modalities()
                            .get("audio");
            assertEquals(score, step.score(), RTOL);
        }
    }

    /** It finds its mask on the way forward, and DL4J hands it the features' before. */
    @Test
    void aMaskZeroLayerKeepsTheMaskThatItFound() {
        ComputationGraphConfiguration conf =
                Nets.recurrentEncoders(new Sgd(0.1))
                        .addLayer(
                                "audio_deep",
                                new MaskZeroLayer(new SimpleRnn.Builder().nOut(3).build(), 0),
                                "audio_rnn")
                        .addVertex("concat", new MergeVertex(), "audio_deep", "visual_rnn")
                        .addLayer("mixed", Nets.lstm(4), "concat")
                        .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "mixed")
                        .addLayer("out", Nets.output(), "mean")
                        .setOutputs("out")
                        .build();
        Random random = new Random(2);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4);
        mask.putScalar(0, 1, 0);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 2, 4),
                            Nets.gaussian(random, EXAMPLES, 3, 4)
                        },
                        new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)},
                        new INDArray[] {mask, mask},
                        null);
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(rho -> 1)
                                .noise(GradientNoise.none())
                                .build()
                                .modulate(conf));
        plain.fit(batch);
        graph.fit(batch);
        Compare.same(plain.params(), graph.params(), "parameters");
    }
}
