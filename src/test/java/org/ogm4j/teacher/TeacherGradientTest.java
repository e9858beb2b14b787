package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.FeatureLosses;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.OwnLosses;
import org.ogm4j.testing.UnimodalNets;

/**
 * The gradients of encoders with teachers are those of a network that is built with the teachers'
 * features as inputs and a loss more for each, or with their predictions as labels of one.
 */
class TeacherGradientTest {

    private static final int EXAMPLES = 6;
    private static final double LAMBDA = 2.5;
    private static final double MU = 0.7;
    private static final Sgd SGD = new Sgd(0.1);

    /** A network, where its logits come from, and a batch. */
    record Setting(
            String name,
            ComputationGraphConfiguration conf,
            ScoreSource source,
            MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }

        Map<String, String> ends() {
            Map<String, String> ends = new LinkedHashMap<>();
            for (String input : conf.getNetworkInputs()) {
                ends.put(
                        input,
                        Stream.of("_mean", "_rnn", "_conv", "_fc")
                                .map(suffix -> input + suffix)
                                .filter(conf.getVertices()::containsKey)
                                .findFirst()
                                .orElseThrow());
            }
            return ends;
        }

        ModulatedOptimizer.Builder builder() {
            return ModulatedOptimizer.builder()
                    .rule(ratio -> 1)
                    .noise(GradientNoise.none())
                    .score(source);
        }

