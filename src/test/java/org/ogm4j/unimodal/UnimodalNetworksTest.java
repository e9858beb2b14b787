package org.ogm4j.unimodal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;
import org.ogm4j.testing.UnimodalNets;

/** The network of each modality alone: what is kept, what it computes, and that it learns. */
class UnimodalNetworksTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();
    private static final Sgd SGD = new Sgd(0.1);
    private static final int EXAMPLES = 6;

    /** A network, and a batch for it. */
    record Setting(String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        all.add(new Setting("dense", Nets.dense(new Adam(0.01)), batch));
        all.add(new Setting("sum of heads", Nets.sum(), batch));
        all.add(new Setting("probabilities", UnimodalNets.probabilities(), batch));
        all.add(new Setting("images", UnimodalNets.images(), UnimodalNets.imageBatch()));
        all.add(new Setting("steps", UnimodalNets.sequences(), Nets.sequences(EXAMPLES, 4, 1)));
        all.add(new Setting("masked", UnimodalNets.sequences(), UnimodalNets.maskedSteps()));
        all.add(new Setting("masked mean", UnimodalNets.mixed(), UnimodalNets.maskedMean()));
        all.add(
                new Setting(
                        "transformers", UnimodalNets.transformers(), UnimodalNets.maskedTokens()));
        all.add(new Setting("4", UnimodalNets.many(4), UnimodalNets.manyBatch(4)));
        all.add(new Setting("two outputs", UnimodalNets.twoOutputs(), UnimodalNets.twoLabels()));
        Fusions.all(new Nesterovs(0.05, 0.9))
                .forEach(
                        (name, conf) ->
                                all.add(
                                        new Setting(
                                                name, conf, Fusions.batchFor(name, EXAMPLES, 1))));
        return all.stream();
    }

    /** Encoders are as they were, in what they hold and in what they compute; all else is gone. */
    @ParameterizedTest
    @MethodSource("settings")
    void theEncoderIsTheNetworksOwn(Setting setting) {
        ComputationGraph whole = Nets.init(setting.conf());
        whole.setLayerMaskArrays(setting.batch().getFeaturesMaskArrays(), null);
        Map<String, INDArray> features = whole.feedForward(setting.batch().getFeatures(), false);
        for (String modality : setting.conf().getNetworkInputs()) {
            ComputationGraph alone = Nets.init(OPTIMIZER.unimodal(setting.conf(), modality));
            ComputationGraphConfiguration conf = alone.getConfiguration();
            assertEquals(List.of(modality), conf.getNetworkInputs());
            int encoder = 0;
            for (String name : conf.getVertices().keySet()) {
                if (name.startsWith(modality + "_") && !name.endsWith("-mean")) {
                    encoder++;
                    alone.getVertex(name)
                            .paramTable(false)
                            .forEach(
                                    (own, array) -> array.assign(whole.getParam(name + "_" + own)));
                }
            }
            assertTrue(encoder > 0);
            MultiDataSetIterator batches = own(setting, modality);
            MultiDataSet batch = (MultiDataSet) batches.next();
            alone.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
            Map<String, INDArray> said = alone.feedForward(batch.getFeatures(), false);
            for (String name : conf.getVertices().keySet()) {
                if (name.startsWith(modality + "_") && !name.endsWith("-mean")) {
                    Compare.same(features.get(name), said.get(name), name);
                }
            }
        }
    }

    /** With masks, sequences and several outputs: the loss falls. */
    @ParameterizedTest
    @MethodSource("settings")
    void itTrains(Setting setting) {
        for (String modality : setting.conf().getNetworkInputs()) {
            MultiDataSet batch = (MultiDataSet) own(setting, modality).next();
            ComputationGraph start = Nets.init(OPTIMIZER.unimodal(setting.conf(), modality));
            double before = start.score(batch);
            ComputationGraph after =
                    OPTIMIZER.trainUnimodal(
                            setting.conf(), modality, new Batches(List.of(setting.batch())), 20);
            assertTrue(after.score(batch) < before, modality);
            assertEquals(20, after.getEpochCount());
        }
    }

    private static MultiDataSetIterator own(Setting setting, String modality) {
        return OPTIMIZER.unimodal(setting.conf(), modality, new Batches(List.of(setting.batch())));
    }

    /** The same as networks that are built by hand, step for step. */
    @Test
    void theClassifierIsLinearOnTheMean() {
        NeuralNetConfiguration.Builder base = Nets.base(new Nesterovs(0.05, 0.9)).l2(0.01);
        ComputationGraphConfiguration images =
                base.graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_conv", convolution(2), "audio")
                        .addLayer("visual_conv", convolution(3), "visual")
                        .addVertex("concat", new MergeVertex(), "audio_conv", "visual_conv")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.convolutional(4, 5, 1), InputType.convolutional(4, 5, 2))
                        .build();
        ComputationGraphConfiguration byHand =
                base.graphBuilder()
                        .addInputs("visual")
                        .addLayer("visual_conv", convolution(3), "visual")
                        .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "visual_conv")
                        .addLayer("out", Nets.output(), "mean")
                        .setOutputs("out")
                        .setInputTypes(InputType.convolutional(4, 5, 2))
                        .build();
        assertTrainAlike(images, byHand, "visual", UnimodalNets.imageBatch());
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(2, 2).nOut(channels).build();
    }

    @Test
    void withALabelForEveryStepItIsAppliedToEach() {
        ComputationGraphConfiguration byHand =
                Nets.base(SGD)
                        .graphBuilder()
                        .addInputs("audio")
                        .setInputTypes(InputType.recurrent(2))
                        .addLayer("audio_rnn", Nets.lstm(3), "audio")
                        .addLayer(
                                "out",
                                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                        .nOut(Nets.CLASSES)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "audio_rnn")
                        .setOutputs("out")
                        .build();
        assertTrainAlike(UnimodalNets.sequences(), byHand, "audio", UnimodalNets.maskedSteps());
    }

    @Test
    void thereIsOneForEachOutput() {
        ComputationGraphConfiguration byHand =
                Nets.base(SGD)
                        .graphBuilder()
                        .addInputs("audio")
                        .addLayer("audio_fc", Nets.layer(4), "audio")
                        .addLayer("out", Nets.output(), "audio_fc")
                        .addLayer(
                                "out2",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nOut(2)
                                        .activation(Activation.TANH)
                                        .build(),
                                "audio_fc")
                        .setOutputs("out", "out2")
                        .setInputTypes(InputType.feedForward(5))
                        .build();
        assertTrainAlike(UnimodalNets.twoOutputs(), byHand, "audio", UnimodalNets.twoLabels());
    }

    private static void assertTrainAlike(
            ComputationGraphConfiguration conf,
            ComputationGraphConfiguration byHand,
            String modality,
            MultiDataSet batch) {
        ComputationGraph expected = Nets.init(byHand);
        ComputationGraph actual = Nets.init(OPTIMIZER.unimodal(conf, modality));
        actual.setParams(expected.params());
        MultiDataSet own =
                (MultiDataSet)
                        OPTIMIZER.unimodal(conf, modality, new Batches(List.of(batch))).next();
        for (int step = 0; step < 5; step++) {
            expected.fit(own);
            actual.fit(own);
        }
        Compare.same(expected.params(), actual.params(), "parameters");
        Compare.sameState(expected, actual, "state");
    }

    /** Two inputs that are one modality, and two ends. */
    @Test
    void severalInputsAndEndsOfOneModality() {
        ComputationGraphConfiguration conf =
                Nets.base(SGD)
                        .graphBuilder()
                        .addInputs("left", "visual", "right")
                        .addLayer("left_fc", Nets.layer(3), "left")
                        .addLayer("right_fc", Nets.layer(4), "right")
                        .addLayer("visual_fc", Nets.layer(5), "visual")
                        .addVertex("concat", new MergeVertex(), "left_fc", "visual_fc", "right_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.feedForward(2),
                                InputType.feedForward(6),
                                InputType.feedForward(5))
                        .build();
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder()
                        .modality("sound", "left", "right")
                        .modality("sight", "visual");
        ComputationGraphConfiguration sound = builder.build().unimodal(conf, "sound");
        assertEquals(List.of("left", "right"), sound.getNetworkInputs());
        Random random = new Random(1);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 2),
                            Nets.gaussian(random, EXAMPLES, 6),
                            Nets.gaussian(random, EXAMPLES, 5)
                        },
                        new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
        Map<String, ComputationGraph> trained =
                builder.build().trainUnimodal(conf, new Batches(List.of(batch)), 3);
        assertEquals(List.of("sound", "sight"), List.copyOf(trained.keySet()));
        assertEquals(
                2 * 3 + 3 + 5 * 4 + 4 + 7 * 3 + 3, trained.get("sound").numParams(), "parameters");
        trained.forEach(builder::teacher);
        Nets.init(builder.build().modulate(conf)).fit(batch);
    }

    /** A real, small training: from chance to almost all right, each on its own data. */
    @Test
    void itImprovesOnItsOwnData() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.02));
        Batches train = Batches.of(40);
        MultiDataSetIterator test = new Batches(List.of(Nets.batch(500, 99)));
        double before =
                accuracy(Nets.init(OPTIMIZER.unimodal(conf, "visual")), conf, "visual", test);
        Map<String, ComputationGraph> trained = OPTIMIZER.trainUnimodal(conf, train, 15);
        double visual = accuracy(trained.get("visual"), conf, "visual", test);
        double audio = accuracy(trained.get("audio"), conf, "audio", test);
        assertTrue(before < 0.6, "before: " + before);
        assertTrue(visual > 0.9, "visual: " + visual);
        assertTrue(audio > 0.4 && audio < visual, "audio, which shows less: " + audio);
    }

    private static double accuracy(
            ComputationGraph alone,
            ComputationGraphConfiguration conf,
            String modality,
            MultiDataSetIterator test) {
        test.reset();
        Evaluation evaluation = alone.evaluate(OPTIMIZER.unimodal(conf, modality, test));
        return evaluation.accuracy();
    }

    /** A modulated network gives the same, and its counters are left behind. */
    @Test
    void ofAModulatedNetwork() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        conf.setIterationCount(7);
        conf.setEpochCount(3);
        ComputationGraphConfiguration alone = OPTIMIZER.unimodal(conf, "audio");
        assertEquals(0, alone.getIterationCount());
        assertEquals(0, alone.getEpochCount());
        assertEquals(alone, OPTIMIZER.unimodal(OPTIMIZER.modulate(conf), "audio"));
        assertTrue(!alone.toJson().contains("ogm4j"));
        assertEquals(alone, ComputationGraphConfiguration.fromJson(alone.toJson()));
    }

    @Test
    void ofNoModality() {
        assertEquals(
                "modality must be one of [audio, visual], got \"text\"",
                Thrown.message(
                        IllegalArgumentException.class,
                        () -> OPTIMIZER.unimodal(Nets.dense(), "text")));
    }

    @Test
    void batchesAreSelected() {
        MultiDataSet batch = UnimodalNets.maskedSteps();
        Batches source = new Batches(List.of(batch));
        MultiDataSetIterator own = OPTIMIZER.unimodal(UnimodalNets.sequences(), "visual", source);
        own.setPreProcessor(data -> data.setLabels(0, data.getLabels(0).mul(2)));
        var selected = own.next();
        assertSame(batch.getFeatures(1), selected.getFeatures(0));
        assertSame(batch.getFeaturesMaskArray(1), selected.getFeaturesMaskArray(0));
        assertSame(batch.getLabelsMaskArray(0), selected.getLabelsMaskArray(0));
        Compare.same(batch.getLabels(0).mul(2), selected.getLabels(0), "preprocessed");
        assertEquals(1, selected.getFeatures().length);
        assertTrue(!own.hasNext() && own.resetSupported() && own.asyncSupported());
        own.reset();
        assertTrue(own.hasNext());
        MultiDataSetIterator unmasked = OPTIMIZER.unimodal(Nets.dense(), "visual", Batches.of(1));
        assertNull(unmasked.next().getFeaturesMaskArrays());
    }
}
