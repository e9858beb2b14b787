package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.study.run.RunRecord;

/** Sequences with masks, two outputs, a product of features, batches of 1, Adam. */
class OddNetworksTest {

    private static final int EXAMPLES = 18;
    private static final int STEPS = 4;

    @TempDir Path folder;

    private StudyResult run(GraphBuilder builder, MultiDataSet data, int batch) throws IOException {
        ComputationGraphConfiguration conf = builder.build();
        return Study.of(seed -> conf.clone())
                .data("odd", StudyData.crossValidated(data, batch, 3))
                .methods(
                        Method.plain().named("plain"),
                        Method.modulated(
                                        0.8,
                                        a ->
                                                ModulatedOptimizer.builder()
                                                        .alpha(a)
                                                        .score(ScoreSource.probe()))
                                .named("ogm-ge"))
                .seeds(1)
                .epochs(1)
                .run(folder);
    }

    private static GraphBuilder graph() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("text", "sound");
    }

    private static void check(StudyResult result, double examples) {
        assertEquals(Map.of(), result.failures());
        assertEquals(2, result.runs().size());
        for (RunRecord run : result.runs()) {
            assertTrue(run.test().fused() >= 0 && run.test().fused() <= 1, run.test().toString());
            assertTrue(run.test().alone("text") >= 0, run.test().toString());
            assertTrue(run.test().alone("sound") >= 0, run.test().toString());
            assertEquals(examples, run.tested());
        }
    }

    /** One answer for each step; half of the sequences are short. */
    @Test
    void sequencesWithMasks() throws IOException {
        INDArray mask = Nd4j.ones(EXAMPLES, STEPS);
        for (int i = 0; i < EXAMPLES; i += 2) {
            mask.putScalar(i, STEPS - 1, 0);
        }
        INDArray labels = Nd4j.zeros(EXAMPLES, 2, STEPS);
        for (int i = 0; i < EXAMPLES; i++) {
            for (int t = 0; t < STEPS; t++) {
                labels.putScalar(i, (i + t) % 2, t, 1);
            }
        }
        MultiDataSet data =
                new MultiDataSet(
                        new INDArray[] {
                            Nd4j.rand(EXAMPLES, 3, STEPS), Nd4j.rand(EXAMPLES, 3, STEPS)
                        },
                        new INDArray[] {labels},
                        new INDArray[] {mask, mask},
                        new INDArray[] {mask});
        GraphBuilder graph =
                graph().addLayer("t", lstm(), "text")
                        .addLayer("s", lstm(), "sound")
                        .addVertex("merge", new MergeVertex(), "t", "s")
                        .addLayer(
                                "out",
                                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .nIn(8)
                                        .nOut(2)
                                        .build(),
                                "merge")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.recurrent(3, STEPS), InputType.recurrent(3, STEPS));

        check(run(graph, data, 4), 6);
    }

    /** A sequence and a vector, multiplied; a second output; one example a batch. */
    @Test
    void aProductWithTwoOutputsOneExampleAtATime() throws IOException {
        INDArray labels = Nd4j.zeros(EXAMPLES, 2);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, i % 2, 1);
        }
        MultiDataSet data =
                new MultiDataSet(
                        new INDArray[] {Nd4j.rand(EXAMPLES, 3, STEPS), Nd4j.rand(EXAMPLES, 3)},
                        new INDArray[] {labels, Nd4j.rand(EXAMPLES, 1)});
        GraphBuilder graph =
                graph().addLayer("t", lstm(), "text")
                        .addLayer("last", new GlobalPoolingLayer.Builder().build(), "t")
                        .addLayer("s", new DenseLayer.Builder().nIn(3).nOut(4).build(), "sound")
                        .addVertex(
                                "product",
                                new ElementWiseVertex(ElementWiseVertex.Op.Product),
                                "last",
                                "s")
                        .addLayer(
                                "classes",
                                new OutputLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .nIn(4)
                                        .nOut(2)
                                        .build(),
                                "product")
                        .addLayer(
                                "number",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .activation(Activation.IDENTITY)
                                        .nIn(4)
                                        .nOut(1)
                                        .build(),
                                "product")
                        .setOutputs("classes", "number");

        check(run(graph, data, 1), 6);
    }

    private static LSTM lstm() {
        return new LSTM.Builder().nIn(3).nOut(4).activation(Activation.TANH).build();
    }
}