        Map<String, ComputationGraph> teachers() {
            Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
            for (String modality : conf.getNetworkInputs()) {
                ComputationGraph teacher = Nets.init(builder().build().unimodal(conf, modality));
                randomise(teacher, 17);
                teachers.put(modality, teacher);
            }
            return teachers;
        }
    }

    static Stream<Setting> settings() {
        ScoreSource head = ScoreSource.head();
        ScoreSource zeroOut = ScoreSource.zeroOut();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        ComputationGraphConfiguration none = UnimodalNets.sequences();
        none.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        none.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        MultiDataSet steps = Nets.sequences(EXAMPLES, 4, 1);
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("dense", Nets.dense(SGD), head, batch));
        all.add(new Setting("dense by zero-out", Nets.dense(SGD), zeroOut, batch));
        all.add(new Setting("one example", Nets.dense(SGD), head, Nets.batch(1, 1)));
        all.add(new Setting("film by zero-out", Fusions.film(SGD), zeroOut, batch));
        all.add(new Setting("images", UnimodalNets.images(), head, UnimodalNets.imageBatch()));
        all.add(new Setting("flattened images", flattened(), head, UnimodalNets.imageBatch()));
        all.add(new Setting("steps", UnimodalNets.sequences(), head, steps));
        all.add(new Setting("steps without workspaces", none, head, steps));
        all.add(
                new Setting(
                        "masked steps",
                        UnimodalNets.sequences(),
                        head,
                        UnimodalNets.maskedSteps()));
        all.add(
                new Setting(
                        "masked steps by zero-out",
                        UnimodalNets.sequences(),
                        zeroOut,
                        UnimodalNets.maskedSteps()));
        all.add(
                new Setting(
                        "masked mean of an LSTM",
                        UnimodalNets.mixed(),
                        zeroOut,
                        UnimodalNets.maskedMean()));
        all.add(
                new Setting(
                        "masked transformers",
                        UnimodalNets.transformers(),
                        head,
                        UnimodalNets.maskedTokens()));
        all.add(
                new Setting(
                        "tokens",
                        Fusions.selfAttention(SGD),
                        zeroOut,
                        Fusions.tokenBatch(EXAMPLES, 1)));
        all.add(new Setting("3 modalities", UnimodalNets.many(3), head, UnimodalNets.manyBatch(3)));
        all.add(
                new Setting(
                        "4 modalities by zero-out",
                        UnimodalNets.many(4),
                        zeroOut,
                        UnimodalNets.manyBatch(4)));
        return all.stream();
    }

    /** What stands between convolution and dense layer asks the network for its batch size. */
    private static ComputationGraphConfiguration flattened() {
        return Nets.base(SGD)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_1", new ConvolutionLayer.Builder(2, 2).nOut(2).build(), "audio")
                .addLayer("audio_fc", Nets.layer(4), "audio_1")
                .addLayer("visual_1", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "visual")
                .addLayer("visual_fc", Nets.layer(5), "visual_1")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(4, 5, 1), InputType.convolutional(4, 5, 2))
                .build();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void ofFeatures(Setting setting) {
        ComputationGraph plain = student(setting);
        Map<String, ComputationGraph> teachers = setting.teachers();
        Map<String, String> ends = setting.ends();
        Map<String, INDArray> features = new LinkedHashMap<>();
        teachers.forEach(
                (modality, teacher) ->
                        features.put(
                                modality,
                                said(setting, modality, teacher).get(ends.get(modality))));
        Map<String, INDArray> own =
                new FeatureLosses(plain, ends, features).gradients(setting.batch(), features);
        check(setting, plain, teachers, Distillation.features(LAMBDA), own, LAMBDA);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void ofLogits(Setting setting) {
        ComputationGraph plain = student(setting);
        Map<String, ComputationGraph> teachers = setting.teachers();
        Map<String, INDArray> own = ofLogits(setting, plain, plain, teachers);
        check(setting, plain, teachers, Distillation.logits(MU), own, MU);
    }

    static Stream<Setting> sparse() {
        MultiDataSet batch = UnimodalNets.sparse(Nets.batch(EXAMPLES, 1));
        ComputationGraphConfiguration conf = UnimodalNets.output(new LossSparseMCXENT());
        return Stream.of(
                new Setting("head rows", conf, ScoreSource.head(), batch),
                new Setting("zero-out", conf, ScoreSource.zeroOut(), batch));
    }

    /** An index cannot be a prediction: judged as one-hot labels would be. */
    @ParameterizedTest
    @MethodSource("sparse")
    void ofLogitsOfSparseLabels(Setting setting) {
        ComputationGraph plain = student(setting);
        ComputationGraph oneHot = Nets.init(UnimodalNets.output(new LossMCXENT()));
        oneHot.setParams(plain.params());
        Map<String, ComputationGraph> teachers = setting.teachers();
        Map<String, INDArray> own = ofLogits(setting, plain, oneHot, teachers);
        check(setting, plain, teachers, Distillation.logits(MU), own, MU);
    }

    /** Both together are the sum. */
    @ParameterizedTest
    @MethodSource("settings")
    void ofBothAreTheSum(Setting setting) {
        ComputationGraph plain = student(setting);
        Map<String, ComputationGraph> teachers = setting.teachers();
        Map<String, INDArray> joint = gradients(plain, setting.batch());
        Distillation features = Distillation.features(LAMBDA);
        Map<String, INDArray> one = taught(setting, plain, teachers, features);
        Map<String, INDArray> other = taught(setting, plain, teachers, Distillation.logits(MU));
        Map<String, INDArray> both = taught(setting, plain, teachers, features.andLogits(MU));
        joint.forEach(
                (name, g) ->
                        close(one.get(name).add(other.get(name)).sub(g), both.get(name), name));
    }

    /** The gradients of the modalities' own losses, with predictions for labels. */
    private static Map<String, INDArray> ofLogits(
            Setting setting,
            ComputationGraph plain,
            ComputationGraph explicit,
            Map<String, ComputationGraph> teachers) {
        Map<String, INDArray> sum = new LinkedHashMap<>();
        for (Map.Entry<String, String> end : setting.ends().entrySet()) {
            String modality = end.getKey();
            INDArray predictions = said(setting, modality, teachers.get(modality)).get("out");
            OwnLosses losses =
                    new OwnLosses(
                            explicit,
                            Map.of(modality, List.of(end.getValue())),
                            Map.of(modality, List.of("out")),
                            setting.ends().values());
            if (setting.source().kind() == ScoreSource.Kind.HEAD) {
                losses.parameter(modality, "out", "b").divi(setting.ends().size());
            }
            MultiDataSet soft =
                    new MultiDataSet(
                            setting.batch().getFeatures(),
                            new INDArray[] {predictions},
                            setting.batch().getFeaturesMaskArrays(),
                            setting.batch().getLabelsMaskArrays());
            losses.gradients(soft).forEach((name, g) -> sum.merge(name, g, INDArray::add));
        }
        sum.keySet().retainAll(plain.paramTable().keySet());
        return sum;
    }

    private static void check(
            Setting setting,
            ComputationGraph plain,
            Map<String, ComputationGraph> teachers,
            Distillation distillation,
            Map<String, INDArray> own,
            double weight) {
        Map<String, INDArray> joint = gradients(plain, setting.batch());
        Map<String, INDArray> actual = taught(setting, plain, teachers, distillation);
        int encoders = 0;
        for (Map.Entry<String, INDArray> gradient : joint.entrySet()) {
            String name = gradient.getKey();
            if (isOfEncoder(setting, name)) {
                INDArray e = own.get(name).mul(weight);
                close(gradient.getValue().add(e), actual.get(name), name);
                assertTrue(e.norm2Number().doubleValue() > 1e-6, name + " is not 0");
                encoders++;
            } else {
                Compare.same(gradient.getValue(), actual.get(name), "head, " + name);
            }
        }
        assertTrue(encoders >= 2 * setting.ends().size(), "parameters of encoders");
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        double size = Math.max(1, expected.normmaxNumber().doubleValue());
        Compare.close(expected, actual, 1e-10, 1e-12 * size, what);
    }

    private static boolean isOfEncoder(Setting setting, String parameter) {
        String vertex = parameter.substring(0, parameter.lastIndexOf('_'));
        return setting.ends().values().stream()
                .anyMatch(end -> isUpstream(setting.conf(), vertex, end));
    }

    private static boolean isUpstream(
            ComputationGraphConfiguration conf, String vertex, String of) {
        return vertex.equals(of)
                || conf.getVertexInputs().getOrDefault(of, List.of()).stream()
                        .anyMatch(source -> isUpstream(conf, vertex, source));
    }

    /** All activations of a teacher, as DL4J itself computes them. */
    private static Map<String, INDArray> said(
            Setting setting, String modality, ComputationGraph teacher) {
        int input = setting.conf().getNetworkInputs().indexOf(modality);
        INDArray[] masks = setting.batch().getFeaturesMaskArrays();
        teacher.setLayerMaskArrays(masks == null ? null : new INDArray[] {masks[input]}, null);
        return teacher.feedForward(
                new INDArray[] {setting.batch().getFeatures(input).dup()}, false);
    }

    private static Map<String, INDArray> taught(
            Setting setting,
            ComputationGraph plain,
            Map<String, ComputationGraph> teachers,
            Distillation distillation) {
        ModulatedOptimizer.Builder builder = setting.builder();
        teachers.forEach((modality, teacher) -> builder.teacher(modality, teacher, distillation));
        ComputationGraph on = builder.build().modulate(plain);
        Map<String, INDArray> gradients = gradients(on, setting.batch());
        Map<String, INDArray> again = gradients(on, setting.batch());
        gradients.forEach((name, g) -> Compare.same(g, again.get(name), "again " + name));
        return gradients;
    }

    private static Map<String, INDArray> gradients(ComputationGraph graph, MultiDataSet batch) {
        Nd4j.getRandom().setSeed(5);
        return Gradients.of(graph, batch);
    }

    private static ComputationGraph student(Setting setting) {
        ComputationGraph plain = Nets.init(VertexCopy.of(setting.conf()));
        randomise(plain, 3);
        return plain;
    }

    /** So that no two networks are the same, and no bias is 0. */
    private static void randomise(ComputationGraph graph, long seed) {
        Random random = new Random(seed);
        graph.paramTable()
                .forEach(
                        (name, array) -> array.addi(Nets.gaussian(random, array.shape()).mul(0.2)));
    }
}
