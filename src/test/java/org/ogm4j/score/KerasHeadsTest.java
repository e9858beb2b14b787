package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Heads of which the loss layer is not the layer with the weights, as Keras import has them. */
class KerasHeadsTest {

    private static final int EXAMPLES = 6;

    /** All of them are {@code softmax(x W + b)} with cross-entropy after a concatenation. */
    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of("axis -1, Dense(softmax), LossLayer(identity)", head(-1, softmax())),
                Arguments.of("Dense(softmax), LossLayer(identity)", head(1, softmax())),
                Arguments.of(
                        "Dense, ActivationLayer(softmax), LossLayer(identity)",
                        classified(
                                concatenated(1, new Sgd(0.1))
                                        .addLayer("head", Nets.linear(), "concat")
                                        .addLayer(
                                                "probabilities",
                                                new ActivationLayer(Activation.SOFTMAX),
                                                "head"),
                                "probabilities",
                                identity())),
                Arguments.of(
                        "Dense, LossLayer(softmax)",
                        classified(
                                concatenated(1, new Sgd(0.1))
                                        .addLayer("head", Nets.linear(), "concat"),
                                "head",
                                Nets.loss())),
                Arguments.of(
                        "dropout on both sides",
                        classified(
                                concatenated(-1, new Sgd(0.1))
                                        .addLayer("dropped", new DropoutLayer(0.999), "concat")
                                        .addLayer("head", softmax(), "dropped"),
                                "head",
                                identity())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void areSplitLikeAConcatenationInFrontOfAnOutputLayer(
            String name, ComputationGraphConfiguration conf) {
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, count(described, "rows of head.W"), described);
        assertScoresOfRows(conf, "head", ModulatedOptimizer.builder());
        ComputationGraph zeroOut = ByHand.modulated(conf, zeroOut());
        assertZeroOut(zeroOut, "head");
    }

