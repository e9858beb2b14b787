package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.DroppedNets;
import org.ogm4j.testing.DroppedNets.Factors;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.UnimodalNets;

/**
 * With features dropped, value and gradients are those of a network that multiplies the features
 * with 0 or 1 / (1 - theta), and those of finite differences.
 */
class DropGradientTest {

    private static final int EXAMPLES = 6;
    private static final long SEED = 3;
    private static final double BASE_RATE = 0.4;
    private static final double LAMBDA = 0.9;
    private static final IUpdater SGD = new Sgd(0.1);

    /** A network, a batch, and the vertices that the encoder of each modality ends with. */
    record Setting(
            String name,
            ComputationGraphConfiguration conf,
            Map<String, List<String>> ends,
            MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }

        List<String> allEnds() {
            return ends.values().stream().flatMap(List::stream).toList();
        }
    }

    static Stream<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        all.add(setting("sum of heads", Nets.sum(), batch));
        all.add(setting("a masked example", Nets.dense(SGD), UnimodalNets.masked(batch)));
        all.add(setting("images", UnimodalNets.images(), UnimodalNets.imageBatch()));
        all.add(setting("sequences", UnimodalNets.sequences(), Nets.sequences(EXAMPLES, 4, 1)));
        all.add(setting("masked steps", UnimodalNets.sequences(), UnimodalNets.maskedSteps()));
        all.add(setting("mean of an LSTM", UnimodalNets.mixed(), UnimodalNets.maskedMean()));
        all.add(setting("transformers", UnimodalNets.transformers(), UnimodalNets.maskedTokens()));
        all.add(setting("two outputs", UnimodalNets.twoOutputs(), UnimodalNets.twoLabels()));
        all.add(setting("read twice", UnimodalNets.readTwice(), batch));
        all.add(setting("rows are steps", steps(), Nets.sequences(EXAMPLES, 4, 1)));
        all.add(setting("two ends", twoEnds(), batch));
        all.add(setting("dropout written over features", dropout(), batch));
        for (int modalities = 3; modalities <= 4; modalities++) {
            MultiDataSet many = UnimodalNets.manyBatch(modalities);
            all.add(setting(modalities + " modalities", UnimodalNets.many(modalities), many));
        }
        Fusions.all(SGD)
                .forEach(
                        (name, conf) ->
                                all.add(setting(name, conf, Fusions.batchFor(name, EXAMPLES, 1))));
        ComputationGraphConfiguration none = Fusions.film(SGD);
        none.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        none.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        all.add(setting("FiLM without workspaces", none, batch));
        ComputationGraphConfiguration cached = UnimodalNets.images();
        cached.getVertices().values().forEach(DropGradientTest::cache);
        all.add(setting("cached activations", cached, UnimodalNets.imageBatch()));
        return all.stream();
    }

    private static void cache(GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer) {
            layer.getLayerConf().setCacheMode(CacheMode.DEVICE);
        }
    }

    private static ComputationGraphConfiguration steps() {
        return Nets.sequenceOutput(
                        Nets.encoders()
                                .setInputTypes(
                                        org.deeplearning4j.nn.conf.inputs.InputType.recurrent(2),
                                        org.deeplearning4j.nn.conf.inputs.InputType.recurrent(3)),
                        "audio_fc",
                        "visual_fc")
                .build();
    }

    private static ComputationGraphConfiguration twoEnds() {
        return Fusions.classified(
                Nets.encoders(Nets.base(SGD))
                        .addLayer("audio_other", Nets.layer(2), "audio")
                        .addVertex(
                                "concat",
                                new MergeVertex(),
                                "audio_fc",
                                "visual_fc",
                                "audio_other"),
                "concat");
    }

    /** The last reader of the pictures' features has dropout, which DL4J may write over them. */
    private static ComputationGraphConfiguration dropout() {
        return Fusions.classified(
                Nets.encoders(Nets.base(SGD))
                        .addLayer("audio_value", Nets.layer(3), "audio_fc")
                        .addLayer(
                                "visual_value",
                                new DenseLayer.Builder().nOut(3).dropOut(0.6).build(),
                                "visual_fc")
                        .addVertex("added", Nets.add(), "audio_value", "visual_value"),
                "added");
    }

    private static Setting setting(
            String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        Map<String, List<String>> ends = new LinkedHashMap<>();
        for (String input : conf.getNetworkInputs()) {
            String end =
                    Stream.of("_mean", "_rnn", "_conv", "_fc")
                            .map(suffix -> input + suffix)
                            .filter(conf.getVertices()::containsKey)
                            .findFirst()
                            .orElseThrow();
            ends.put(input, new ArrayList<>(List.of(end)));
            if (conf.getVertices().containsKey(input + "_other")) {
                ends.get(input).add(input + "_other");
            }
        }
        return new Setting(name, conf, ends, batch);
    }

    private static ModulatedOptimizer optimizer(Setting setting) {
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .seed(SEED)
                        .dropFeatures(
                                PredictionModulation.opm(BASE_RATE, LAMBDA).withProbability(1));
        if (setting.name().startsWith("dropout")) {
            builder.score(ScoreSource.zeroOut())
                    .encoder("audio", "audio_fc")
                    .encoder("visual", "visual_fc");
        }
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areThoseOfANetworkThatMultipliesTheFeatures(Setting setting) {
        ComputationGraph plain = randomised(setting.conf());
        ComputationGraph on = optimizer(setting).modulate(plain);
        Map<String, INDArray> first = gradients(on, setting.batch());
        gradients(plain, setting.batch())
                .forEach((name, g) -> Compare.same(g, first.get(name), "first step, " + name));

        boolean dropped = false;
        for (int step = 1; step < 4; step++) {
            Map<String, ModalityStep> before =
                    ModulatedOptimizer.lastModulation(on).orElseThrow().modalities();
            on.getConfiguration().setIterationCount(step);
            Map<String, INDArray> features =
                    DroppedNets.features(plain, setting.batch(), setting.allEnds());
            Factors factors = factors(setting, step, before, features);
            MultiDataSet multiplied = multiplied(setting, factors, features);
            ComputationGraph explicit = DroppedNets.network(plain, setting.allEnds());
            Map<String, INDArray> expected = gradients(explicit, multiplied);
            Map<String, INDArray> actual = gradients(on, setting.batch());
            assertEquals(explicit.score(), on.score(), 1e-12 * explicit.score(), "value");
            expected.forEach((name, g) -> close(g, actual.get(name), name));
            // again: not with the ratios that the pass before has left
            gradients(on, setting.batch())
                    .forEach((name, g) -> Compare.same(actual.get(name), g, "again, " + name));
            Map<String, ModalityStep> now =
                    ModulatedOptimizer.lastModulation(on).orElseThrow().modalities();
            for (String modality : now.keySet()) {
                assertEquals(
                        before.get(modality).score(),
                        now.get(modality).score(),
                        "scores are of the features as they were");
                assertEquals(
                        factors.rates().get(modality), now.get(modality).dropRate(), 1e-15, "q");
                dropped |= factors.dropped(modality) > 0 && factors.dropped(modality) < EXAMPLES;
            }
        }
        assertTrue(dropped, "something is dropped");
    }

    /** So that no bias is 0, and one modality leads. */
    private static ComputationGraph randomised(ComputationGraphConfiguration conf) {
        ComputationGraph graph = Nets.init(conf);
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

    private static Factors factors(
            Setting setting,
            int step,
            Map<String, ModalityStep> before,
            Map<String, INDArray> features) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Long> widths = new LinkedHashMap<>();
        setting.ends()
                .forEach(
                        (modality, ends) -> {
                            ratios.put(modality, before.get(modality).ratio());
                            widths.put(
                                    modality,
                                    ends.stream().mapToLong(e -> features.get(e).length()).sum());
                        });
        return Factors.of(SEED, step, EXAMPLES, BASE_RATE, LAMBDA, ratios, widths);
    }

    private static MultiDataSet multiplied(
            Setting setting, Factors factors, Map<String, INDArray> features) {
        Map<String, double[]> ofEnds = new LinkedHashMap<>();
        setting.ends()
                .forEach(
                        (modality, ends) ->
                                ends.forEach(
                                        e -> ofEnds.put(e, factors.byModality().get(modality))));
        return DroppedNets.batch(setting.batch(), features, ofEnds);
    }

    private static Map<String, INDArray> gradients(ComputationGraph graph, MultiDataSet batch) {
        Nd4j.getRandom().setSeed(5);
        return Gradients.of(graph, batch);
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        double size = Math.max(1, expected.normmaxNumber().doubleValue());
        Compare.close(expected, actual, 1e-12, 1e-12 * size, what);
    }

    // DL4J's gradient check insists on double as the default type
    @BeforeEach
    void defaultToDouble() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterEach
    void defaultToFloat() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areThoseOfFiniteDifferences(Setting setting) {
        if (setting.name().startsWith("dropout")
                || setting.name().equals("deep")
                || setting.name().endsWith("attention")
                || setting.name().equals("transformers")) {
            return; // dropout moves, and DL4J doubles the error signal of SameDiff layers
        }
        setting.conf()
                .getVertices()
                .values()
                .forEach(vertex -> org.ogm4j.host.Updaters.replace(vertex, own -> new NoOp()));
        ComputationGraph graph = optimizer(setting).modulate(randomised(setting.conf()));
        MultiDataSet batch = setting.batch();
        gradients(graph, batch);
        graph.getConfiguration().setIterationCount(1);
        GradientCheckUtil.GraphConfig check =
                new GradientCheckUtil.GraphConfig()
                        .net(graph)
                        .inputs(batch.getFeatures())
                        .labels(batch.getLabels())
                        .inputMask(batch.getFeaturesMaskArrays())
                        .labelMask(batch.getLabelsMaskArrays())
                        .epsilon(1e-6)
                        .maxRelError(1e-5)
                        .minAbsoluteError(1e-9)
                        .subset(true)
                        .maxPerParam(10);
        assertTrue(GradientCheckUtil.checkGradients(check));
        assertTrue(
                ModulatedOptimizer.lastModulation(graph)
                        .orElseThrow()
                        .modalities()
                        .values()
                        .stream()
                        .anyMatch(step -> step.dropRate() > 0));
    }
}
