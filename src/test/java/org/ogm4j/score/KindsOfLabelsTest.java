package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Labels of every kind, in networks: the score is what people take it for. */
class KindsOfLabelsTest {

    private static final int EXAMPLES = 6;
    private static final int STEPS = 4;

    private static ScoreSource source(String name) {
        return switch (name) {
            case "zeroOut" -> ScoreSource.zeroOut();
            case "probe" -> ScoreSource.probe();
            default -> ScoreSource.head();
        };
    }

    private static ComputationGraph modulated(GraphBuilder builder, ScoreSource source) {
        return Nets.init(
                ModulatedOptimizer.builder().score(source).build().modulate(builder.build()));
    }

    private static GraphBuilder dense(ILossFunction loss) {
        return Nets.encoders(Nets.base(new Sgd(0.1)))
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(loss)
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
    }

    private static GraphBuilder recurrent(ILossFunction loss) {
        return Nets.recurrentEncoders(new Sgd(0.1))
                .addVertex("concat", new MergeVertex(), "audio_rnn", "visual_rnn")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(loss)
                                .nOut(Nets.CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out");
    }

    private static MultiDataSet withLabels(MultiDataSet batch, INDArray... labels) {
        return new MultiDataSet(batch.getFeatures(), labels, null, batch.getLabelsMaskArrays());
    }

    private static INDArray indices(INDArray oneHot) {
        INDArray indices = oneHot.argMax(1).castTo(DataType.DOUBLE);
        return oneHot.rank() == 3
                ? indices.reshape(oneHot.size(0), 1, oneHot.size(2))
                : indices.reshape(oneHot.size(0), 1);
    }

    private static Map<String, ModalityStep> step(ComputationGraph graph, MultiDataSet batch) {
        Gradients.of(graph, batch);
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static void assertSameScores(
            Map<String, ModalityStep> expected, Map<String, ModalityStep> actual) {
        expected.forEach(
                (name, step) -> {
                    assertTrue(step.score() > 0 && step.score() < 1, name);
                    assertEquals(step.score(), actual.get(name).score(), 0, name);
                });
    }

    @ParameterizedTest
    @CsvSource({"head, false", "head, true", "zeroOut, false", "zeroOut, true", "probe, false"})
    void indicesOfClassesAreScoredLikeOneHotLabels(String source, boolean masked) {
        MultiDataSet oneHot = Nets.batch(EXAMPLES, 1);
        if (masked) {
            oneHot.setLabelsMaskArray(
                    new INDArray[] {Nd4j.create(new double[] {1, 0, 1, 1, 0, 1}, 6, 1)});
        }
        MultiDataSet sparse = withLabels(oneHot, indices(oneHot.getLabels(0)));
        assertSameScores(
                step(modulated(dense(new LossMCXENT()), source(source)), oneHot),
                step(modulated(dense(new LossSparseMCXENT()), source(source)), sparse));
        INDArray weights = Nd4j.create(new double[] {1, 7, 0.2}, 1, 3);
        assertSameScores(
                step(modulated(dense(new LossMCXENT()), source(source)), oneHot),
                step(modulated(dense(new LossSparseMCXENT(weights)), source(source)), sparse));
    }

    @ParameterizedTest
    @CsvSource({"head", "zeroOut", "probe"})
    void indicesOfClassesInSequences(String source) {
        MultiDataSet oneHot = Nets.sequences(EXAMPLES, STEPS, 8);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, STEPS);
        mask.putScalar(0, 3, 0);
        mask.putScalar(4, 2, 0);
        oneHot.setLabelsMaskArray(new INDArray[] {mask});
        assertSameScores(
                step(modulated(recurrent(new LossMCXENT()), source(source)), oneHot),
                step(
                        modulated(recurrent(new LossSparseMCXENT()), source(source)),
                        withLabels(oneHot, indices(oneHot.getLabels(0)))));
    }

    @Test
    void classWeightsDoNotEnterTheScore() {
        INDArray weights = Nd4j.create(new double[] {1, 7, 0.2}, 1, 3);
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        assertSameScores(
                step(modulated(dense(new LossMCXENT()), ScoreSource.head()), batch),
                step(modulated(dense(new LossMCXENT(weights)), ScoreSource.head()), batch));
    }

    /** The confident modality pays for the tails in the loss, and must not in the score. */
    @Test
    void smoothedLabelsDoNotTurnTheLeaderRound() {
        double[] scores = new double[2];
        double[] logits = {11.5, 3};
        for (int u = 0; u < 2; u++) {
            INDArray z = Nd4j.zeros(DataType.DOUBLE, 1, 10);
            z.putScalar(0, 3, logits[u]);
            INDArray labels = Nd4j.valueArrayOf(new long[] {1, 10}, 0.01, DataType.DOUBLE);
            labels.putScalar(0, 3, 0.91);
            Truth truth =
                    new Truth(
                            labels,
                            null,
                            new OutputLoss(
                                    new LossMCXENT(), Activation.SOFTMAX.getActivationFunction()));
            scores[u] = Math.exp(-RowLosses.of(truth, z).losses()[0]);
            double p = Math.exp(logits[u]) / (Math.exp(logits[u]) + 9);
            assertEquals(0.91 * p + 0.01 * (1 - p), scores[u], 1e-12);
        }
        assertTrue(scores[0] > 0.9 && scores[0] > scores[1], scores[0] + " " + scores[1]);
    }

    /** Targets about 60: neither score underflows, and the unit does not matter. */
    @Test
    void regressionInNaturalUnits() {
        double[] ratios = new double[2];
        for (int i = 0; i < 2; i++) {
            double unit = i == 0 ? 1 : 1000;
            Random random = new Random(3);
            double[][] targets = new double[EXAMPLES][1];
            double[][] guesses = new double[EXAMPLES][1];
            double[][] others = new double[EXAMPLES][1];
            for (int row = 0; row < EXAMPLES; row++) {
                targets[row][0] = unit * (60 + 15 * random.nextGaussian());
                guesses[row][0] = targets[row][0] + unit * 3 * random.nextGaussian();
                others[row][0] = targets[row][0] + unit * 12 * random.nextGaussian();
            }
            OutputLoss loss =
                    new OutputLoss(new LossMSE(), Activation.IDENTITY.getActivationFunction());
            Truth truth = new Truth(Nd4j.create(targets), null, loss);
            double[] scores =
                    BatchScores.of(List.of(losses(truth, guesses), losses(truth, others)));
            ratios[i] = scores[0] / scores[1];
        }
        assertTrue(ratios[0] > 1.2 && ratios[0] < 10, "" + ratios[0]);
        assertEquals(ratios[0], ratios[1], 1e-10 * ratios[0]);
    }

    /** 50 labels, each right with .90 or .88: the ratio is theirs, not its 50th power. */
    @Test
    void manyLabelsDoNotSaturateTheRatio() {
        OutputLoss loss =
                new OutputLoss(new LossBinaryXENT(), Activation.SIGMOID.getActivationFunction());
        INDArray labels = Nd4j.ones(DataType.DOUBLE, 1, 50);
        Truth truth = new Truth(labels, null, loss);
        double[] scores =
                BatchScores.of(
                        List.of(
                                losses(truth, rows(Math.log(0.90 / 0.10))),
                                losses(truth, rows(Math.log(0.88 / 0.12)))));
        assertEquals(0.90, scores[0], 1e-12);
        assertEquals(0.88, scores[1], 1e-12);
    }

    private static double[][] rows(double logit) {
        double[][] rows = new double[1][50];
        Arrays.fill(rows[0], logit);
        return rows;
    }

    private static Map<String, ExampleLosses> losses(Truth truth, double[][] logits) {
        RowLosses rows = RowLosses.of(truth, Nd4j.create(logits));
        return Map.of("out", new ExampleLosses(truth.loss().kind(), logits.length, rows));
    }

    /** A regression whose loss is a million times as large as a classification's. */
    @Test
    void aTaskInOtherUnitsDoesNotDrownAnother() {
        GraphBuilder builder =
                dense(new LossMCXENT())
                        .addLayer(
                                "age",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nOut(1)
                                        .activation(Activation.IDENTITY)
                                        .build(),
                                "concat")
                        .setOutputs("out", "age");
        ComputationGraph graph = modulated(builder, ScoreSource.head());
        MultiDataSet one = Nets.batch(EXAMPLES, 1);
        INDArray ages = Nd4j.rand(DataType.DOUBLE, EXAMPLES, 1).muli(1000);
        Map<String, ModalityStep> both = step(graph, withLabels(one, one.getLabels(0), ages));
        Map<String, ModalityStep> alone =
                step(modulated(dense(new LossMCXENT()), ScoreSource.head()), one);
        for (String modality : alone.keySet()) {
            double classes = alone.get(modality).score();
            double score = both.get(modality).score();
            // the other half is that of exp(-l / tau), about 1/e
            assertTrue(score > classes / 2 + 0.05 && score < classes / 2 + 0.5, modality + score);
        }
    }

    /** What a subclass computes is not known: it is scored by its own loss, without a unit. */
    @Test
    void aLossOfTheUsersOwnIsNotTakenForCrossEntropy() {
        ComputationGraph own = modulated(dense(new Focal()), ScoreSource.head());
        ComputationGraph plain = modulated(dense(new LossMCXENT()), ScoreSource.head());
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, ModalityStep> scores = step(own, batch);
        assertNotEquals(step(plain, batch).get("audio").score(), scores.get("audio").score(), 1e-3);
        // exp(-l / tau) with tau the mean of l
        double logs = 0;
        for (ModalityStep step : scores.values()) {
            assertTrue(step.score() > 0.2 && step.score() < 0.7, step.toString());
            logs += Math.log(step.score());
        }
        assertTrue(logs < 0);
    }

    /** Half of cross-entropy where the class is unlikely. */
    static final class Focal extends LossMCXENT {

        private static final long serialVersionUID = 1L;

        @Override
        public INDArray computeScoreArray(
                INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
            INDArray loss = super.computeScoreArray(labels, preOutput, activationFn, mask);
            return loss.muli(loss).muli(100);
        }
    }

    /**
     * RnnLossLayer keeps its labels after a step; here backprop reaches the auxiliary output of one
     * modality, and with it a gate, before it reaches that layer.
     */
    @ParameterizedTest
    @ValueSource(ints = {STEPS, STEPS + 2})
    void labelsAreThoseOfThisBatchWhateverALayerStillHolds(int steps) {
        GraphBuilder builder =
                Nets.heads(
                                Nets.recurrentEncoders(new Sgd(0.1)),
                                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                                "audio_rnn",
                                "visual_rnn")
                        .addLayer(
                                "out",
                                new RnnLossLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "fusion")
                        .addLayer("deep", new DenseLayer.Builder().nOut(3).build(), "audio_rnn")
                        .addLayer("deeper", new DenseLayer.Builder().nOut(3).build(), "deep")
                        .addLayer("deepest", new DenseLayer.Builder().nOut(3).build(), "deeper")
                        .addLayer(
                                "audio_out",
                                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                        .nOut(Nets.CLASSES)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "deepest")
                        .setOutputs("out", "audio_out");
        ComputationGraphConfiguration conf = builder.build();
        ComputationGraph fresh = modulated(conf);
        ComputationGraph used = modulated(conf);
        MultiDataSet first = twice(Nets.sequences(EXAMPLES, STEPS, 8));
        MultiDataSet second = twice(Nets.sequences(EXAMPLES, steps, 9));
        Gradients.of(used, first);
        assertSameScores(step(fresh, second), step(used, second));
    }

    private static ComputationGraph modulated(ComputationGraphConfiguration conf) {
        return Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
    }

    private static MultiDataSet twice(MultiDataSet batch) {
        return withLabels(batch, batch.getLabels(0), batch.getLabels(0).dup());
    }
}
