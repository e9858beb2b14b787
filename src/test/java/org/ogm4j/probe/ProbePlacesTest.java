package org.ogm4j.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/**
 * Probes on features with places, in every format and of every kind of layer: the mean of the
 * places comes in, computed here number by number.
 */
class ProbePlacesTest {

    private static final int EXAMPLES = 4;

    private static final InputType NWC = InputType.recurrent(3, 5, RNNFormat.NWC);
    private static final InputType NCW = InputType.recurrent(3, 5, RNNFormat.NCW);
    private static final InputType NHWC = InputType.convolutional(5, 4, 3, CNN2DFormat.NHWC);
    private static final InputType TEXT = InputType.recurrent(7, 5);

    /** The layers of the encoder, and on which axis of its output the features are. */
    static Stream<Arguments> encoders() {
        return Stream.of(
                Arguments.of("LSTM, NWC", NWC, List.of(lstm()), 2),
                Arguments.of("LSTM, NWC, as many steps as features", NWC, List.of(lstm(5)), 2),
                Arguments.of("bidirectional, NWC", NWC, List.of(new Bidirectional(lstm())), 2),
                Arguments.of("last step, NWC", NWC, List.of(new LastTimeStep(lstm())), 1),
                Arguments.of("convolution, NHWC", NHWC, List.of(convolution()), 3),
                Arguments.of(
                        "subsampling, NHWC",
                        NHWC,
                        List.of(
                                convolution(),
                                new SubsamplingLayer.Builder()
                                        .kernelSize(2, 2)
                                        .stride(1, 1)
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build()),
                        3),
                Arguments.of(
                        "pooled, NHWC",
                        NHWC,
                        List.of(convolution(), new GlobalPoolingLayer(PoolingType.MAX)),
                        1),
                Arguments.of(
                        "volumes, NCDHW",
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 2),
                        List.of(
                                new Convolution3D.Builder(2, 2, 2)
                                        .dataFormat(Convolution3D.DataFormat.NCDHW)
                                        .nOut(3)
                                        .build()),
                        1),
                Arguments.of(
                        "volumes, NDHWC",
                        InputType.convolutional3D(Convolution3D.DataFormat.NDHWC, 3, 3, 3, 2),
                        List.of(
                                new Convolution3D.Builder(2, 2, 2)
                                        .dataFormat(Convolution3D.DataFormat.NDHWC)
                                        .nOut(3)
                                        .build()),
                        4),
                Arguments.of("embedded words", TEXT, List.of(words(RNNFormat.NCW)), 1),
                Arguments.of("embedded words, NWC", TEXT, List.of(words(RNNFormat.NWC)), 2),
                Arguments.of(
                        "the mean of embedded words",
                        TEXT,
                        List.of(words(RNNFormat.NCW), new GlobalPoolingLayer(PoolingType.AVG)),
                        1),
                Arguments.of(
                        "an embedded word",
                        InputType.feedForward(7),
                        List.of(new EmbeddingLayer.Builder().nIn(7).nOut(4).build()),
                        1),
                Arguments.of("LSTM, NCW", NCW, List.of(lstm()), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encoders")
    void readTheMeanOfThePlaces(String name, InputType type, List<Layer> layers, int axis) {
        ComputationGraphConfiguration conf = network(type, layers);
        String end = "audio" + (layers.size() - 1);
        ScoreSource probe = ScoreSource.probe().at(end);
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().score("audio", probe).build();
        ComputationGraph graph = Nets.init(optimizer.modulate(conf));
        assertTrue(optimizer.describe(conf).contains("probe on " + end));
        MultiDataSet batch = batch(type, layers.get(0));
        double[][] mean = mean(graph.feedForward(batch.getFeatures(), false).get(end), axis);
        Gradients.of(graph, batch);
        assertEquals(score(graph, mean, batch), ofStep(graph), 1e-10, name);
        INDArray before = graph.getVertex("probe-audio").params().dup();
        graph.fit(batch);
        graph.fit(batch);
        assertTrue(before.distance2(graph.getVertex("probe-audio").params()) > 0);
    }

    /** Steps that are hidden do not count, whichever axis they are on. */
    @Test
    void readTheMeanOfTheUnmaskedSteps() {
        for (InputType type : List.of(NCW, NWC)) {
            ComputationGraph graph =
                    Nets.init(
                            ModulatedOptimizer.builder()
                                    .score("audio", ScoreSource.probe().at("audio0"))
                                    .build()
                                    .modulate(
                                            network(
                                                    type,
                                                    List.of(lstm(5), new LastTimeStep(lstm())))));
            MultiDataSet batch = batch(type, lstm());
            INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 5);
            mask.putScalar(1, 4, 0);
            mask.putScalar(1, 3, 0);
            mask.putScalar(2, 4, 0);
            batch.setFeaturesMaskArrays(new INDArray[] {mask, null});
            graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
            INDArray features = graph.feedForward(batch.getFeatures(), false).get("audio0").dup();
            INDArray steps = type == NCW ? features : features.permute(0, 2, 1);
            double[][] mean = new double[EXAMPLES][5];
            for (int i = 0; i < EXAMPLES; i++) {
                double count = mask.getRow(i).sumNumber().doubleValue();
                for (int d = 0; d < 5; d++) {
                    for (int t = 0; t < 5; t++) {
                        mean[i][d] += mask.getDouble(i, t) * steps.getDouble(i, d, t) / count;
                    }
                }
            }
            Gradients.of(graph, batch);
            assertEquals(score(graph, mean, batch), ofStep(graph), 1e-10, type.toString());
        }
    }

    /** Layers in front of the classifier work in the format that they read. */
    @Test
    void throughLayersInTheSameFormat() {
        Layer deeper = new ConvolutionLayer.Builder(2, 2).nOut(2).build();
        Layer recurrent = new LSTM.Builder().nOut(3).build();
        for (Arguments each :
                List.of(
                        Arguments.of(NHWC, convolution(), deeper, "W", 4L),
                        Arguments.of(NWC, lstm(), recurrent, "W", 4L))) {
            Object[] own = each.get();
            ComputationGraph graph =
                    Nets.init(
                            ModulatedOptimizer.builder()
                                    .score(
                                            "audio",
                                            ScoreSource.probe()
                                                    .at("audio0")
                                                    .through((Layer) own[2]))
                                    .build()
                                    .modulate(
                                            network((InputType) own[0], List.of((Layer) own[1]))));
            MultiDataSet batch = batch((InputType) own[0], (Layer) own[1]);
            graph.fit(batch);
            graph.fit(batch);
            assertTrue(Double.isFinite(ofStep(graph)));
        }
    }

    /** Rows that are parts of examples, or examples in another order. */
    @Test
    void refuseRowsThatAreNotExamples() {
        assertRefused(new ReshapeVertex(-1, 2), new ReshapeVertex(-1, 12));
        assertRefused(new ReshapeVertex(3 * EXAMPLES, 2), new ReshapeVertex(-1, 12));
        assertRefused(
                new ReshapeVertex('f', new int[] {-1, 2}, null),
                new ReshapeVertex('f', new int[] {-1, 12}, null));
    }

    /** How many rows a reshape makes of an image is known in training only. */
    @Test
    void rowsOfImagesAreRefusedInTheUsersWords() {
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("maps", convolution(), "audio")
                        .addVertex("parts", new ReshapeVertex(-1, 12), "maps")
                        .addLayer(
                                "audio_fc",
                                new DenseLayer.Builder().nIn(12).nOut(3).build(),
                                "parts")
                        .addVertex("again", new ReshapeVertex(-1, 12), "audio_fc")
                        .addLayer("visual_fc", new DenseLayer.Builder().nOut(4).build(), "visual")
                        .addVertex("concat", new MergeVertex(), "again", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.convolutional(5, 4, 3), InputType.feedForward(5))
                        .build();
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .score("audio", ScoreSource.probe().at("audio_fc"))
                                .build()
                                .modulate(conf));
        MultiDataSet batch = batch(InputType.convolutional(5, 4, 3), convolution());
        String message =
                assertThrows(IllegalStateException.class, () -> graph.fit(batch)).getMessage();
        assertTrue(
                message.startsWith(
                        "\"probe-audio\" must read a vertex with a row per example, got 16 rows for 4 labels"),
                message);
    }

