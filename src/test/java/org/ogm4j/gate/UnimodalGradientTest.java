package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.OwnLosses;
import org.ogm4j.testing.UnimodalNets;

/**
 * The gradients of encoders with a unimodal signal are those of a network that has a loss for each
 * modality: head rows and zero-out.
 */
class UnimodalGradientTest {

    private static final int EXAMPLES = 6;
    private static final double GAMMA = 2.5;
    private static final IUpdater SGD = new Sgd(0.1);

    /** A network, a batch, and how the copies that stand for u alone differ from zero-out. */
    record Setting(
            String name,
            ComputationGraphConfiguration conf,
            ScoreSource source,
            Map<String, List<String>> ends,
            List<String> outputs,
            MultiDataSet batch,
            Consumer<OwnLosses> adjust) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        all.add(head("dense", Nets.dense(SGD), batch));
        all.add(head("dense, soft labels", Nets.dense(SGD), UnimodalNets.soft(batch)));
        all.add(head("dense, a masked example", Nets.dense(SGD), UnimodalNets.masked(batch)));
        all.add(
                head(
                        "sparse labels",
                        UnimodalNets.output(new LossSparseMCXENT()),
                        UnimodalNets.sparse(batch)));
        INDArray weights = Nd4j.createFromArray(1.0, 3, 0.2);
        all.add(head("class weights", UnimodalNets.output(new LossMCXENT(weights)), batch));
        all.add(head("images", UnimodalNets.images(), UnimodalNets.imageBatch()));
        all.add(head("sequences", UnimodalNets.sequences(), Nets.sequences(EXAMPLES, 4, 1)));
        all.add(head("masked steps", UnimodalNets.sequences(), UnimodalNets.maskedSteps()));
        all.add(head("transformers", UnimodalNets.transformers(), Fusions.tokenBatch(EXAMPLES, 1)));
        all.add(
                head(
                        "masked transformers",
                        UnimodalNets.transformers(),
                        UnimodalNets.maskedTokens()));
        for (int modalities = 3; modalities <= 4; modalities++) {
            all.add(
                    head(
                            modalities + " modalities",
                            UnimodalNets.many(modalities),
                            UnimodalNets.manyBatch(modalities)));
        }
        all.addAll(severalHeads(batch));
        all.addAll(zeroOuts(batch));
        return all.stream();
    }

    private static List<Setting> severalHeads(MultiDataSet batch) {
        List<Setting> all = new ArrayList<>();
        all.add(
                new Setting(
                        "two outputs",
                        UnimodalNets.twoOutputs(),
                        ScoreSource.head(),
                        ends(),
                        List.of("out", "out2"),
                        UnimodalNets.twoLabels(),
                        own -> {
                            share(own, "out", 2);
                            share(own, "out2", 2);
                        }));
        all.add(
                new Setting(
                        "sum of heads",
                        Nets.sum(),
                        ScoreSource.head(),
                        ends(),
                        List.of("out"),
                        batch,
                        own -> {
                            own.parameter("audio", "visual_head", "b").assign(0);
                            own.parameter("visual", "audio_head", "b").assign(0);
                        }));
        all.add(
                new Setting(
                        "probabilities from a dense layer",
                        UnimodalNets.probabilities(),
                        ScoreSource.head(),
                        ends(),
                        List.of("out"),
                        batch,
                        own -> share(own, "dense", 2)));
        return all;
    }

    private static List<Setting> zeroOuts(MultiDataSet batch) {
        List<Setting> all = new ArrayList<>();
        all.add(
                zeroOut(
                        "probabilities from a dense layer, zero-out",
                        UnimodalNets.probabilities(),
                        batch));
        Fusions.all(SGD)
                .forEach(
                        (name, conf) -> {
                            MultiDataSet own = Fusions.batchFor(name, EXAMPLES, 1);
                            if (name.equals("deep")) {
                                conf = UnimodalNets.deepWithDropout();
                            }
                            all.add(zeroOut(name + " by zero-out", conf, own));
                        });
        all.add(zeroOut("masked mean of an LSTM", UnimodalNets.mixed(), UnimodalNets.maskedMean()));
        all.add(
                zeroOut(
                        "4 modalities by zero-out",
                        UnimodalNets.many(4),
                        UnimodalNets.manyBatch(4)));
        all.add(
                new Setting(
                        "two outputs by zero-out",
                        UnimodalNets.twoOutputs(),
                        ScoreSource.zeroOut(),
                        ends(),
                        List.of("out", "out2"),
                        UnimodalNets.twoLabels(),
                        own -> {}));
        all.add(zeroOut("ActivationLayer that is read twice", UnimodalNets.readTwice(), batch));
        all.add(
                zeroOut(
                        "masked steps by zero-out",
                        UnimodalNets.sequences(),
                        UnimodalNets.maskedSteps()));
        ComputationGraphConfiguration cached = UnimodalNets.readTwice();
        cached.getVertices().values().forEach(UnimodalGradientTest::cache);
        all.add(zeroOut("cached activations", cached, batch));
        ComputationGraphConfiguration none = Fusions.recurrent(SGD);
        none.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        none.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        all.add(zeroOut("LSTM without workspaces", none, Fusions.tokenBatch(EXAMPLES, 1)));
        return all;
    }

    private static void cache(org.deeplearning4j.nn.conf.graph.GraphVertex vertex) {
        if (vertex instanceof org.deeplearning4j.nn.conf.graph.LayerVertex layer) {
            layer.getLayerConf().setCacheMode(CacheMode.DEVICE);
        }
    }

    private static Setting head(
            String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        Map<String, List<String>> ends = endsOf(conf);
        return new Setting(
                name,
                conf,
                ScoreSource.head(),
                ends,
                List.of("out"),
                batch,
                own -> ends.keySet().forEach(m -> share(own, m, "out", ends.size())));
    }

    private static Setting zeroOut(
            String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        return new Setting(
                name, conf, ScoreSource.zeroOut(), endsOf(conf), List.of("out"), batch, own -> {});
    }

    private static void share(OwnLosses own, String output, int modalities) {
        share(own, "audio", output, modalities);
        share(own, "visual", output, modalities);
    }

    private static void share(OwnLosses own, String modality, String output, int modalities) {
        own.parameter(modality, output, "b").divi(modalities);
    }

    private static Map<String, List<String>> ends() {
        return Map.of("audio", List.of("audio_fc"), "visual", List.of("visual_fc"));
    }

    /** By the names of their vertices. */
    private static Map<String, List<String>> endsOf(ComputationGraphConfiguration conf) {
        Map<String, List<String>> ends = new LinkedHashMap<>();
        for (String input : conf.getNetworkInputs()) {
            String end =
                    Stream.of("_mean", "_rnn", "_conv", "_fc")
                            .map(suffix -> input + suffix)
                            .filter(conf.getVertices()::containsKey)
                            .findFirst()
                            .orElseThrow();
            ends.put(input, List.of(end));
        }
        return ends;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areThoseOfANetworkWithALossForEachModality(Setting setting) {
        ComputationGraph plain = Nets.init(setting.conf());
        randomise(plain);
        OwnLosses losses =
                new OwnLosses(
                        plain,
                        setting.ends(),
                        OwnLosses.toAll(setting.ends().keySet(), setting.outputs()));
        setting.adjust().accept(losses);
        Map<String, INDArray> own = losses.gradients(setting.batch());
        Map<String, INDArray> joint = gradients(plain, setting.batch());
        Map<String, INDArray> sum = gradients(plain, setting, UnimodalSignal.sum(GAMMA));
        Map<String, INDArray> replaced = gradients(plain, setting, UnimodalSignal.replace(GAMMA));
        int encoders = 0;
        for (Map.Entry<String, INDArray> gradient : joint.entrySet()) {
            String name = gradient.getKey();
            if (isOfEncoder(plain, name, setting.ends())) {
                INDArray e = own.get(name).mul(GAMMA);
                close(gradient.getValue().add(e), sum.get(name), "sum, " + name);
                close(e, replaced.get(name), "replace, " + name);
                assertTrue(e.norm2Number().doubleValue() > 1e-6, name + " is not 0");
                encoders++;
            } else {
                Compare.same(gradient.getValue(), sum.get(name), "head, " + name);
                Compare.same(gradient.getValue(), replaced.get(name), "head, " + name);
            }
        }
        assertTrue(encoders >= 2 * setting.ends().size(), "parameters of encoders");
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        double size = Math.max(1, expected.normmaxNumber().doubleValue());
        Compare.close(expected, actual, 1e-10, 1e-12 * size, what);
    }

    private static boolean isOfEncoder(
            ComputationGraph graph, String parameter, Map<String, List<String>> ends) {
        String vertex = parameter.substring(0, parameter.lastIndexOf('_'));
        return ends.values().stream()
                .flatMap(List::stream)
                .anyMatch(end -> isUpstream(graph.getConfiguration(), vertex, end));
    }

    private static boolean isUpstream(
            ComputationGraphConfiguration conf, String vertex, String of) {
        return vertex.equals(of)
                || conf.getVertexInputs().getOrDefault(of, List.of()).stream()
                        .anyMatch(source -> isUpstream(conf, vertex, source));
    }

    private static Map<String, INDArray> gradients(
            ComputationGraph plain, Setting setting, UnimodalSignal signal) {
        ComputationGraph on =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .score(setting.source())
                        .unimodal(signal)
                        .build()
                        .modulate(plain);
        Map<String, INDArray> gradients = gradients(on, setting.batch());
        assertEquals(
                setting.ends().size(),
                ModulatedOptimizer.lastModulation(on).orElseThrow().modalities().size());
        Map<String, INDArray> again = gradients(on, setting.batch());
        gradients.forEach((name, g) -> Compare.same(g, again.get(name), "again " + name));
        return gradients;
    }

    private static Map<String, INDArray> gradients(ComputationGraph graph, MultiDataSet batch) {
        Nd4j.getRandom().setSeed(5);
        return Gradients.of(graph, batch);
    }

    /** So that no bias is 0. */
    private static void randomise(ComputationGraph graph) {
        Random random = new Random(3);
        graph.paramTable()
                .forEach(
                        (name, array) -> {
                            if (name.endsWith("_b")) {
                                array.assign(Nets.gaussian(random, array.shape()).mul(0.3));
                            }
                        });
    }
}