    @Test
    void theLastAxisInFrontOfAnOutputLayer() {
        ComputationGraphConfiguration conf =
                concatenated(-1, new Sgd(0.1))
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, count(described, "rows of out.W"), described);
        assertScoresOfRows(conf, "out", ModulatedOptimizer.builder());
    }

    /** A hidden layer in between: no rows of one modality. */
    @Test
    void deepOnesAreScoredByTheirProbabilities() {
        ComputationGraphConfiguration conf =
                classified(
                        concatenated(-1, new Sgd(0.1))
                                .addLayer(
                                        "hidden",
                                        new DenseLayer.Builder().nOut(5).build(),
                                        "concat")
                                .addLayer("head", softmax(), "hidden"),
                        "head",
                        identity());
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, count(described, "zero-out at out (its head after \"hidden\""), described);
        ComputationGraph graph = ByHand.modulated(conf, ModulatedOptimizer.builder());
        assertZeroOut(graph, "head");
    }

    @Test
    void sumsOfHeadsInFrontOfASoftmax() {
        ComputationGraphConfiguration conf =
                classified(
                        Nets.heads(
                                        Nets.encoders(Nets.base(new Sgd(0.1))),
                                        new ElementWiseVertex(ElementWiseVertex.Op.Add),
                                        "audio_fc",
                                        "visual_fc")
                                .addLayer(
                                        "probabilities",
                                        new ActivationLayer(Activation.SOFTMAX),
                                        "fusion")
                                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6)),
                        "probabilities",
                        identity());
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, count(described, "(sum)"), described);
        ComputationGraph graph = ByHand.modulated(conf, ModulatedOptimizer.builder());
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, double[][]> x = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        for (String modality : List.of("audio", "visual")) {
            ByHand.assertScore(
                    graph,
                    modality,
                    ByHand.softmaxScore(
                            x.get(modality + "_fc"),
                            ByHand.matrix(graph.getParam(modality + "_head_W")),
                            0,
                            graph.getParam(modality + "_head_b").toDoubleVector(),
                            1,
                            ByHand.classes(batch.getLabels(0))));
        }
    }

    /** The layer in front of a modality's own loss layer is no encoder, so k does not act on it. */
    @Test
    void asAModalitysOwnOutputTheyAreNoEncoder() {
        ComputationGraphConfiguration conf = auxiliary(new Sgd(0.1));
        String described = ModulatedOptimizer.builder().build().describe(conf);
        List<String> encoders =
                described
                        .lines()
                        .filter(line -> line.contains("|"))
                        .skip(1)
                        .map(line -> line.split("\\|", -1)[2].strip())
                        .toList();
        assertEquals(List.of("audio_fc", "visual_fc"), encoders, described);
        MultiDataSet single = Nets.batch(EXAMPLES, 1);
        MultiDataSet batch =
                new MultiDataSet(
                        single.getFeatures(),
                        new INDArray[] {single.getLabels(0), single.getLabels(0)});
        ModulatedOptimizer half =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 0.5)
                        .noise(org.ogm4j.GradientNoise.none())
                        .build();
        Map<String, INDArray> plain = Gradients.of(Nets.init(conf), batch);
        Map<String, INDArray> modulated = Gradients.of(Nets.init(half.modulate(conf)), batch);
        Compare.close(plain.get("aside_head_W"), modulated.get("aside_head_W"), 1e-12, 0, "head");
        Compare.close(
                plain.get("audio_fc_W").mul(0.5), modulated.get("audio_fc_W"), 1e-12, 0, "encoder");
    }

    /** By either of its names; the labels are its own output's. */
    @Test
    void asAModalitysOwnOutputTheyMayBeNamed() {
        for (String named : List.of("aside", "aside_head")) {
            ComputationGraphConfiguration conf = auxiliary(new Sgd(0.1));
            ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().head("audio", named);
            String described = builder.build().describe(conf);
            assertTrue(described.contains("head aside_head.W, b, labels of aside"), described);
            ComputationGraph graph = ByHand.modulated(conf, builder);
            MultiDataSet single = Nets.batch(EXAMPLES, 1);
            INDArray other = Nets.labels(EXAMPLES, new java.util.Random(8), DataType.DOUBLE);
            MultiDataSet batch =
                    new MultiDataSet(
                            single.getFeatures(), new INDArray[] {single.getLabels(0), other});
            Map<String, double[][]> x = ByHand.features(graph, batch, "audio_fc");
            ByHand.assertScore(
                    graph,
                    "audio",
                    ByHand.softmaxScore(
                            x.get("audio_fc"),
                            ByHand.matrix(graph.getParam("aside_head_W")),
                            0,
                            graph.getParam("aside_head_b").toDoubleVector(),
                            1,
                            ByHand.classes(other)));
        }
    }

    /** A probe is judged by probabilities of its own, not by its logits taken for them. */
    @Test
    void probesLearnWithTheSoftmaxOfTheHead() {
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder().score(ScoreSource.probe());
        ComputationGraph graph = ByHand.modulated(head(-1, softmax()), builder);
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, double[][]> x = ByHand.features(graph, batch, "audio_fc");
        ByHand.assertScore(
                graph,
                "audio",
                ByHand.softmaxScore(
                        x.get("audio_fc"),
                        ByHand.matrix(graph.getParam("probe-audio_W")),
                        0,
                        graph.getParam("probe-audio_b").toDoubleVector(),
                        1,
                        ByHand.classes(batch.getLabels(0))));
        double before = ByHand.score(graph, "audio");
        for (int step = 0; step < 30; step++) {
            graph.fit(batch);
        }
        assertTrue(ByHand.score(graph, "audio") > before + 0.05);
    }

    /** Without softmax in its loss layer the network itself takes the mask of one example. */
    @Test
    void probesTakeTheMaskOfOneExample() {
        ModulatedOptimizer probes = ModulatedOptimizer.builder().score(ScoreSource.probe()).build();
        for (int mask : new int[] {0, 1}) {
            ComputationGraph graph = Nets.init(probes.modulate(head(-1, softmax())));
            INDArray before = graph.getVertex("probe-audio").params().dup();
            MultiDataSet batch = Nets.batch(1, 3);
            batch.setLabelsMaskArray(new INDArray[] {Nd4j.ones(DataType.DOUBLE, 1, 1).muli(mask)});
            graph.fit(batch);
            assertEquals(
                    mask == 1, Compare.differ(before, graph.getVertex("probe-audio").params()));
        }
    }

    /** p follows the columns of the layer with the weights. */
    @Test
    void theAdamVariantReadsTheirWeights() {
        ComputationGraphConfiguration keras = head(-1, softmax(), new Adam(0.01));
        ComputationGraphConfiguration usual =
                concatenated(1, new Adam(0.01))
                        .addLayer("head", Nets.output(), "concat")
                        .setOutputs("head")
                        .build();
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().noise(org.ogm4j.GradientNoise.none()).build();
        ComputationGraph a = Nets.init(optimizer.modulate(keras));
        ComputationGraph b = Nets.init(optimizer.modulate(usual));
        b.setParams(a.params());
        for (int step = 0; step < 4; step++) {
            a.fit(Nets.batch(EXAMPLES, step));
            b.fit(Nets.batch(EXAMPLES, step));
        }
        Compare.close(b.params(), a.params(), 1e-6, 1e-9, "parameters");
        assertEquals(
                ModulatedOptimizer.lastModulation(b)
                        .orElseThrow()
                        .modalities()
                        .get("audio")
                        .momentCoefficient(),
                ModulatedOptimizer.lastModulation(a)
                        .orElseThrow()
                        .modalities()
                        .get("audio")
                        .momentCoefficient(),
                1e-6);
    }

    @Test
    void jsonKeepsWhatMakesPredictions() {
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder().build().modulate(head(-1, softmax()));
        assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
        assertTrue(conf.toJson().contains("ActivationSoftmax"));
    }

    /** Two activations, one after the other, are no softmax of logits: nothing is split. */
    @Test
    void aSoftmaxOfASoftmaxIsNotSplit() {
        ComputationGraphConfiguration conf =
                classified(
                        concatenated(1, new Sgd(0.1)).addLayer("head", softmax(), "concat"),
                        "head",
                        Nets.loss());
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, count(described, "zero-out at out"), described);
    }

    private static void assertScoresOfRows(
            ComputationGraphConfiguration conf, String head, ModulatedOptimizer.Builder builder) {
        ComputationGraph graph = ByHand.modulated(conf, builder);
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, double[][]> x = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        double[][] w = ByHand.matrix(graph.getParam(head + "_W"));
        double[] b = graph.getParam(head + "_b").toDoubleVector();
        int[] labels = ByHand.classes(batch.getLabels(0));
        ByHand.assertScore(
                graph, "audio", ByHand.softmaxScore(x.get("audio_fc"), w, 0, b, 0.5, labels));
        ByHand.assertScore(
                graph, "visual", ByHand.softmaxScore(x.get("visual_fc"), w, 4, b, 0.5, labels));
    }

    /** The second way: the plain network's probabilities with zeros for features. */
    private static void assertZeroOut(ComputationGraph graph, String probabilities) {
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, double[][]> x = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        int[] labels = ByHand.classes(batch.getLabels(0));
        for (String modality : List.of("audio", "visual")) {
            double[][] joint = new double[EXAMPLES][11];
            for (int i = 0; i < EXAMPLES; i++) {
                double[] own = x.get(modality + "_fc")[i];
                System.arraycopy(own, 0, joint[i], modality.equals("audio") ? 0 : 4, own.length);
            }
            double[][] hidden = joint;
            if (graph.getVertex("hidden") != null) {
                hidden = logits(graph, joint, "hidden");
                for (double[] row : hidden) {
                    Arrays.setAll(row, j -> Math.tanh(row[j]));
                }
            }
            ByHand.assertScore(
                    graph,
                    modality,
                    ByHand.softmaxScore(
                            hidden,
                            ByHand.matrix(graph.getParam(probabilities + "_W")),
                            0,
                            graph.getParam(probabilities + "_b").toDoubleVector(),
                            1,
                            labels));
        }
    }

    private static double[][] logits(ComputationGraph graph, double[][] x, String layer) {
        return ByHand.logits(
                x,
                ByHand.matrix(graph.getParam(layer + "_W")),
                0,
                graph.getParam(layer + "_b").toDoubleVector(),
                1);
    }

    private static ModulatedOptimizer.Builder zeroOut() {
        return ModulatedOptimizer.builder().score(ScoreSource.zeroOut());
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }

    private static ComputationGraphConfiguration head(int axis, DenseLayer head) {
        return head(axis, head, new Sgd(0.1));
    }

    private static ComputationGraphConfiguration head(int axis, DenseLayer head, IUpdater updater) {
        return classified(
                concatenated(axis, updater).addLayer("head", head, "concat"), "head", identity());
    }

    private static ComputationGraphConfiguration classified(
            GraphBuilder builder, String from, LossLayer loss) {
        return builder.addLayer("out", loss, from).setOutputs("out").build();
    }

    private static GraphBuilder concatenated(int axis, IUpdater updater) {
        MergeVertex merge = new MergeVertex();
        merge.setMergeAxis(axis);
        return Nets.encoders(Nets.base(updater))
                .addVertex("concat", merge, "audio_fc", "visual_fc")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
    }

    private static ComputationGraphConfiguration auxiliary(IUpdater updater) {
        return concatenated(1, updater)
                .addLayer("out", Nets.output(), "concat")
                .addLayer("aside_head", softmax(), "audio_fc")
                .addLayer("aside", identity(), "aside_head")
                .setOutputs("out", "aside")
                .build();
    }

    private static DenseLayer softmax() {
        return new DenseLayer.Builder().nOut(Nets.CLASSES).activation(Activation.SOFTMAX).build();
    }

    private static LossLayer identity() {
        return new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.IDENTITY).build();
    }
}
