package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Factors of a product, whatever stands between it and the layer that makes them. */
class FactorsTest {

    private static final int EXAMPLES = 6;

    /** Between the layer that makes the factor and the product. */
    static Stream<Arguments> between() {
        return Stream.of(
                Arguments.of("activation", List.of(new ActivationLayer(Activation.SIGMOID))),
                Arguments.of("dropout", List.of(new DropoutLayer(0.5))),
                Arguments.of("scale", List.of(new ScaleVertex(2))),
                Arguments.of("reshape", List.of(new ReshapeVertex(-1, 4))),
                Arguments.of(
                        "preprocessor",
                        List.of(
                                new ReshapeVertex(-1, 1, 2, 2),
                                new PreprocessorVertex(new CnnToFeedForwardPreProcessor(2, 2, 1)))),
                Arguments.of(
                        "two of them",
                        List.of(new ScaleVertex(2), new ActivationLayer(Activation.SIGMOID))),
                Arguments.of(
                        "a layer with parameters that keeps zeros",
                        List.of(new PReLULayer.Builder().inputShape(4).build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("between")
    void theLayerBehindThemIsFusion(String name, List<Object> between) {
        ComputationGraphConfiguration conf = gated(between);
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(List.of("audio_fc", "visual_fc"), encoders(described), described);
        assertScoresDependOnTheirModality(conf);
    }

    @Test
    void batchNormMakesTheFactorItself() {
        ComputationGraphConfiguration conf =
                gated(List.of(new BatchNormalization(), new ActivationLayer(Activation.SIGMOID)));
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(List.of("audio_fc", "visual_fc, factor"), encoders(described), described);
        assertScoresDependOnTheirModality(conf);
    }

    /** FiLM: one number per channel, as wide as a feature map of one place. */
    @Test
    void ofFeatureMaps() {
        OutputLayer output = Nets.output();
        output.setNIn(27);
        ConvolutionLayer convolution = new ConvolutionLayer.Builder(2, 2).nIn(2).nOut(3).build();
        // without input types: DL4J would not take maps of another size
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer(
                                "audio_fc",
                                new DenseLayer.Builder().nIn(5).nOut(5).build(),
                                "audio")
                        .addLayer("visual_fc", convolution, "visual")
                        .addLayer("gamma", linear(5, 3), "audio_fc")
                        .addLayer("beta", linear(5, 3), "audio_fc")
                        .addVertex("gammas", new ReshapeVertex(-1, 3, 1, 1), "gamma")
                        .addVertex("betas", new ReshapeVertex(-1, 3, 1, 1), "beta")
                        .addVertex("scaled", product(), "visual_fc", "gammas")
                        .addVertex("film", new ElementWiseVertex(Op.Add), "scaled", "betas")
                        .addLayer("out", output, new CnnToFeedForwardPreProcessor(3, 3, 3), "film")
                        .setOutputs("out")
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(List.of("audio_fc", "visual_fc"), encoders(described), described);
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        MultiDataSet images =
                new MultiDataSet(
                        new INDArray[] {
                            batch.getFeatures(0), Nets.gaussian(new Random(3), EXAMPLES, 2, 4, 4)
                        },
                        batch.getLabels());
        assertScoresDependOnTheirModality(ModulatedOptimizer.builder().build(), conf, images);
    }

    private static DenseLayer linear(int in, int out) {
        DenseLayer dense = dense(out);
        dense.setNIn(in);
        return dense;
    }

    @Test
    void ofTwoLayersWithoutAnyBehindThemGiveNoScore() {
        for (List<Object> between :
                List.<List<Object>>of(
                        List.of(), List.of(new ActivationLayer(Activation.SIGMOID)))) {
            ComputationGraphConfiguration conf = oneLayer(between);
            assertConstant(ModulatedOptimizer.builder(), conf, "audio");
            assertConstant(
                    ModulatedOptimizer.builder().score(ScoreSource.zeroOut()), conf, "visual");
            assertScoresDependOnTheirModality(
                    ModulatedOptimizer.builder().score(ScoreSource.probe()).build(), conf);
        }
    }

    /** A factor without bias is 0 at zero features for ever, though a layer of its own makes it. */
    @Test
    void withoutBiasGiveNoScoreToTheOther() {
        DenseLayer noBias = dense(4);
        noBias.setHasBias(false);
        ComputationGraphConfiguration conf =
                Fusions.classified(
                        Nets.encoders(Nets.base(new Sgd(0.1)))
                                .addLayer("value", dense(4), "audio_fc")
                                .addLayer("factor", noBias, "visual_fc")
                                .addVertex("product", product(), "value", "factor"),
                        "product");
        assertConstant(ModulatedOptimizer.builder(), conf, "audio");
    }

    /** Queries alone get nothing where the values are zeros. */
    @Test
    void queriesWithoutValuesGiveNoScore() {
        ComputationGraphConfiguration conf =
                Fusions.averaged(
                        Fusions.tokens(new Sgd(0.1))
                                .addVertex(
                                        "hears",
                                        Fusions.cross(),
                                        "audio_fc",
                                        "visual_fc",
                                        "visual_fc"),
                        "hears",
                        4);
        assertConstant(ModulatedOptimizer.builder(), conf, "audio");
    }

    @Test
    void besideAConcatenationTheScoreIsOfTheOtherOutput() {
        ComputationGraphConfiguration conf =
                Nets.encoders(Nets.base(new Sgd(0.1)))
                        .addLayer("audio_4", dense(4), "audio_fc")
                        .addLayer("visual_4", new DenseLayer.Builder().nOut(4).build(), "visual")
                        .addVertex("product", product(), "audio_fc", "visual_4")
                        .addVertex("concat", new MergeVertex(), "audio_4", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .addLayer("other", Nets.output(), "product")
                        .setOutputs("out", "other")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertTrue(
                described.contains(
                        "note: output \"other\" does not depend on \"audio\" where the other modalities are at zero"),
                described);
        assertFalse(described.contains("zero-out at other"), described);
        Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
    }

    private static void assertConstant(
            ModulatedOptimizer.Builder builder,
            ComputationGraphConfiguration conf,
            String modality) {
        ModulatedOptimizer optimizer = builder.build();
        String message =
                assertThrows(IllegalArgumentException.class, () -> optimizer.modulate(conf))
                        .getMessage();
        assertTrue(
                message.contains(
                        "score of modality \""
                                + modality
                                + "\" by zero-out at output \"out\" must depend on its features, got a constant"),
                message);
        assertTrue(message.contains("use score(\"" + modality + "\", ScoreSource.probe())"));
    }

    private static void assertScoresDependOnTheirModality(ComputationGraphConfiguration conf) {
        assertScoresDependOnTheirModality(ModulatedOptimizer.builder().build(), conf);
    }

    private static void assertScoresDependOnTheirModality(
            ModulatedOptimizer optimizer, ComputationGraphConfiguration conf) {
        assertScoresDependOnTheirModality(optimizer, conf, Nets.batch(EXAMPLES, 1));
    }

    /** Two batches that differ in nothing but one modality have two scores of it. */
    private static void assertScoresDependOnTheirModality(
            ModulatedOptimizer optimizer, ComputationGraphConfiguration conf, MultiDataSet batch) {
        ComputationGraph graph = randomBiases(Nets.init(optimizer.modulate(conf)));
        ComputationGraph same = graph.clone();
        ComputationGraph other = graph.clone();
        graph.fit(batch);
        INDArray[] features = batch.getFeatures();
        for (int u = 0; u < features.length; u++) {
            INDArray[] changed = features.clone();
            changed[u] = features[u].mul(-0.7);
            String modality = conf.getNetworkInputs().get(u);
            ComputationGraph copy = u == 0 ? same : other;
            copy.fit(new MultiDataSet(changed, batch.getLabels()));
            double difference = score(graph, modality) - score(copy, modality);
            assertTrue(Math.abs(difference) > 1e-6, modality + " " + difference);
            assertTrue(Math.abs(score(graph, modality) - 1.0 / Nets.CLASSES) > 1e-6, modality);
        }
    }

    private static ComputationGraph randomBiases(ComputationGraph graph) {
        Random random = new Random(5);
        graph.paramTable()
                .forEach(
                        (name, array) -> {
                            if (name.endsWith("_b")) {
                                array.assign(Nets.gaussian(random, array.shape()));
                            }
                        });
        return graph;
    }

    private static double score(ComputationGraph graph, String modality) {
        return ModulatedOptimizer.lastModulation(graph)
                .orElseThrow()
                .modalities()
                .get(modality)
                .score();
    }

    private static List<String> encoders(String described) {
        return described
                .lines()
                .skip(2)
                .filter(line -> line.contains("|"))
                .map(line -> line.split("\\|", -1)[2].strip())
                .toList();
    }

    /** A factor of visual features for a value of audio ones. */
    private static ComputationGraphConfiguration gated(List<Object> between) {
        GraphBuilder builder =
                Nets.encoders(Nets.base(new Sgd(0.1)))
                        .addLayer("value", dense(4), "audio_fc")
                        .addLayer("factor", dense(4), "visual_fc");
        String end = chain(builder, "factor", between);
        return Fusions.classified(builder.addVertex("product", product(), "value", end), "product");
    }

    private static ComputationGraphConfiguration oneLayer(List<Object> between) {
        GraphBuilder builder =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_fc", dense(4), "audio")
                        .addLayer("visual_fc", dense(4), "visual");
        String end = chain(builder, "visual_fc", between);
        return Fusions.classified(
                builder.addVertex("product", product(), "audio_fc", end), "product");
    }

    private static String chain(GraphBuilder builder, String from, List<Object> parts) {
        String end = from;
        for (int i = 0; i < parts.size(); i++) {
            String next = from + i;
            if (parts.get(i) instanceof Layer layer) {
                builder.addLayer(next, layer.clone(), end);
            } else {
                builder.addVertex(next, ((GraphVertex) parts.get(i)).clone(), end);
            }
            end = next;
        }
        return end;
    }

    private static ElementWiseVertex product() {
        return new ElementWiseVertex(Op.Product);
    }

    private static DenseLayer dense(int out) {
        DenseLayer dense =
                new DenseLayer.Builder().nOut(out).activation(Activation.IDENTITY).build();
        dense.setDataType(DataType.DOUBLE);
        return dense;
    }
}
