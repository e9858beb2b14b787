package org.ogm4j.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.Wrapper;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.OwnLosses;
import org.ogm4j.testing.UnimodalNets;

/**
 * The gradients of encoders with the signal of a head of their own, a probe's or a named one, are
 * those of a network that has these heads as outputs.
 */
class UnimodalProbeTest {

    private static final int EXAMPLES = 6;
    private static final double GAMMA = 2.5;

    /** A network with probes, and a batch for it. */
    record Setting(
            String name,
            ComputationGraphConfiguration conf,
            ScoreSource source,
            MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        ScoreSource probe = ScoreSource.probe();
        DenseLayer hidden = new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build();
        ComputationGraphConfiguration none = Nets.dense();
        none.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        none.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        return Stream.of(
                new Setting("dense", Nets.dense(), probe, batch),
                new Setting("dense without workspaces", none, probe, batch),
                new Setting("a hidden layer", Nets.dense(), probe.through(hidden), batch),
                new Setting("film", Fusions.film(new Sgd(0.1)), probe, batch),
                new Setting("images", UnimodalNets.images(), probe, UnimodalNets.imageBatch()),
                new Setting(
                        "images through a convolution",
                        UnimodalNets.images(),
                        probe.through(new ConvolutionLayer.Builder(2, 2).nOut(2).build()),
                        UnimodalNets.imageBatch()),
                new Setting(
                        "steps", UnimodalNets.sequences(), probe, Nets.sequences(EXAMPLES, 4, 1)),
                new Setting(
                        "steps through an LSTM",
                        UnimodalNets.sequences(),
                        probe.through(new LSTM.Builder().nOut(3).build()),
                        UnimodalNets.maskedSteps()),
                new Setting(
                        "masked tokens",
                        transformers(),
                        probe,
                        Fusions.maskedTokenBatch(EXAMPLES, 1)),
                new Setting("four modalities", four(), probe, fourBatch()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areThoseOfANetworkWithTheSameHeads(Setting setting) {
        ComputationGraph sum = modulated(setting, UnimodalSignal.sum(GAMMA));
        ComputationGraph replaced = modulated(setting, UnimodalSignal.replace(GAMMA));
        replaced.setParams(sum.params());
        ComputationGraph plain = ModulatedOptimizer.strip(sum);
        Map<String, INDArray> joint = Gradients.of(plain, setting.batch());
        Map<String, INDArray> own = Gradients.of(withHeads(sum), repeated(sum, setting.batch()));
        Map<String, INDArray> both = Gradients.of(sum, setting.batch());
        Map<String, INDArray> alone = Gradients.of(replaced, setting.batch());
        int different = 0;
        for (Map.Entry<String, INDArray> gradient : joint.entrySet()) {
            String name = gradient.getKey();
            INDArray e = own.get(name).sub(gradient.getValue()).mul(GAMMA);
            close(gradient.getValue().add(e), both.get(name), "sum, " + name);
            if (e.normmaxNumber().doubleValue() > 1e-9) {
                different++;
                close(e, alone.get(name), "replace, " + name);
            } else {
                Compare.same(gradient.getValue(), alone.get(name), "head, " + name);
            }
        }
        assertTrue(different >= 4, "parameters of encoders");
        for (Map.Entry<String, INDArray> gradient : both.entrySet()) {
            if (gradient.getKey().startsWith("probe-")) {
                close(own.get(gradient.getKey()), gradient.getValue(), gradient.getKey());
            }
        }
    }

    /** An output of a modality's own teaches its encoder already: its signal counts once more. */
    @Test
    void namedHeads() {
        ComputationGraph plain = Nets.init(withOutputs());
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray labels = batch.getLabels(0);
        batch.setLabels(new INDArray[] {labels, labels, labels});
        OwnLosses losses =
                new OwnLosses(
                        plain,
                        Map.of("audio", List.of("audio_fc"), "visual", List.of("visual_fc")),
                        Map.of("audio", List.of("audio_out"), "visual", List.of("visual_out")));
        Map<String, INDArray> own = losses.gradients(batch);
        Map<String, INDArray> joint = Gradients.of(plain, batch);
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder()
                        .head("audio", "audio_out")
                        .head("visual", "visual_out")
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none());
        ComputationGraph sum = builder.unimodal(UnimodalSignal.sum(GAMMA)).build().modulate(plain);
        ComputationGraph replaced =
                builder.unimodal(UnimodalSignal.replace(GAMMA)).build().modulate(plain);
        Map<String, INDArray> both = Gradients.of(sum, batch);
        Map<String, INDArray> alone = Gradients.of(replaced, batch);
        for (String name : List.of("audio_fc_W", "audio_fc_b", "visual_fc_W", "visual_fc_b")) {
            INDArray e = own.get(name).mul(GAMMA);
            close(joint.get(name).add(e), both.get(name), "sum, " + name);
            close(e, alone.get(name), "replace, " + name);
        }
        Compare.same(joint.get("audio_out_W"), both.get("audio_out_W"), "head");
    }

    /** The way to an output that is the modality's own is not cut: its signal is unimodal. */
    @Test
    void anOutputOfItsOwnThatIsNoHeadGoesOnTeaching() {
        ComputationGraph plain = Nets.init(withOutputs());
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray labels = batch.getLabels(0);
        batch.setLabels(new INDArray[] {labels, labels, labels});
        ComputationGraph replaced =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .unimodal(UnimodalSignal.replace(GAMMA))
                        .build()
                        .modulate(plain);
        Map<String, List<String>> ends =
                Map.of("audio", List.of("audio_fc"), "visual", List.of("visual_fc"));
        OwnLosses rows = new OwnLosses(plain, ends, OwnLosses.toAll(ends.keySet(), List.of("out")));
        rows.parameter("audio", "out", "b").divi(2);
        rows.parameter("visual", "out", "b").divi(2);
        Map<String, INDArray> fromRows = rows.gradients(batch);
        Map<String, INDArray> fromOutputs =
                new OwnLosses(
                                plain,
                                ends,
                                Map.of(
                                        "audio",
                                        List.of("audio_out"),
                                        "visual",
                                        List.of("visual_out")))
                        .gradients(batch);
        Map<String, INDArray> actual = Gradients.of(replaced, batch);
        for (String name : List.of("audio_fc_W", "visual_fc_W")) {
            INDArray expected = fromRows.get(name).mul(GAMMA).add(fromOutputs.get(name));
            close(expected, actual.get(name), name);
        }
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        double size = Math.max(1, expected.normmaxNumber().doubleValue());
        Compare.close(expected, actual, 1e-10, 1e-12 * size, what);
    }

    private static ComputationGraph modulated(Setting setting, UnimodalSignal signal) {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(ratio -> 1)
                                .noise(GradientNoise.none())
                                .score(setting.source())
                                .unimodal(signal)
                                .build()
                                .modulate(setting.conf()));
        Random random = new Random(3);
        graph.paramTable()
                .forEach(
                        (name, array) -> {
                            if (name.endsWith("_b")) {
                                array.assign(Nets.gaussian(random, array.shape()).mul(0.3));
                            }
                        });
        return graph;
    }

    /** The plain network, with the layers of the probes as layers of its own. */
    private static ComputationGraph withHeads(ComputationGraph probed) {
        ComputationGraphConfiguration conf = ModulatedOptimizer.strip(probed).getConfiguration();
        List<String> outputs = new ArrayList<>(conf.getNetworkOutputs());
        for (Map.Entry<String, GraphVertex> vertex :
                probed.getConfiguration().getVertices().entrySet()) {
            String name = vertex.getKey();
            if (name.startsWith("probe-")) {
                conf.getVertices().put(name, Wrapper.plainOf(vertex.getValue().clone()));
                conf.getVertexInputs()
                        .put(name, probed.getConfiguration().getVertexInputs().get(name));
                if (!name.endsWith("-mean") && !name.matches(".*-\\d+")) {
                    outputs.add(name);
                }
            }
        }
        conf.setNetworkOutputs(outputs);
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        ComputationGraph graph = Nets.init(conf);
        graph.paramTable().forEach((name, array) -> array.assign(probed.getParam(name)));
        assertEquals(
                probed.getConfiguration().getNetworkInputs().size() + 1,
                graph.getConfiguration().getNetworkOutputs().size());
        return graph;
    }

    private static MultiDataSet repeated(ComputationGraph graph, MultiDataSet batch) {
        int outputs = graph.getConfiguration().getNetworkInputs().size() + 1;
        INDArray[] labels = new INDArray[outputs];
        Arrays.fill(labels, batch.getLabels(0));
        INDArray[] masks = null;
        if (batch.getLabelsMaskArrays() != null) {
            masks = new INDArray[outputs];
            Arrays.fill(masks, batch.getLabelsMaskArrays()[0]);
        }
        return new MultiDataSet(batch.getFeatures(), labels, batch.getFeaturesMaskArrays(), masks);
    }

    private static ComputationGraphConfiguration withOutputs() {
        return Nets.encoders(Nets.base(new Sgd(0.1)))
                .addLayer("audio_out", Nets.output(), "audio_fc")
                .addLayer("visual_out", Nets.output(), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("audio_out", "visual_out", "out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static ComputationGraphConfiguration transformers() {
        GraphBuilder builder = Fusions.tokens(new Sgd(0.1));
        for (String modality : new String[] {"audio", "visual"}) {
            builder.addLayer(modality + "_mixed", Fusions.attention(), modality + "_fc")
                    .addLayer(
                            modality + "_pool",
                            new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                            modality + "_mixed")
                    .addLayer(
                            modality + "_end",
                            new DenseLayer.Builder().nIn(4).nOut(4).build(),
                            modality + "_pool");
        }
        OutputLayer output = Nets.output();
        output.setNIn(8);
        return builder.addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                .addLayer("out", output, "concat")
                .setOutputs("out")
                .build();
    }

    private static ComputationGraphConfiguration four() {
        GraphBuilder builder = Nets.base(new Sgd(0.1)).graphBuilder().addInputs("a", "b", "c", "d");
        Map<String, String> ends = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c", "d")) {
            ends.put(name, name + "_fc");
            builder.addLayer(name + "_fc", new DenseLayer.Builder().nOut(3).build(), name);
        }
        InputType type = InputType.feedForward(2);
        return builder.addVertex("concat", new MergeVertex(), ends.values().toArray(String[]::new))
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(type, type, type, type)
                .build();
    }

    private static MultiDataSet fourBatch() {
        Random random = new Random(1);
        INDArray[] features = new INDArray[4];
        for (int u = 0; u < 4; u++) {
            features[u] = Nets.gaussian(random, EXAMPLES, 2);
        }
        return new MultiDataSet(
                features, new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }
}
