package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Nets;

/**
 * Scores that a network reports, against the same computed by hand, element by element, from its
 * activations.
 */
class UnimodalScoreTest {

    @Test
    void ofAConcatenationTheyAreTheHeadsRowsAndHalfTheBias() {
        ComputationGraph graph = ByHand.modulated(Nets.dense(), ModulatedOptimizer.builder());
        MultiDataSet batch = Nets.batch(ByHand.EXAMPLES, 1);
        Map<String, double[][]> features = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        double[][] w = ByHand.matrix(graph.getLayer("out").getParam("W"));
        double[] b = graph.getLayer("out").getParam("b").reshape(-1).toDoubleVector();
        int[] labels = ByHand.classes(batch.getLabels(0));

        ByHand.assertScore(
                graph,
                "audio",
                ByHand.softmaxScore(features.get("audio_fc"), w, 0, b, 0.5, labels));
        ByHand.assertScore(
                graph,
                "visual",
                ByHand.softmaxScore(features.get("visual_fc"), w, 4, b, 0.5, labels));
    }

    /** A sure answer in single precision: the other classes' log probabilities are -infinity. */
    @Test
    void logitsThatDifferByMuchAreScored() {
        INDArray logits = Nd4j.createFromArray(0f, 50f, 110f, 0f, 110f, 50f).reshape(2, 3);
        INDArray labels = Nd4j.createFromArray(0f, 0f, 1f, 1f, 0f, 0f).reshape(2, 3);
        Truth truth =
                new Truth(labels, null, new OutputLoss(new LossMCXENT(), new ActivationSoftmax()));
        double[] losses = RowLosses.of(truth, logits).losses();
        assertEquals(0, losses[0], 1e-6);
        assertEquals(110, losses[1], 1e-5);
        logits.putScalar(0, Float.NaN);
        losses = RowLosses.of(truth, logits).losses();
        assertTrue(Double.isNaN(losses[0]), "NaN stays NaN");
    }

    @Test
    void aConcatenationMayBeNestedAndDroppedOut() {
        GraphBuilder builder =
                Nets.encoders()
                        .addInputs("text")
                        .addLayer("text_fc", Nets.layer(2), "text")
                        .addVertex("early", new MergeVertex(), "audio_fc", "visual_fc")
                        .addVertex("late", new MergeVertex(), "text_fc", "early")
                        .addLayer("drop", new DropoutLayer.Builder(0.5).build(), "late")
                        .addLayer("out", Nets.output(), "drop")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.feedForward(5),
                                InputType.feedForward(6),
                                InputType.feedForward(3));
        ComputationGraph graph = ByHand.modulated(builder.build(), ModulatedOptimizer.builder());
        MultiDataSet two = Nets.batch(ByHand.EXAMPLES, 1);
        INDArray text = Nets.gaussian(new Random(4), ByHand.EXAMPLES, 3);
        INDArray[] inputs = {two.getFeatures(0), two.getFeatures(1), text};
        MultiDataSet batch = new MultiDataSet(inputs, two.getLabels());
        Map<String, double[][]> features =
                ByHand.features(graph, batch, "audio_fc", "visual_fc", "text_fc");
        double[][] w = ByHand.matrix(graph.getLayer("out").getParam("W"));
        double[] b = graph.getLayer("out").getParam("b").reshape(-1).toDoubleVector();
        int[] labels = ByHand.classes(batch.getLabels(0));

        ByHand.assertScore(
                graph,
                "text",
                ByHand.softmaxScore(features.get("text_fc"), w, 0, b, 1 / 3.0, labels));
        ByHand.assertScore(
                graph,
                "audio",
                ByHand.softmaxScore(features.get("audio_fc"), w, 2, b, 1 / 3.0, labels));
        ByHand.assertScore(
                graph,
                "visual",
                ByHand.softmaxScore(features.get("visual_fc"), w, 6, b, 1 / 3.0, labels));
    }

    @Test
    void ofASumOrANamedHeadTheyAreTheHeadsOwn() {
        assertOwnHeads(ByHand.modulated(Nets.sum(), ModulatedOptimizer.builder()));

        // a product cannot be split, so its factors are named as the heads
        GraphBuilder product =
                Nets.heads(Nets.encoders(), Nets.product(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "fusion")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ModulatedOptimizer.Builder named =
                ModulatedOptimizer.builder()
                        .head("audio", "audio_head")
                        .head("visual", "visual_head");
        assertOwnHeads(ByHand.modulated(product.build(), named));
    }

    private static void assertOwnHeads(ComputationGraph graph) {
        MultiDataSet batch = Nets.batch(ByHand.EXAMPLES, 2);
        int[] labels = ByHand.classes(batch.getLabels(0));
        Map<String, double[][]> features = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        for (String modality : new String[] {"audio", "visual"}) {
            double[][] w = ByHand.matrix(graph.getLayer(modality + "_head").getParam("W"));
            double[] b =
                    graph.getLayer(modality + "_head").getParam("b").reshape(-1).toDoubleVector();
            double expected =
                    ByHand.softmaxScore(features.get(modality + "_fc"), w, 0, b, 1, labels);
            ByHand.assertScore(graph, modality, expected);
        }
    }
}