    private static void assertRefused(GraphVertex reshape, GraphVertex back) {
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_wide", new DenseLayer.Builder().nOut(6).build(), "audio")
                        .addVertex("audio_parts", reshape, "audio_wide")
                        .addLayer(
                                "audio_fc", new DenseLayer.Builder().nOut(4).build(), "audio_parts")
                        .addVertex("audio_again", back, "audio_fc")
                        .addLayer("visual_fc", new DenseLayer.Builder().nOut(4).build(), "visual")
                        .addVertex("concat", new MergeVertex(), "audio_again", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(5))
                        .build();
        ModulatedOptimizer inside =
                ModulatedOptimizer.builder()
                        .score("audio", ScoreSource.probe().at("audio_fc"))
                        .build();
        String message =
                assertThrows(IllegalArgumentException.class, () -> inside.modulate(conf))
                        .getMessage();
        assertTrue(
                message.contains(
                        "got \"audio_fc\" (DenseLayer) with a row per step or part of an example"),
                message);
        ModulatedOptimizer.builder()
                .score("audio", ScoreSource.probe().at("audio_again"))
                .build()
                .modulate(conf);
    }

    private static ComputationGraphConfiguration network(InputType type, List<Layer> layers) {
        GraphBuilder builder =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("visual_fc", new DenseLayer.Builder().nOut(4).build(), "visual");
        String end = "audio";
        for (int i = 0; i < layers.size(); i++) {
            builder.addLayer("audio" + i, layers.get(i).clone(), end);
            end = "audio" + i;
        }
        // whatever the encoder ends with, one vector for each example
        boolean recurrent = layers.get(0) instanceof EmbeddingSequenceLayer || isSteps(type);
        boolean pooled =
                layers.get(layers.size() - 1) instanceof GlobalPoolingLayer
                        || layers.get(layers.size() - 1) instanceof LastTimeStep;
        if (recurrent && !pooled) {
            boolean last =
                    type == NWC
                            || (layers.get(0) instanceof EmbeddingSequenceLayer words
                                    && words.getOutputFormat() == RNNFormat.NWC);
            builder.addLayer(
                    "pooled",
                    new GlobalPoolingLayer.Builder(PoolingType.MAX)
                            .poolingDimensions(last ? 1 : 2)
                            .build(),
                    end);
            end = "pooled";
        }
        if (type instanceof InputType.InputTypeConvolutional3D volume) {
            GlobalPoolingLayer.Builder mean = new GlobalPoolingLayer.Builder(PoolingType.AVG);
            boolean last = volume.getDataFormat() == Convolution3D.DataFormat.NDHWC;
            builder.addLayer(
                    "pooled", last ? mean.poolingDimensions(1, 2, 3).build() : mean.build(), end);
            end = "pooled";
        }
        builder.addLayer("audio_end", new DenseLayer.Builder().nOut(4).build(), end);
        return builder.addVertex("concat", new MergeVertex(), "audio_end", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(type, InputType.feedForward(5))
                .build();
    }

    private static boolean isSteps(InputType type) {
        return type instanceof InputType.InputTypeRecurrent;
    }

    private static MultiDataSet batch(InputType type, Layer first) {
        Random random = new Random(3);
        long[] shape = type.getShape(true);
        shape[0] = EXAMPLES;
        if (first instanceof EmbeddingSequenceLayer || first instanceof EmbeddingLayer) {
            shape[1] = 1;
        }
        INDArray audio = Nets.gaussian(random, shape);
        if (first instanceof EmbeddingSequenceLayer || first instanceof EmbeddingLayer) {
            for (int i = 0; i < audio.length(); i++) {
                audio.putScalar(i, random.nextInt(7));
            }
        }
        return new MultiDataSet(
                new INDArray[] {audio, Nets.gaussian(random, EXAMPLES, 5)},
                new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }

    /** Over all axes but the first and that of the features, one number after the other. */
    private static double[][] mean(INDArray features, int axis) {
        double[][] mean = new double[EXAMPLES][(int) features.size(axis)];
        long places = features.length() / EXAMPLES / features.size(axis);
        long[] at = new long[features.rank()];
        for (long flat = 0; flat < features.length(); flat++) {
            long rest = flat;
            for (int dimension = at.length - 1; dimension >= 0; dimension--) {
                at[dimension] = rest % features.size(dimension);
                rest /= features.size(dimension);
            }
            mean[(int) at[0]][(int) at[axis]] += features.getDouble(at) / places;
        }
        return mean;
    }

    private static double score(ComputationGraph graph, double[][] x, MultiDataSet batch) {
        double[][] w = graph.getParam("probe-audio_W").toDoubleMatrix();
        double[] b = graph.getParam("probe-audio_b").toDoubleVector();
        assertEquals(x[0].length, w.length);
        int[] labels = batch.getLabels(0).argMax(1).toIntVector();
        double sum = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double[] exp = new double[b.length];
            double total = 0;
            for (int c = 0; c < b.length; c++) {
                double logit = b[c];
                for (int d = 0; d < w.length; d++) {
                    logit += x[i][d] * w[d][c];
                }
                exp[c] = Math.exp(logit);
                total += exp[c];
            }
            sum += exp[labels[i]] / total;
        }
        return sum / EXAMPLES;
    }

    private static double ofStep(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph)
                .orElseThrow()
                .modalities()
                .get("audio")
                .score();
    }

    private static LSTM lstm() {
        return lstm(4);
    }

    private static LSTM lstm(int out) {
        return new LSTM.Builder().nOut(out).build();
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(2, 2).nOut(4).build();
    }

    private static EmbeddingSequenceLayer words(RNNFormat format) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(7)
                .nOut(4)
                .inputLength(5)
                .outputDataFormat(format)
                .build();
    }
}
