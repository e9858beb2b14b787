package org.ogm4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Networks and data of many kinds. */
class EvaluateTest {

    static Set<String> fusions() {
        return Fusions.all(new Sgd(0.1)).keySet();
    }

    private static Batches batchesFor(String fusion) {
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            batches.add(Fusions.batchFor(fusion, 9 - 2 * seed, seed));
        }
        return new Batches(batches);
    }

    /** The fused answer is DL4J's, and the network stays as it is. */
    @ParameterizedTest
    @MethodSource("fusions")
    void fusedIsWhatDl4jSaysAndPlainIsModulated(String fusion) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder(),
                        Fusions.all(new Nesterovs(0.05, 0.9)).get(fusion));
        graph.fit(batchesFor(fusion), 2);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        INDArray parameters = graph.params().dup();
        INDArray state = graph.updaterState().dup();
        String conf = graph.getConfiguration().toJson();
        Nd4j.getRandom().setSeed(5);
        double expectedDraw = Nd4j.rand(1, 1).getDouble(0);
        Nd4j.getRandom().setSeed(5);

        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, batchesFor(fusion));
        UnimodalEvaluation ofPlain = ModulatedOptimizer.evaluate(plain, batchesFor(fusion));

        assertEquals(expectedDraw, Nd4j.rand(1, 1).getDouble(0), "random numbers");
        Compare.same(parameters, graph.params(), "parameters");
        Compare.same(state, graph.updaterState(), "updater state");
        assertEquals(conf, graph.getConfiguration().toJson());
        Evaluation expected = graph.evaluate(batchesFor(fusion));
        assertEquals(expected.confusionToString(), found.fused().classes().confusionToString());
        assertEquals(expected.stats(), found.fused().classes().stats());
        assertEquals(24, found.fused().examples());
        assertEquals(found.toString(), ofPlain.toString());
        for (String modality : List.of("audio", "visual")) {
            assertEquals(24, found.alone(modality).examples());
            assertEquals(
                    found.alone(modality).classes().confusionToString(),
                    ofPlain.alone(modality).classes().confusionToString());
        }
    }

    /** At inference DL4J's activation layers write over what others read too. */
    @Test
    void noLayerWritesOverFeatures() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("cubes", new ActivationLayer(Activation.CUBE), "audio_fc")
                .addLayer("prelu", new PReLULayer.Builder().inputShape(7).build(), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_fc", "cubes", "prelu", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), builder.build());
        graph.fit(Batches.of(4), 2);
        MultiDataSet batch = Nets.batch(6, 3);
        INDArray before = batch.getFeatures(0).dup();
        // in training mode nothing is written over, and this network has no dropout
        Map<String, INDArray> features = graph.feedForward(batch.getFeatures(), true);
        INDArray audio = features.get("audio_fc");
        INDArray w = graph.getLayer("out").getParam("W");
        INDArray own =
                Nd4j.hstack(audio, audio.mul(audio).mul(audio))
                        .mmul(w.getRows(0, 1, 2, 3, 4, 5, 6, 7))
                        .addRowVector(graph.getLayer("out").getParam("b").div(2));
        INDArray expected = org.nd4j.linalg.ops.transforms.Transforms.softmax(own);
        Compare.close(expected, Read.alone(graph, batch, "audio").get("out"), 1e-12, "audio");
        Compare.same(before, batch.getFeatures(0), "the batch");
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, Batches.of(4));
        Evaluation fused = new Evaluation();
        for (int seed = 0; seed < 4; seed++) {
            MultiDataSet next = Nets.batch(8, seed);
            fused.eval(next.getLabels(0), graph.feedForward(next.getFeatures(), true).get("out"));
        }
        assertEquals(fused.confusionToString(), found.fused().classes().confusionToString());
    }

    /** A network that could not be trained again is evaluated all the same. */
    @Test
    void frozenEncodersAreRead() {
        ComputationGraph net = Nets.init(Nets.dense());
        net.fit(Batches.of(4), 3);
        ComputationGraph frozen =
                new TransferLearning.GraphBuilder(net)
                        .setFeatureExtractor("audio_fc", "visual_fc")
                        .build();
        assertThrows(
                IllegalArgumentException.class,
                () -> ModulatedOptimizer.builder().build().modulate(frozen));
        assertEquals(
                ModulatedOptimizer.evaluate(net, Batches.of(4)).toString(),
                ModulatedOptimizer.evaluate(frozen, Batches.of(4)).toString());
    }

    @Test
    void problemsAreCollectedWithAWayOut() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .graphBuilder()
                        .addInputs("all")
                        .addLayer("out", Nets.output(), "all")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5))
                        .build();
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ModulatedOptimizer.evaluate(Nets.init(conf), Batches.of(1)))
                        .getMessage();
        assertTrue(message.contains("build().modulate(network), data)"), message);
        assertTrue(message.contains("modalities must be at least 2"), message);
    }

    @Test
    void modalitiesOfSeveralInputsAreThoseOfTheModulation() {
        GraphBuilder builder =
                Nets.base()
                        .graphBuilder()
                        .addInputs("left", "right", "video")
                        .addLayer("l", Nets.layer(3), "left")
                        .addLayer("r", Nets.layer(3), "right")
                        .addLayer("v", Nets.layer(4), "video")
                        .addVertex("ears", Nets.add(), "l", "r")
                        .addVertex("concat", new MergeVertex(), "ears", "v")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.feedForward(5),
                                InputType.feedForward(5),
                                InputType.feedForward(6));
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .modality("audio", "left", "right")
                                .modality("visual", "video"),
                        builder.build());
        MultiDataSet two = Nets.batch(6, 1);
        INDArray ones = Nd4j.ones(DataType.DOUBLE, 6, 1);
        INDArray left = ones.dup();
        left.putScalar(0, 0).putScalar(1, 0);
        INDArray right = ones.dup();
        right.putScalar(1, 0).putScalar(2, 0);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {two.getFeatures(0), two.getFeatures(0), two.getFeatures(1)},
                        two.getLabels(),
                        new INDArray[] {left, right, ones},
                        null);
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(List.of(batch)));
        assertEquals(List.of("audio", "visual"), found.modalities());
        // one ear is enough; the second example has none
        assertEquals(5, found.alone("audio").examples());
        assertEquals(6, found.alone("visual").examples());
        assertEquals(6, found.fused().examples());
    }

    /** Heads of their own, with outputs of their own: the fused output comes first all the same. */
    @Test
    void outputsOfOneModalityComeAfterTheFusedOne() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("audio_out", Nets.output(), "audio_fc")
                .addLayer("visual_out", Nets.output(), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("audio_out", "visual_out", "out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .head("audio", "audio_out")
                                .head("visual", "visual_out"),
                        builder.build());
        MultiDataSet batch = Nets.batch(20, 4);
        INDArray y = batch.getLabels(0);
        MultiDataSet three = new MultiDataSet(batch.getFeatures(), new INDArray[] {y, y, y});
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(List.of(three)));
        assertEquals(
                List.of("out", "audio_out", "visual_out"), List.copyOf(found.outputs().keySet()));
        Map<Integer, Evaluation[]> expected = new java.util.HashMap<>();
        for (int i = 0; i < 3; i++) {
            expected.put(i, new Evaluation[] {new Evaluation()});
        }
        graph.evaluate(new Batches(List.of(three)), expected);
        assertEquals(
                expected.get(2)[0].confusionToString(),
                found.fused().classes().confusionToString());
        assertEquals(
                expected.get(0)[0].confusionToString(),
                found.alone("audio").classes().confusionToString());
        assertEquals(
                expected.get(1)[0].confusionToString(),
                found.alone("visual", "visual_out").classes().confusionToString());
        assertThrows(IllegalArgumentException.class, () -> found.fused("audio_out"));
        assertThrows(IllegalArgumentException.class, () -> found.alone("visual", "out"));
        assertThrows(IllegalArgumentException.class, () -> found.alone("smell"));
    }

    @Test
    void dataIsReadFromItsStartWhereverItWas() {
        ComputationGraph graph = Nets.init(Nets.dense());
        Batches data = Batches.of(3);
        String expected = ModulatedOptimizer.evaluate(graph, data).toString();
        assertFalse(data.hasNext());
        assertEquals(expected, ModulatedOptimizer.evaluate(graph, data).toString());
        data.reset();
        data.next();
        assertEquals(expected, ModulatedOptimizer.evaluate(graph, data).toString());
        AsyncMultiDataSetIterator async = new AsyncMultiDataSetIterator(Batches.of(3), 2, true);
        assertEquals(expected, ModulatedOptimizer.evaluate(graph, async).toString());
        async.shutdown();
    }

    @Test
    void dataWithoutLabelledExamplesIsAnError() {
        ComputationGraph graph = Nets.init(Nets.dense());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ModulatedOptimizer.evaluate(graph, new Batches(List.of())))
                        .getMessage();
        assertTrue(message.contains("at least one example"), message);
        MultiDataSet masked = Nets.batch(4, 1);
        masked.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 4, 1)});
        assertThrows(
                IllegalArgumentException.class,
                () -> ModulatedOptimizer.evaluate(graph, new Batches(List.of(masked))));
    }

    @Test
    void anAnswerThatIsNoNumberIsAnError() {
        ComputationGraph graph = Nets.init(Nets.dense());
        graph.getLayer("out").getParam("b").assign(Double.NaN);
        String message =
                assertThrows(
                                ArithmeticException.class,
                                () -> ModulatedOptimizer.evaluate(graph, Batches.of(1)))
                        .getMessage();
        assertTrue(message.contains("output \"out\" must be numbers, got NaN"), message);
    }

    /** A batch with a mask, and one without, of which DL4J's attention keeps nothing. */
    @ParameterizedTest
    @MethodSource("orders")
    void masksOfOneBatchAreNotThoseOfTheNext(boolean maskedFirst) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder(),
                        Fusions.all(new Sgd(0.1)).get("cross-attention"));
        MultiDataSet masked = Fusions.maskedTokenBatch(30, 1);
        masked.getFeaturesMaskArray(0).getColumn(2).assign(0);
        MultiDataSet open = Fusions.tokenBatch(30, 2);
        List<org.nd4j.linalg.dataset.api.MultiDataSet> both =
                maskedFirst ? List.of(masked, open) : List.of(open, masked);
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(both));
        Evaluation sum = new Evaluation();
        for (var batch : both) {
            sum.merge(
                    ModulatedOptimizer.evaluate(graph, new Batches(List.of(batch)))
                            .alone("audio")
                            .classes());
        }
        assertEquals(sum.confusionToString(), found.alone("audio").classes().confusionToString());
    }

    static List<Boolean> orders() {
        return List.of(true, false);
    }

    @Test
    void anEditThatTookTheHeadAwayIsNamed() {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        ComputationGraph edited =
                new TransferLearning.GraphBuilder(graph)
                        .removeVertexAndConnections("out")
                        .addLayer(
                                "other",
                                new OutputLayer.Builder(LossFunction.MCXENT)
                                        .nIn(11)
                                        .nOut(3)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "concat")
                        .setOutputs("other")
                        .build();
        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> ModulatedOptimizer.evaluate(edited, Batches.of(1)))
                        .getMessage();
        assertTrue(message.contains("call strip, edit, modulate again"), message);
    }

    @Test
    void halfPrecision() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder(),
                        Nets.dense(Nets.base().dataType(DataType.FLOAT16)));
        List<org.nd4j.linalg.dataset.api.MultiDataSet> data =
                List.of(Nets.batch(40, 1, DataType.FLOAT16));
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(data));
        Evaluation expected = graph.evaluate(new Batches(data));
        assertEquals(expected.confusionToString(), found.fused().classes().confusionToString());
        assertEquals(40, found.alone("audio").examples());
    }

    /** The state of rnnTimeStep is the network's own. */
    @Test
    void recurrentStateStays() {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .build()
                                .modulate(Nets.recurrent(new Sgd(0.1)).build()));
        MultiDataSet data = Nets.sequences(3, 4, 1);
        graph.rnnTimeStep(data.getFeatures());
        Map<String, INDArray> before = graph.rnnGetPreviousState("audio_rnn");
        INDArray kept = before.values().iterator().next().dup();
        ModulatedOptimizer.evaluate(graph, new Batches(List.of(data)));
        Compare.same(
                kept, graph.rnnGetPreviousState("audio_rnn").values().iterator().next(), "state");
        assertEquals(0, graph.getIterationCount());
    }

    @Test
    void networksThatWereNotInitialisedAre() {
        ComputationGraph graph =
                new ComputationGraph(Nets.dense(Nets.base().activation(Activation.RELU)));
        assertEquals(16, ModulatedOptimizer.evaluate(graph, Batches.of(2)).fused().examples());
    }
}
