package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/**
 * The noise draws one number for each example, also where a batch has several rows for each: the
 * modulated gradient is the sum of the examples' own, however their rows are laid out.
 */
class RowsOfExamplesTest {

    private static final int EXAMPLES = 4;

    private static final List<String> ENCODER = List.of("audio_fc_W", "audio_fc_b");

    /** Audio of 6 numbers, or 2 in each of 3 steps, whose rows meet the pictures after a gate. */
    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("parts, reshaped", (Supplier<GraphBuilder>) RowsOfExamplesTest::parts),
                Arguments.of(
                        "blocks, stacked", (Supplier<GraphBuilder>) RowsOfExamplesTest::blocks),
                Arguments.of(
                        "parts of blocks",
                        (Supplier<GraphBuilder>) RowsOfExamplesTest::partsOfBlocks),
                Arguments.of("steps", (Supplier<GraphBuilder>) () -> steps(RNNFormat.NCW)),
                Arguments.of(
                        "steps, features last",
                        (Supplier<GraphBuilder>) () -> steps(RNNFormat.NWC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void oneNumberForEachExample(String name, Supplier<GraphBuilder> layout) {
        ComputationGraphConfiguration conf = layout.get().setOutputs("out").build();
        ComputationGraph plain = Nets.init(conf);
        ModulatedOptimizer noisy =
                ModulatedOptimizer.builder()
                        .modality(
                                "audio",
                                conf.getNetworkInputs().stream()
                                        .filter(input -> !input.equals("visual"))
                                        .toArray(String[]::new))
                        .modality("visual", "visual")
                        .rule(ratio -> 1)
                        .noise(GradientNoise.sgdCovariance())
                        .build();
        ComputationGraph modulated = Nets.init(noisy.modulate(conf));
        modulated.setParams(plain.params());
        MultiDataSet batch = batch(conf);
        Map<String, INDArray> gradient = Gradients.of(modulated, batch);
        Map<String, INDArray>[] perExample = Gradients.perExample(plain, batch);
        // more numbers than examples, so that only a weight for each example explains them
        double[] weights = weights(perExample, gradient);
        for (String own : ENCODER) {
            Compare.close(
                    Gradients.weighted(perExample, weights, own),
                    gradient.get(own),
                    1e-7,
                    1e-9,
                    name);
        }
        assertTrue(Math.abs(weights[0] - weights[1]) > 1e-3, "noise");
    }

    /** By hand, for 2 examples. */
    @Test
    void mapsOfRows() {
        assertRows(parts(), "audio_fc", 0, 0, 0, 1, 1, 1);
        assertRows(blocks(), "audio_fc", 0, 1, 0, 1);
        assertRows(partsOfBlocks(), "audio_fc", 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1);
        assertRows(unstacked(), "audio_block", 1, 1);
        assertRows(steps(RNNFormat.NCW), "audio_fc", 0, 1, 0, 1, 0, 1);
        assertRows(steps(RNNFormat.NWC), "audio_fc", 0, 1, 0, 1, 0, 1);
        assertRows(reshaped('f'), "audio_fc", 0, 1, 0, 1, 0, 1);
    }

    private static void assertRows(GraphBuilder builder, String vertex, int... examples) {
        ComputationGraphConfiguration conf = builder.setOutputs("out").build();
        ComputationGraph graph = Nets.init(conf);
        MultiDataSet batch = batch(conf);
        INDArray[] two = Gradients.example(batch, 0).getFeatures();
        for (int i = 0; i < two.length; i++) {
            two[i] = org.nd4j.linalg.factory.Nd4j.concat(0, two[i], two[i]);
        }
        graph.setInputs(two);
        graph.feedForward(two, true, false);
        assertArrayEquals(examples, ExampleRows.of(graph, vertex));
    }

    /** Solves {@code min_w ||sum_i w_i g_i - g||} by the normal equations. */
    private static double[] weights(
            Map<String, INDArray>[] perExample, Map<String, INDArray> gradient) {
        int m = perExample.length;
        double[][] a = new double[m][m + 1];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                a[i][j] = dot(perExample[i], perExample[j]);
            }
            a[i][m] = dot(perExample[i], gradient);
        }
        for (int p = 0; p < m; p++) {
            for (int i = 0; i < m; i++) {
                double factor = i == p ? 0 : a[i][p] / a[p][p];
                for (int j = p; j <= m; j++) {
                    a[i][j] -= factor * a[p][j];
                }
            }
        }
        double[] weights = new double[m];
        for (int i = 0; i < m; i++) {
            weights[i] = a[i][m] / a[i][i];
        }
        return weights;
    }

    private static double dot(Map<String, INDArray> a, Map<String, INDArray> b) {
        double sum = 0;
        for (String own : ENCODER) {
            sum += a.get(own).mul(b.get(own)).sumNumber().doubleValue();
        }
        return sum;
    }

