package org.ogm4j.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Nets;

/** Sequences [m, T, d] and images [m, h, w, c], of which axis 2 is that of features or of width. */
class FeaturesLastTest {

    private static final int EXAMPLES = 5;

    /** Joined on axis 2 these are features side by side, and axis 2 has as many as all of them. */
    @Test
    void featuresAreNoTokens() {
        ComputationGraphConfiguration conf = sequences(RNNFormat.NWC, 2, 7);
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        String trace = optimizer.trace(conf);
        assertTrue(
                trace.lines().anyMatch(line -> line.matches("joined +\\| audio, visual +\\|")),
                trace);
        ComputationGraph graph = Nets.init(conf);
        assertEquals(List.of(), optimizer.attribution(graph, batch(RNNFormat.NWC)).layers());
        graph = Nets.init(optimizer.modulate(conf));
        graph.fit(batch(RNNFormat.NWC));
        assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
    }

    @Test
    void aTrunkOfThemIsRefused() {
        ModulatedOptimizer trunk = ModulatedOptimizer.builder().trunk(true).build();
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> trunk.modulate(sequences(RNNFormat.NWC, 2, 7)))
                        .getMessage();
        assertTrue(message.contains("put the features of sequences in front of their steps"));
        trunk.modulate(sequences(RNNFormat.NCW, 2, 4)); // axis 2 is time here
    }

    /** One under the other, images on axis 2 are wider images. */
    @Test
    void imagesAreNoTokens() {
        MergeVertex below = new MergeVertex();
        below.setMergeAxis(2);
        ComputationGraphConfiguration conf =
                encoders(
                                new ConvolutionLayer.Builder(2, 2).nOut(2).build(),
                                new ConvolutionLayer.Builder(2, 2).nOut(2).build())
                        .addVertex("joined", below, "audio_end", "visual_end")
                        .setOutputs("joined")
                        .setInputTypes(
                                InputType.convolutional(4, 4, 1, CNN2DFormat.NCHW),
                                InputType.convolutional(4, 4, 1, CNN2DFormat.NCHW))
                        .build();
        String trace = ModulatedOptimizer.builder().build().trace(conf);
        assertTrue(!trace.contains("(as many as audio_end), visual"), trace);
    }

    /** A concatenation on the last axis of images, flattened: rows of W are mixed, so zero-out. */
    @Test
    void channelsLastAreScoredByZeroOut() {
        InputType image = InputType.convolutional(4, 4, 1, CNN2DFormat.NHWC);
        ComputationGraphConfiguration conf =
                encoders(
                                new ConvolutionLayer.Builder(2, 2).nOut(2).build(),
                                new ConvolutionLayer.Builder(2, 2).nOut(3).build())
                        .addVertex("joined", new MergeVertex(), "audio_end", "visual_end")
                        .addLayer("out", Nets.output(), "joined")
                        .setOutputs("out")
                        .setInputTypes(image, image)
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertEquals(2, described.lines().filter(line -> line.contains("zero-out at out")).count());
        Random random = new Random(2);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 4, 4, 1),
                            Nets.gaussian(random, EXAMPLES, 4, 4, 1)
                        },
                        new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        graph.setParams(plain.params());
        double expected = alone(plain, batch);
        graph.fit(batch);
        assertEquals(
                expected,
                ModulatedOptimizer.lastModulation(graph)
                        .orElseThrow()
                        .modalities()
                        .get("audio")
                        .score(),
                1e-10);
    }

    /** By hand: maps of audio, then zeros, place by place. */
    private static double alone(ComputationGraph plain, MultiDataSet batch) {
        INDArray maps = plain.feedForward(batch.getFeatures(), false).get("audio_end");
        double[][] w = plain.getParam("out_W").toDoubleMatrix();
        int[] labels = batch.getLabels(0).argMax(1).toIntVector();
        double sum = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double[] logits = new double[Nets.CLASSES];
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 3; x++) {
                    for (int channel = 0; channel < 2; channel++) {
                        for (int c = 0; c < logits.length; c++) {
                            logits[c] +=
                                    maps.getDouble(i, y, x, channel)
                                            * w[(y * 3 + x) * 5 + channel][c];
                        }
                    }
                }
            }
            double total = 0;
            for (double logit : logits) {
                total += Math.exp(logit);
            }
            sum += Math.exp(logits[labels[i]]) / total;
        }
        return sum / EXAMPLES;
    }

    /** Heads on steps with the features last are not read as they are: their rows are others. */
    @Test
    void headsOnStepsWithFeaturesLastAreNotSplit() {
        GraphBuilder builder =
                encoders(lstm(4), lstm(4))
                        .addLayer("audio_head", Nets.linear(), "audio_end")
                        .addLayer("visual_head", Nets.linear(), "visual_end")
                        .addVertex(
                                "sum",
                                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                                "audio_head",
                                "visual_head")
                        .addLayer("out", Nets.loss(), "sum")
                        .setOutputs("out");
        InputType nwc = InputType.recurrent(3, 4, RNNFormat.NWC);
        ComputationGraphConfiguration last = builder.setInputTypes(nwc, nwc).build();
        String described = ModulatedOptimizer.builder().build().describe(last);
        assertEquals(
                2,
                described.lines().filter(line -> line.contains("zero-out at out")).count(),
                described);
        ModulatedOptimizer named = ModulatedOptimizer.builder().head("audio", "audio_head").build();
        String message =
                assertThrows(IllegalArgumentException.class, () -> named.modulate(last))
                        .getMessage();
        assertTrue(
                message.contains(
                        "head of modality \"audio\" must read vectors, or sequences with the features in front of the steps (NCW), got \"audio_head\""),
                message);
    }

    private static ComputationGraphConfiguration sequences(RNNFormat format, int axis, int joined) {
        MergeVertex merge = new MergeVertex();
        merge.setMergeAxis(axis);
        boolean last = format == RNNFormat.NWC;
        OutputLayer output = Nets.output();
        output.setNIn(3);
        return encoders(lstm(3, last ? 3 : 4, format), lstm(3, 4, format))
                .addVertex("joined", merge, "audio_end", "visual_end")
                .addLayer("shared", lstm(joined, 7, format), "joined")
                .addLayer("last", new LastTimeStep(lstm(7, 3, format)), "shared")
                .addLayer("out", output, "last")
                .setOutputs("out")
                .build();
    }

    private static GraphBuilder encoders(
            org.deeplearning4j.nn.conf.layers.Layer audio,
            org.deeplearning4j.nn.conf.layers.Layer visual) {
        return Nets.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_end", audio, "audio")
                .addLayer("visual_end", visual, "visual");
    }

    private static MultiDataSet batch(RNNFormat format) {
        Random random = new Random(2);
        long[] shape =
                format == RNNFormat.NWC ? new long[] {EXAMPLES, 4, 3} : new long[] {EXAMPLES, 3, 4};
        return new MultiDataSet(
                new INDArray[] {Nets.gaussian(random, shape), Nets.gaussian(random, shape)},
                new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }

    private static LSTM lstm(int out) {
        return new LSTM.Builder().nOut(out).build();
    }

    private static LSTM lstm(int in, int out, RNNFormat format) {
        return new LSTM.Builder().nIn(in).nOut(out).dataFormat(format).build();
    }
}
