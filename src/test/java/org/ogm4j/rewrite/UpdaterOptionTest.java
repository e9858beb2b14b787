package org.ogm4j.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.gate.GatedVertex;
import org.ogm4j.host.Vertices;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/**
 * {@code updater(...)} reaches every layer, wrapped ones too, and training goes on through all of
 * them.
 */
class UpdaterOptionTest {

    private static final ModulatedOptimizer EVERYWHERE =
            ModulatedOptimizer.builder().updater(new Nesterovs(0.05, 0.9)).build();
    private static final int EXAMPLES = 4;
    private static final int STEPS = 3;

    @Test
    void isSetOnEveryParameterOfTheNetworkButNotOnStatistics() {
        ComputationGraph graph = Nets.init(EVERYWHERE.modulate(network()));
        INDArray frozen = graph.getLayer("audio_frozen").params().dup();
        for (var vertex : graph.getVertices()) {
            if (vertex.numParams() > 0) {
                for (String name : vertex.paramTable(false).keySet()) {
                    IUpdater updater = vertex.getConfig().getUpdaterByParam(name);
                    check(vertex.getVertexName(), name, updater);
                }
            }
        }
        String[] trained = {
            "audio_rnn", "audio_attention", "visual_rnn", "visual_attention", "out"
        };
        Map<String, INDArray> before = new HashMap<>();
        for (String layer : trained) {
            before.put(layer, graph.getVertex(layer).params().dup());
        }
        graph.fit(batch());
        Compare.same(frozen, graph.getLayer("audio_frozen").params(), "frozen");
        for (String layer : trained) {
            INDArray after = graph.getVertex(layer).params();
            assertTrue(Compare.differ(before.get(layer), after), layer + " must train");
        }
    }

    private static void check(String vertex, String param, IUpdater updater) {
        boolean statistic = param.equals("mean") || param.equals("log10stdev");
        if (statistic || vertex.equals("audio_frozen")) {
            assertInstanceOf(NoOp.class, updater, vertex + "." + param);
        } else {
            assertEquals(new Nesterovs(0.05, 0.9), updater, vertex + "." + param);
        }
    }

    /** Behind a gate, and where biases have an updater of their own. */
    @Test
    void isSetOnAttentionVerticesToo() {
        ComputationGraphConfiguration conf = Fusions.crossAttention(new Sgd(0.1));
        ((AttentionVertex) conf.getVertices().get("sees")).setBiasUpdater(new Sgd(0.2));
        ComputationGraphConfiguration modulated = EVERYWHERE.modulate(conf);
        for (String name : new String[] {"hears", "sees"}) {
            GatedVertex gated = (GatedVertex) modulated.getVertices().get(name);
            AttentionVertex attention = (AttentionVertex) gated.underlying();
            assertEquals(new Nesterovs(0.05, 0.9), attention.getUpdater(), name);
            IUpdater bias = name.equals("sees") ? new Nesterovs(0.05, 0.9) : null;
            assertEquals(bias, attention.getBiasUpdater(), name);
        }
    }

    @Test
    void isSetOnAttentionLayersToo() {
        ComputationGraphConfiguration conf = Fusions.selfAttention(new Sgd(0.1));
        SelfAttentionLayer plain =
                (SelfAttentionLayer) Vertices.layerOf(conf.getVertices().get("mixed"));
        plain.setBiasUpdater(new Sgd(0.2));
        ComputationGraphConfiguration modulated = EVERYWHERE.modulate(conf);
        SelfAttentionLayer layer =
                (SelfAttentionLayer) Vertices.layerOf(modulated.getVertices().get("mixed"));
        assertEquals(new Nesterovs(0.05, 0.9), layer.getUpdater());
        assertEquals(new Nesterovs(0.05, 0.9), layer.getBiasUpdater());
    }

    @Test
    void leavesTheArgumentAsItIs() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(1e-3));
        String before = conf.toJson();
        ModulatedOptimizer.builder().updater(new Sgd(0.1)).build().modulate(conf);
        assertEquals(before, conf.toJson());
    }

    /** Wrappers, attention vertices and a layer that is frozen but lets gradients through. */
    private static ComputationGraphConfiguration network() {
        SelfAttentionLayer selfAttention =
                new SelfAttentionLayer.Builder().nOut(4).nHeads(2).projectInput(true).build();
        DenseLayer still = new DenseLayer.Builder().nIn(4).nOut(4).updater(new NoOp()).build();
        AttentionVertex attention =
                new AttentionVertex.Builder()
                        .nInKeys(3)
                        .nInQueries(3)
                        .nInValues(3)
                        .nOut(3)
                        .nHeads(1)
                        .projectInput(true)
                        .build();

        return Nets.base(new Adam(1e-3))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_rnn", new Bidirectional(Nets.lstm(2)), "audio")
                .addLayer("audio_attention", selfAttention, "audio_rnn")
                .addLayer("audio_pool", new GlobalPoolingLayer(), "audio_attention")
                .addLayer("audio_frozen", new FrozenLayerWithBackprop(still), "audio_pool")
                .addVertex("visual_attention", attention, "visual", "visual", "visual")
                .addLayer("visual_rnn", new LastTimeStep(Nets.lstm(3)), "visual_attention")
                .addLayer("visual_bn", new BatchNormalization(), "visual_rnn")
                .addVertex("concat", new MergeVertex(), "audio_frozen", "visual_bn")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(2), InputType.recurrent(3))
                .build();
    }

    private static MultiDataSet batch() {
        var random = new Random(1);
        return new MultiDataSet(
                new INDArray[] {
                    Nets.gaussian(random, EXAMPLES, 2, STEPS),
                    Nets.gaussian(random, EXAMPLES, 3, STEPS)
                },
                new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }
}
