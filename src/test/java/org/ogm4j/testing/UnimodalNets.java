package org.ogm4j.testing;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks and batches for tests of unimodal signals, two modalities unless it says otherwise. */
public final class UnimodalNets {

    private static final int EXAMPLES = 6;
    private static final IUpdater SGD = new Sgd(0.1);

    private UnimodalNets() {}

    public static ComputationGraphConfiguration output(ILossFunction loss) {
        return Nets.encoders(Nets.base(SGD))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(loss)
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** As Keras import has it: a softmax layer, and a loss layer that takes what it makes. */
    public static ComputationGraphConfiguration probabilities() {
        return Nets.encoders(Nets.base(SGD))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .addLayer(
                        "out",
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "dense")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    public static ComputationGraphConfiguration images() {
        return Nets.base(SGD)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_conv", new ConvolutionLayer.Builder(2, 2).nOut(2).build(), "audio")
                .addLayer(
                        "visual_conv", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_conv", "visual_conv")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(4, 5, 1), InputType.convolutional(4, 5, 2))
                .build();
    }

    public static MultiDataSet imageBatch() {
        Random random = new Random(1);
        INDArray labels = Nets.labels(EXAMPLES, random, DataType.DOUBLE);
        return new MultiDataSet(
                new INDArray[] {
                    Nets.gaussian(random, EXAMPLES, 1, 4, 5),
                    Nets.gaussian(random, EXAMPLES, 2, 4, 5)
                },
                new INDArray[] {labels});
    }

    public static ComputationGraphConfiguration sequences() {
        return Nets.recurrent(SGD).build();
    }

    /** Steps at the end of some examples are masked, one example whole. */
    public static MultiDataSet maskedSteps() {
        MultiDataSet batch = Nets.sequences(EXAMPLES, 4, 1);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4);
        mask.putScalar(0, 3, 0);
        mask.putScalar(2, 2, 0);
        mask.putScalar(2, 3, 0);
        INDArray labels = mask.dup();
        labels.putRow(4, Nd4j.zeros(DataType.DOUBLE, 4));
        batch.setFeaturesMaskArrays(new INDArray[] {mask, mask.dup()});
        batch.setLabelsMaskArray(new INDArray[] {labels});
        return batch;
    }

    /** A shared layer that uses masks: DL4J's LSTM does not. */
    public static ComputationGraphConfiguration mixed() {
        return Nets.recurrentEncoders(SGD)
                .addVertex("concat", new MergeVertex(), "audio_rnn", "visual_rnn")
                .addLayer("mixed", new LSTM.Builder().nOut(4).build(), "concat")
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "mixed")
                .addLayer("out", Nets.output(), "mean")
                .setOutputs("out")
                .build();
    }

    public static MultiDataSet maskedMean() {
        MultiDataSet batch = maskedSteps();
        INDArray labels = Nets.labels(EXAMPLES, new Random(2), DataType.DOUBLE);
        return new MultiDataSet(
                batch.getFeatures(), new INDArray[] {labels}, batch.getFeaturesMaskArrays(), null);
    }

    public static MultiDataSet maskedTokens() {
        MultiDataSet batch = Fusions.maskedTokenBatch(EXAMPLES, 1);
        batch.getFeaturesMaskArrays()[0].putScalar(1, 2, 0);
        batch.getFeaturesMaskArrays()[1].putScalar(3, 3, 0);
        return batch;
    }

    /** Attention inside each encoder, then the mean over its tokens. */
    public static ComputationGraphConfiguration transformers() {
        GraphBuilder builder = Fusions.tokens(SGD);
        for (String modality : new String[] {"audio", "visual"}) {
            builder.addLayer(modality + "_mixed", Fusions.attention(), modality + "_fc")
                    .addLayer(
                            modality + "_mean",
                            new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                            modality + "_mixed");
        }
        OutputLayer output = Nets.output();
        output.setNIn(8);
        return builder.addVertex("concat", new MergeVertex(), "audio_mean", "visual_mean")
                .addLayer("out", output, "concat")
                .setOutputs("out")
                .build();
    }

    public static ComputationGraphConfiguration many(int modalities) {
        String[] names = names(modalities);
        GraphBuilder builder = Nets.base(SGD).graphBuilder().addInputs(names);
        InputType[] types = new InputType[modalities];
        String[] ends = new String[modalities];
        for (int u = 0; u < modalities; u++) {
            types[u] = InputType.feedForward(u + 2);
            ends[u] = names[u] + "_fc";
            builder.addLayer(ends[u], new DenseLayer.Builder().nOut(u + 1).build(), names[u]);
        }
        return builder.addVertex("concat", new MergeVertex(), ends)
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(types)
                .build();
    }

    public static MultiDataSet manyBatch(int modalities) {
        Random random = new Random(1);
        INDArray[] features = new INDArray[modalities];
        for (int u = 0; u < modalities; u++) {
            features[u] = Nets.gaussian(random, EXAMPLES, u + 2);
        }
        return new MultiDataSet(
                features, new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }

    private static String[] names(int modalities) {
        String[] all = {"audio", "visual", "text", "touch"};
        return List.of(all).subList(0, modalities).toArray(String[]::new);
    }

    public static ComputationGraphConfiguration twoOutputs() {
        return Nets.encoders(Nets.base(SGD))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .addLayer(
                        "out2",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        "concat")
                .setOutputs("out", "out2")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    public static MultiDataSet twoLabels() {
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray targets = Nets.gaussian(new Random(2), EXAMPLES, 2);
        batch.setLabels(new INDArray[] {batch.getLabels(0), targets});
        return batch;
    }

    /** Two hidden layers, the first with dropout, which a modality's own loss does without. */
    public static ComputationGraphConfiguration deepWithDropout() {
        return Fusions.classified(
                Nets.encoders(Nets.base(SGD))
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer(
                                "hidden",
                                new DenseLayer.Builder().nOut(5).dropOut(0.7).build(),
                                "concat")
                        .addLayer("hidden2", new DenseLayer.Builder().nOut(5).build(), "hidden"),
                "hidden2");
    }

    /** DL4J's ActivationLayer writes over its input at inference settings. */
    public static ComputationGraphConfiguration readTwice() {
        return Fusions.classified(
                Nets.encoders(Nets.base(SGD))
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("hidden", new DenseLayer.Builder().nOut(5).build(), "concat")
                        .addLayer("cubes", new ActivationLayer(Activation.CUBE), "hidden")
                        .addVertex("both", new MergeVertex(), "cubes", "hidden"),
                "both");
    }

    public static MultiDataSet soft(MultiDataSet batch) {
        INDArray soft = batch.getLabels(0).mul(0.7).addi(0.1);
        return new MultiDataSet(batch.getFeatures(), new INDArray[] {soft});
    }

    public static MultiDataSet masked(MultiDataSet batch) {
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1);
        mask.putScalar(2, 0, 0);
        return new MultiDataSet(
                batch.getFeatures(), batch.getLabels(), null, new INDArray[] {mask});
    }

    public static MultiDataSet sparse(MultiDataSet batch) {
        INDArray index = batch.getLabels(0).argMax(1).castTo(DataType.DOUBLE);
        return new MultiDataSet(batch.getFeatures(), new INDArray[] {index.reshape(EXAMPLES, 1)});
    }
}
