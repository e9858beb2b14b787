package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Nets;

/** Outputs that have no loss for each example, alone and beside one that has. */
class UnscoredOutputsTest {

    private static final int EXAMPLES = 4;

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of("OCNNOutputLayer", ocnn()),
                Arguments.of("OutputLayer with LossFMeasure", fMeasure()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aloneAreRefused(String kind, Layer layer) {
        for (ScoreSource source :
                new ScoreSource[] {
                    ScoreSource.automatic(), ScoreSource.zeroOut(), ScoreSource.head()
                }) {
            ComputationGraphConfiguration conf =
                    concatenated().addLayer("out", layer, "concat").setOutputs("out").build();
            assertRefused(
                    ModulatedOptimizer.builder().score(source).build(),
                    conf,
                    "for [audio, visual] to be scored by it, with a loss for each example, got "
                            + kind);
        }
        assertRefused(
                ModulatedOptimizer.builder().score(ScoreSource.probe()).build(),
                concatenated().addLayer("out", layer, "concat").setOutputs("out").build(),
                "probe of modality \"audio\" must be judged by an output layer with a loss");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void besideAClassOutputDoNotCount(String kind, Layer layer) {
        ComputationGraphConfiguration conf =
                concatenated()
                        .addLayer("aside", layer, "concat")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("aside", "out")
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertTrue(
                described.contains(
                        "note: output \"aside\" (%s) has no loss for each example: the scores of [audio, visual] are of other outputs\n"
                                .formatted(kind)),
                described);
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray labels =
                layer instanceof OCNNOutputLayer
                        ? Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1)
                        : Nd4j.createFromArray(new double[][] {{1}, {0}, {1}, {0}});
        graph.fit(
                new MultiDataSet(batch.getFeatures(), new INDArray[] {labels, batch.getLabels(0)}));
        assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
    }

    @Test
    void segmentationAndDetectionBesideAClassOutputDoNotCount() {
        ComputationGraphConfiguration conf = images();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertTrue(described.contains("note: output \"pixels\" (CnnLossLayer)"), described);
        assertTrue(described.contains("note: output \"boxes\" (Yolo2OutputLayer)"), described);
        assertEquals(2, described.lines().filter(line -> line.contains("out.W")).count());
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        Random random = new Random(1);
        INDArray boxes = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 6, 3, 3);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 1, 4, 4),
                            Nets.gaussian(random, EXAMPLES, 1, 4, 4)
                        },
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 4, 3, 3),
                            boxes,
                            Nets.labels(EXAMPLES, random, DataType.DOUBLE)
                        });
        plain.fit(batch);
        graph.fit(batch);
        double score =
                ModulatedOptimizer.lastModulation(graph)
                        .orElseThrow()
                        .modalities()
                        .get("audio")
                        .score();
        assertTrue(score > 0 && score < 1);
    }

    /** A modality that reaches nothing but them. */
    @Test
    void aModalityWithoutAnotherOutputIsRefused() {
        ComputationGraphConfiguration conf =
                Nets.encoders(Nets.base(new Sgd(0.1)))
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addInputs("text")
                        .addLayer(
                                "text_fc", new DenseLayer.Builder().nIn(3).nOut(3).build(), "text")
                        .addVertex("all", new MergeVertex(), "concat", "text_fc")
                        .addLayer("aside", fMeasure(), "all")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("aside", "out")
                        .setInputTypes(
                                InputType.feedForward(5),
                                InputType.feedForward(6),
                                InputType.feedForward(3))
                        .build();
        assertRefused(
                ModulatedOptimizer.builder().build(),
                conf,
                "for [text] to be scored by it, with a loss for each example, got OutputLayer with LossFMeasure: name a layer that gives logits, head(\"text\"");
    }

    private static void assertRefused(
            ModulatedOptimizer optimizer, ComputationGraphConfiguration conf, String part) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> optimizer.modulate(conf))
                        .getMessage();
        assertTrue(message.contains(part), message);
        assertFalse(message.contains("Readout"), message);
    }

    private static GraphBuilder concatenated() {
        return Nets.encoders(Nets.base(new Sgd(0.1)))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
    }

    private static ComputationGraphConfiguration images() {
        InputType image = InputType.convolutional(4, 4, 1);
        ConvolutionLayer.Builder maps = new ConvolutionLayer.Builder(2, 2).nOut(2);
        return Nets.base(new Sgd(0.01))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_end", maps.build(), "audio")
                .addLayer("visual_end", maps.build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                .addLayer(
                        "pixels",
                        new CnnLossLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "concat")
                .addLayer("box_maps", new ConvolutionLayer.Builder(1, 1).nOut(7).build(), "concat")
                .addLayer(
                        "boxes",
                        new Yolo2OutputLayer.Builder()
                                .boundingBoxPriors(Nd4j.createFromArray(new double[][] {{1, 1}}))
                                .build(),
                        "box_maps")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("pixels", "boxes", "out")
                .setInputTypes(image, image)
                .build();
    }

    private static OCNNOutputLayer ocnn() {
        return new OCNNOutputLayer.Builder()
                .nIn(11)
                .hiddenLayerSize(3)
                .activation(new ActivationIdentity())
                .build();
    }

    private static OutputLayer fMeasure() {
        return new OutputLayer.Builder(new LossFMeasure())
                .nOut(1)
                .activation(new ActivationSigmoid())
                .build();
    }
}
