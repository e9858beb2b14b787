package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Scores of losses other than cross-entropy of one label per example, with and without masks. */
class OtherLossScoreTest {

    private static final int STEPS = 4;

    private static final INDArray LABELS =
            Nd4j.create(
                    new double[][] {
                        {1, 0, 1}, {0, 0, 0}, {1, 1, 1}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}
                    });

    @Test
    void severalLabelsAreScoredByTheGeometricMeanOfTheRightProbabilities() {
        ComputationGraph graph = network(LossFunction.XENT, Activation.SIGMOID);
        double expected = 0;
        for (double[][] row : rows(graph, "visual")) {
            double right = 1;
            for (int c = 0; c < row[0].length; c++) {
                double p = 1 / (1 + Math.exp(-row[0][c]));
                right *= row[1][c] == 1 ? p : 1 - p;
            }
            expected += Math.pow(right, 1.0 / row[0].length) / ByHand.EXAMPLES;
        }
        ByHand.assertScore(graph, "visual", expected);
    }

    @Test
    void regressionIsScoredInUnitsOfTheBatchsLoss() {
        ComputationGraph graph = network(LossFunction.MSE, Activation.IDENTITY);
        double[] audio = squaredErrors(graph, "audio");
        double[] visual = squaredErrors(graph, "visual");
        double tau = (Arrays.stream(audio).sum() + Arrays.stream(visual).sum()) / 12;
        double expected = Arrays.stream(visual).map(l -> Math.exp(-l / tau)).average().orElse(0);
        ByHand.assertScore(graph, "visual", expected);
    }

    private static double[] squaredErrors(ComputationGraph graph, String modality) {
        double[] errors = new double[ByHand.EXAMPLES];
        double[][][] rows = rows(graph, modality);
        for (int i = 0; i < errors.length; i++) {
            for (int c = 0; c < rows[i][0].length; c++) {
                double error = rows[i][0][c] - rows[i][1][c];
                errors[i] += error * error / rows[i][0].length;
            }
        }
        return errors;
    }

    /** Trains a step on LABELS; for each example the logits of the modality alone, and labels. */
    private static double[][][] rows(ComputationGraph graph, String modality) {
        MultiDataSet batch =
                new MultiDataSet(
                        Nets.batch(ByHand.EXAMPLES, 1).getFeatures(), new INDArray[] {LABELS});
        double[][] logits =
                ByHand.logits(
                        ByHand.features(graph, batch, modality + "_fc").get(modality + "_fc"),
                        ByHand.matrix(graph.getLayer("out").getParam("W")),
                        modality.equals("audio") ? 0 : 4,
                        graph.getLayer("out").getParam("b").reshape(-1).toDoubleVector(),
                        0.5);
        double[][][] rows = new double[ByHand.EXAMPLES][][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[][] {logits[i], LABELS.getRow(i).toDoubleVector()};
        }
        return rows;
    }

    @Test
    void labelMasksLeaveExamplesOutAndMasksPerOutputLeaveOutputsOut() {
        ComputationGraph graph = ByHand.modulated(Nets.dense(), ModulatedOptimizer.builder());
        MultiDataSet all = Nets.batch(ByHand.EXAMPLES, 1);
        MultiDataSet firstThree =
                new MultiDataSet(
                        new INDArray[] {
                            firstRows(all.getFeatures(0)), firstRows(all.getFeatures(1))
                        },
                        new INDArray[] {firstRows(all.getLabels(0))});
        Gradients.of(graph, firstThree);
        double expected = ByHand.score(graph, "audio");
        all.setLabelsMaskArray(
                new INDArray[] {
                    Nd4j.create(
                            new double[] {1, 1, 1, 0, 0, 0},
                            new long[] {ByHand.EXAMPLES, 1},
                            DataType.DOUBLE)
                });
        assertDiffersWithoutMask(graph, expected);
        Gradients.of(graph, all);
        ByHand.assertScore(graph, "audio", expected);
    }

    private static void assertDiffersWithoutMask(ComputationGraph graph, double expected) {
        Gradients.of(graph, Nets.batch(ByHand.EXAMPLES, 1));
        assertNotEquals(expected, ByHand.score(graph, "audio"), 1e-6);
    }

    @Test
    void perOutputMasks() {
        ComputationGraph graph = network(LossFunction.XENT, Activation.SIGMOID);
        INDArray mask =
                Nd4j.create(
                        new double[][] {
                            {1, 0, 1}, {0, 0, 0}, {1, 1, 1}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}
                        });
        MultiDataSet batch = Nets.batch(ByHand.EXAMPLES, 1);
        batch.setLabelsMaskArray(new INDArray[] {mask});
        Map<String, double[][]> features = ByHand.features(graph, batch, "audio_fc", "visual_fc");
        double[][] logits =
                ByHand.logits(
                        features.get("audio_fc"),
                        ByHand.matrix(graph.getLayer("out").getParam("W")),
                        0,
                        graph.getLayer("out").getParam("b").reshape(-1).toDoubleVector(),
                        0.5);
        double expected = 0;
        for (int i = 0; i < ByHand.EXAMPLES; i++) {
            double loss = 0;
            for (int c = 0; c < 3; c++) {
                double p = 1 / (1 + Math.exp(-logits[i][c]));
                double y = batch.getLabels(0).getDouble(i, c);
                loss -= mask.getDouble(i, c) * (y * Math.log(p) + (1 - y) * Math.log(1 - p));
            }
            double labelled = mask.getRow(i).sumNumber().doubleValue();
            expected += i == 1 ? 0 : Math.exp(-loss / labelled) / (ByHand.EXAMPLES - 1);
        }
        ByHand.assertScore(graph, "audio", expected);
    }

    @Test
    void sequencesCountWithTheMeanOverTheirUnmaskedSteps() {
        ComputationGraphConfiguration concat = Nets.recurrent(new Sgd(0.1)).build();
        assertSequenceScore(ByHand.modulated(concat, ModulatedOptimizer.builder()), "out", 3, 0.5);

        GraphBuilder sumBuilder =
                Nets.heads(
                        Nets.recurrentEncoders(new Sgd(0.1)),
                        Nets.add(),
                        "audio_rnn",
                        "visual_rnn");
        sumBuilder
                .addLayer(
                        "out",
                        new RnnLossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "fusion")
                .setOutputs("out");
        ComputationGraphConfiguration sum = sumBuilder.build();
        assertSequenceScore(
                ByHand.modulated(sum, ModulatedOptimizer.builder()), "visual_head", 0, 1);
    }

    private static void assertSequenceScore(
            ComputationGraph graph, String head, int firstRow, double biasShare) {
        MultiDataSet batch = Nets.sequences(ByHand.EXAMPLES, STEPS, 8);
        INDArray labels = batch.getLabels(0);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, ByHand.EXAMPLES, STEPS);
        mask.putScalar(0, 3, 0);
        mask.putScalar(4, 2, 0);
        mask.putScalar(4, 3, 0);
        batch.setFeaturesMaskArrays(new INDArray[] {mask, mask});
        batch.setLabelsMaskArray(new INDArray[] {mask});
        graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
        INDArray visual = graph.feedForward(batch.getFeatures(), true).get("visual_rnn").dup();
        graph.clearLayerMaskArrays();
        Gradients.of(graph, batch);

        double[][] w = ByHand.matrix(graph.getLayer(head).getParam("W"));
        double[] b = graph.getLayer(head).getParam("b").reshape(-1).toDoubleVector();
        double expected = 0;
        for (int i = 0; i < ByHand.EXAMPLES; i++) {
            double loss = 0;
            int steps = 0;
            for (int t = 0; t < STEPS; t++) {
                if (mask.getDouble(i, t) == 1) {
                    INDArrayIndex[] at = {
                        NDArrayIndex.point(i), NDArrayIndex.all(), NDArrayIndex.point(t)
                    };
                    double[][] step = {visual.get(at).toDoubleVector()};
                    int[] truth = {labels.get(at).argMax().getInt(0)};
                    loss -= Math.log(ByHand.softmaxScore(step, w, firstRow, b, biasShare, truth));
                    steps++;
                }
            }
            expected += Math.exp(-loss / steps) / ByHand.EXAMPLES;
        }
        ByHand.assertScore(graph, "visual", expected);
    }

    private static ComputationGraph network(LossFunction loss, Activation activation) {
        GraphBuilder builder = Nets.encoders();
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(loss).nOut(3).activation(activation).build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        return ByHand.modulated(conf, ModulatedOptimizer.builder());
    }

    private static INDArray firstRows(INDArray array) {
        return array.get(NDArrayIndex.interval(0, 3), NDArrayIndex.all()).dup();
    }
}