    static MultiDataSet batch(ComputationGraphConfiguration conf) {
        Random random = new Random(4);
        INDArray[] features = new INDArray[conf.getNetworkInputs().size()];
        for (int i = 0; i < features.length; i++) {
            String name = conf.getNetworkInputs().get(i);
            features[i] =
                    switch (name) {
                        case "steps" -> Nets.gaussian(random, EXAMPLES, 2, 3);
                        case "lastSteps" -> Nets.gaussian(random, EXAMPLES, 3, 2);
                        default -> Nets.gaussian(random, EXAMPLES, 6);
                    };
        }
        return new MultiDataSet(
                features, new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }

    private static GraphBuilder begun(String... audio) {
        GraphBuilder builder = Nets.base(new Sgd(0.1)).graphBuilder().addInputs(audio);
        return builder.addInputs("visual")
                .addLayer("visual_fc", new DenseLayer.Builder().nIn(6).nOut(4).build(), "visual");
    }

    private static DenseLayer dense(int in) {
        return new DenseLayer.Builder().nIn(in).nOut(2).build();
    }

    /** The gate is where parts of one example meet again. */
    private static GraphBuilder ended(GraphBuilder builder, String end, int width) {
        var output = Nets.output();
        output.setNIn(width + 4);
        return builder.addVertex("concat", new MergeVertex(), end, "visual_fc")
                .addLayer("out", output, "concat");
    }

    static GraphBuilder parts() {
        return reshaped('c');
    }

    private static GraphBuilder reshaped(char order) {
        GraphBuilder builder =
                begun("audio")
                        .addVertex(
                                "frames",
                                new ReshapeVertex(order, new int[] {-1, 2}, null),
                                "audio")
                        .addLayer("audio_fc", dense(2), "frames");
        return gatedRows(builder, new ReshapeVertex(order, new int[] {-1, 6}, null), 6);
    }

    /** Rows of pictures as many as those of sound, so that they meet row by row. */
    private static GraphBuilder gatedRows(GraphBuilder builder, ReshapeVertex back, int width) {
        builder.addLayer(
                        "visual_rows",
                        new DenseLayer.Builder().nIn(4).nOut(width).build(),
                        "visual_fc")
                .addVertex(
                        "visual_frames",
                        new ReshapeVertex(back.getReshapeOrder(), new int[] {-1, 2}, null),
                        "visual_rows")
                .addVertex("rows", new MergeVertex(), "audio_fc", "visual_frames")
                .addLayer("shared", new DenseLayer.Builder().nIn(4).nOut(2).build(), "rows")
                .addVertex("joined", back, "shared");
        var output = Nets.output();
        output.setNIn(width);
        return builder.addLayer("out", output, "joined");
    }

    private static GraphBuilder blocks() {
        GraphBuilder builder =
                begun("audio", "audio2")
                        .addVertex("stack", new StackVertex(), "audio", "audio2")
                        .addLayer("audio_fc", dense(6), "stack")
                        .addVertex("stack2", new StackVertex(), "visual_fc", "visual_fc")
                        .addVertex("rows", new MergeVertex(), "audio_fc", "stack2")
                        .addLayer("shared", new DenseLayer.Builder().nIn(6).nOut(2).build(), "rows")
                        .addVertex("first", new UnstackVertex(0, 2), "shared")
                        .addVertex("second", new UnstackVertex(1, 2), "shared")
                        .addVertex("joined", new MergeVertex(), "first", "second");
        var output = Nets.output();
        output.setNIn(4);
        return builder.addLayer("out", output, "joined");
    }

    private static GraphBuilder unstacked() {
        GraphBuilder builder =
                begun("audio")
                        .addVertex("frames", new ReshapeVertex(-1, 2), "audio")
                        .addLayer("audio_fc", dense(2), "frames")
                        .addVertex("audio_block", new UnstackVertex(2, 3), "audio_fc");
        return ended(builder, "audio_block", 2);
    }

    private static GraphBuilder partsOfBlocks() {
        GraphBuilder builder =
                begun("audio", "audio2")
                        .addVertex("stack", new StackVertex(), "audio", "audio2")
                        .addVertex("frames", new ReshapeVertex(-1, 2), "stack")
                        .addLayer("audio_fc", dense(2), "frames")
                        .addLayer(
                                "visual_rows",
                                new DenseLayer.Builder().nIn(4).nOut(6).build(),
                                "visual_fc")
                        .addVertex("visual_frames", new ReshapeVertex(-1, 2), "visual_rows")
                        .addVertex("stack2", new StackVertex(), "visual_frames", "visual_frames")
                        .addVertex("rows", new MergeVertex(), "audio_fc", "stack2")
                        .addLayer("shared", new DenseLayer.Builder().nIn(4).nOut(2).build(), "rows")
                        .addVertex("first", new UnstackVertex(0, 2), "shared")
                        .addVertex("joined", new ReshapeVertex(-1, 6), "first");
        var output = Nets.output();
        output.setNIn(6);
        return builder.addLayer("out", output, "joined");
    }

    private static GraphBuilder steps(RNNFormat format) {
        String input = format == RNNFormat.NCW ? "steps" : "lastSteps";
        GraphBuilder builder =
                begun(input)
                        .addLayer(
                                "rnn",
                                new LSTM.Builder().nIn(2).nOut(3).dataFormat(format).build(),
                                input)
                        .addLayer(
                                "audio_fc",
                                dense(3),
                                new RnnToFeedForwardPreProcessor(format),
                                "rnn")
                        .addVertex(
                                "stack", new StackVertex(), "visual_fc", "visual_fc", "visual_fc")
                        .addVertex("rows", new MergeVertex(), "audio_fc", "stack")
                        .addLayer("shared", new DenseLayer.Builder().nIn(6).nOut(2).build(), "rows")
                        .addVertex("first", new UnstackVertex(0, 3), "shared")
                        .addVertex("second", new UnstackVertex(2, 3), "shared")
                        .addVertex("joined", new MergeVertex(), "first", "second");
        var output = Nets.output();
        output.setNIn(4);
        return builder.addLayer("out", output, "joined");
    }
}
