package org.ogm4j.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Small networks of every kind of fusion, in double, for {@link Nets#batch(int, long)} or, where
 * the fusion wants tokens, {@link #tokenBatch}.
 */
public final class Fusions {

    private static final int WIDTH = 4;

    private Fusions() {}

    /** All of them by name; vertices of encoders start with audio and visual. */
    public static Map<String, ComputationGraphConfiguration> all(IUpdater updater) {
        Map<String, ComputationGraphConfiguration> all = new LinkedHashMap<>();
        all.put("concat", Nets.dense(updater));
        all.put("film", film(updater));
        all.put("gated", gated(updater));
        all.put("bilinear", bilinear(updater));
        all.put("deep", deep(updater));
        all.put("recurrent", recurrent(updater));
        all.put("self-attention", selfAttention(updater));
        all.put("cross-attention", crossAttention(updater));
        return all;
    }

    /** A batch for a network of {@link #all}. */
    public static MultiDataSet batchFor(String fusion, int examples, long seed) {
        boolean tokens = fusion.endsWith("attention") || fusion.equals("recurrent");
        return tokens ? tokenBatch(examples, seed) : Nets.batch(examples, seed);
    }

    /** Two sequences of 3 and 4 steps, [m, 2, 3] and [m, 3, 4], one label per example. */
    public static MultiDataSet tokenBatch(int examples, long seed) {
        Random random = new Random(seed);
        return new MultiDataSet(
                new INDArray[] {
                    Nets.gaussian(random, examples, 2, 3), Nets.gaussian(random, examples, 3, 4)
                },
                new INDArray[] {Nets.labels(examples, random, DataType.DOUBLE)});
    }

    /** The same under feature masks that hide nothing. */
    public static MultiDataSet maskedTokenBatch(int examples, long seed) {
        MultiDataSet batch = tokenBatch(examples, seed);
        batch.setFeaturesMaskArrays(
                new INDArray[] {
                    Nd4j.ones(DataType.DOUBLE, examples, 3), Nd4j.ones(DataType.DOUBLE, examples, 4)
                });
        return batch;
    }

    /** Visual features scale and shift audio ones. */
    public static ComputationGraphConfiguration film(IUpdater updater) {
        GraphBuilder builder = Nets.encoders(Nets.base(updater));
        builder.addLayer("gamma", linear(WIDTH), "visual_fc")
                .addLayer("beta", linear(WIDTH), "visual_fc")
                .addVertex("scaled", product(), "audio_fc", "gamma")
                .addVertex("film", Nets.add(), "scaled", "beta");
        return classified(builder, "film");
    }

    /** A sigmoid of visual features lets audio ones through. */
    public static ComputationGraphConfiguration gated(IUpdater updater) {
        GraphBuilder builder = Nets.encoders(Nets.base(updater));
        builder.addLayer("value", linear(WIDTH), "audio_fc")
                .addLayer(
                        "gate",
                        new DenseLayer.Builder().nOut(WIDTH).activation(Activation.SIGMOID).build(),
                        "visual_fc")
                .addVertex("gated", product(), "value", "gate");
        return classified(builder, "gated");
    }

    /** Low-rank bilinear: the product of two linear maps. */
    public static ComputationGraphConfiguration bilinear(IUpdater updater) {
        return classified(
                Nets.encoders(Nets.base(updater))
                        .addLayer("left", linear(WIDTH), "audio_fc")
                        .addLayer("right", linear(WIDTH), "visual_fc")
                        .addVertex("bilinear", product(), "left", "right"),
                "bilinear");
    }

    /** Concatenation with batch norm, dropout and two hidden layers in the head. */
    public static ComputationGraphConfiguration deep(IUpdater updater) {
        GraphBuilder builder = Nets.encoders(Nets.base(updater));
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("norm", new BatchNormalization(), "concat")
                .addLayer("hidden", new DenseLayer.Builder().nOut(5).dropOut(0.7).build(), "norm")
                .addLayer("hidden2", Nets.layer(5), "hidden");
        return classified(builder, "hidden2");
    }

    /** Two recurrent encoders whose averages over time feed a dense layer through an LSTM. */
    public static ComputationGraphConfiguration recurrent(IUpdater updater) {
        GraphBuilder builder = tokens(updater);
        builder.addVertex("joined", joined(), "audio_fc", "visual_fc")
                .addLayer("mixed", new LSTM.Builder().nIn(WIDTH).nOut(WIDTH).build(), "joined");
        return averaged(builder, "mixed", WIDTH);
    }

    /** Tokens of both modalities joined on the time axis, one block of self-attention, the mean. */
    public static ComputationGraphConfiguration selfAttention(IUpdater updater) {
        GraphBuilder builder = tokens(updater);
        builder.addVertex("joined", joined(), "audio_fc", "visual_fc")
                .addLayer("mixed", attention(), "joined")
                .addVertex("residual", Nets.add(), "joined", "mixed");
        return averaged(builder, "residual", WIDTH);
    }

    /** Audio tokens that read visual ones, and the other way round. */
    public static ComputationGraphConfiguration crossAttention(IUpdater updater) {
        return classified(
                tokens(updater)
                        .addVertex("hears", cross(), "audio_fc", "visual_fc", "visual_fc")
                        .addVertex("sees", cross(), "visual_fc", "audio_fc", "audio_fc")
                        .addLayer("heard", mean(), "hears")
                        .addLayer("seen", mean(), "sees")
                        .addVertex("concat", new MergeVertex(), "heard", "seen"),
                "concat",
                2 * WIDTH);
    }

    /** Two encoders that output tokens, audio [m, 4, 3] and visual [m, 4, 4]. */
    public static GraphBuilder tokens(IUpdater updater) {
        return Nets.base(updater)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_fc", new LSTM.Builder().nIn(2).nOut(WIDTH).build(), "audio")
                .addLayer("visual_fc", new LSTM.Builder().nIn(3).nOut(WIDTH).build(), "visual");
    }

    /** Sequences of equal width one after the other. */
    public static MergeVertex joined() {
        MergeVertex merge = new MergeVertex();
        merge.setMergeAxis(2);
        return merge;
    }

    /** Self-attention with two heads on tokens of width 4. */
    public static SelfAttentionLayer attention() {
        return new SelfAttentionLayer.Builder()
                .nIn(WIDTH)
                .nOut(WIDTH)
                .nHeads(2)
                .projectInput(true)
                .build();
    }

    /** Attention of one sequence on another, two heads, width 4. */
    public static AttentionVertex cross() {
        return new AttentionVertex.Builder()
                .nInQueries(WIDTH)
                .nInKeys(WIDTH)
                .nInValues(WIDTH)
                .nOut(WIDTH)
                .nHeads(2)
                .projectInput(true)
                .build();
    }

    private static GlobalPoolingLayer mean() {
        return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    }

    private static DenseLayer linear(int out) {
        return new DenseLayer.Builder().nOut(out).activation(Activation.IDENTITY).build();
    }

    private static ElementWiseVertex product() {
        return Nets.product();
    }

    /** Adds a softmax output, for {@link Nets#batch(int, long)}. */
    public static ComputationGraphConfiguration classified(GraphBuilder builder, String from) {
        return builder.addLayer("out", Nets.output(), from)
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Adds the mean over tokens of some width, and a softmax output. */
    public static ComputationGraphConfiguration averaged(
            GraphBuilder builder, String end, int width) {
        return classified(builder.addLayer("mean", mean(), end), "mean", width);
    }

    /** Without input types: DL4J would infer a sum of widths for sequences joined in time. */
    private static ComputationGraphConfiguration classified(
            GraphBuilder builder, String from, int width) {
        OutputLayer output = Nets.output();
        output.setNIn(width);
        return builder.addLayer("out", output, from).setOutputs("out").build();
    }
}
