package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** All of ND4J's losses that are no cross-entropy, each in a network of two modalities. */
class EveryLossTest {

    private static final int EXAMPLES = 6;

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new LossMSE(), Activation.IDENTITY, 3),
                Arguments.of(new LossMAE(), Activation.IDENTITY, 3),
                Arguments.of(new LossL1(), Activation.IDENTITY, 3),
                Arguments.of(new LossL2(), Activation.IDENTITY, 3),
                Arguments.of(new LossMAPE(), Activation.IDENTITY, 3),
                Arguments.of(new LossMSLE(), Activation.SOFTPLUS, 3),
                Arguments.of(new LossPoisson(), Activation.SOFTPLUS, 3),
                Arguments.of(new LossKLD(), Activation.SOFTMAX, 3),
                Arguments.of(new LossHinge(), Activation.IDENTITY, 3),
                Arguments.of(new LossSquaredHinge(), Activation.IDENTITY, 3),
                Arguments.of(new LossCosineProximity(), Activation.IDENTITY, 3),
                Arguments.of(new LossWasserstein(), Activation.IDENTITY, 3),
                Arguments.of(new LossMultiLabel(), Activation.IDENTITY, 3),
                // 2 gaussians of 3 targets: 2 weights, 2 deviations, 2 x 3 means
                Arguments.of(
                        LossMixtureDensity.builder().gaussians(2).labelWidth(3).build(),
                        Activation.IDENTITY,
                        10));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void isScoredInUnitsOfTheBatchsOwn(ILossFunction loss, Activation activation, int outputs) {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .build()
                                .modulate(
                                        Nets.encoders(Nets.base(new Sgd(0.1)).dataType(type(loss)))
                                                .addVertex(
                                                        "concat",
                                                        new MergeVertex(),
                                                        "audio_fc",
                                                        "visual_fc")
                                                .addLayer(
                                                        "out",
                                                        new OutputLayer.Builder(loss)
                                                                .nOut(outputs)
                                                                .activation(activation)
                                                                .build(),
                                                        "concat")
                                                .setOutputs("out")
                                                .setInputTypes(
                                                        InputType.feedForward(5),
                                                        InputType.feedForward(6))
                                                .build()));
        INDArray labels = labels(loss).castTo(type(loss));
        MultiDataSet batch =
                new MultiDataSet(
                        Nets.batch(EXAMPLES, 1, type(loss)).getFeatures(), new INDArray[] {labels});
        Map<String, INDArray> features =
                new HashMap<>(graph.feedForward(batch.getFeatures(), false));
        features.replaceAll((name, array) -> array.dup());
        Gradients.of(graph, batch);
        double[] audio = losses(graph, loss, activation, labels, features.get("audio_fc"), 0);
        double[] visual = losses(graph, loss, activation, labels, features.get("visual_fc"), 4);

        double tau = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            tau += (Math.abs(audio[i]) + Math.abs(visual[i])) / (2 * EXAMPLES);
        }
        Map<String, ModalityStep> steps =
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        double rtol = type(loss) == DataType.DOUBLE ? 1e-9 : 1e-5;
        assertScore(audio, tau, steps.get("audio"), rtol);
        assertScore(visual, tau, steps.get("visual"), rtol);
    }

    /** These two make floats of a double network's arrays, and fail in DL4J itself. */
    private static DataType type(ILossFunction loss) {
        boolean floats = loss instanceof LossMultiLabel || loss instanceof LossMixtureDensity;
        return floats ? DataType.FLOAT : DataType.DOUBLE;
    }

    private static void assertScore(double[] losses, double tau, ModalityStep step, double rtol) {
        double expected = 0;
        for (double l : losses) {
            expected += Math.exp(-l / tau) / EXAMPLES;
        }
        assertTrue(expected > 0 && Double.isFinite(step.ratio()), step.toString());
        assertEquals(expected, step.score(), rtol * expected);
    }

    /** Positive targets; of multi-label and hinge losses labels of two values. */
    private static INDArray labels(ILossFunction loss) {
        INDArray labels = Nd4j.createFromArray(new double[EXAMPLES][3]);
        for (int i = 0; i < EXAMPLES; i++) {
            for (int c = 0; c < 3; c++) {
                boolean first = (i + c) % 3 == 0;
                double value =
                        loss instanceof LossHinge || loss instanceof LossSquaredHinge
                                ? (first ? 1 : -1)
                                : loss instanceof LossMultiLabel
                                        ? (first ? 1 : 0)
                                        : (first ? 0.8 : 0.1);
                labels.putScalar(i, c, value);
            }
        }
        return labels;
    }

    /** One example at a time, with logits multiplied out by hand. */
    private static double[] losses(
            ComputationGraph graph,
            ILossFunction loss,
            Activation activation,
            INDArray labels,
            INDArray features,
            int firstRow) {
        double[][] logits =
                ByHand.logits(
                        features.toDoubleMatrix(),
                        ByHand.matrix(graph.getLayer("out").getParam("W")),
                        firstRow,
                        graph.getLayer("out").getParam("b").reshape(-1).toDoubleVector(),
                        0.5);
        double[] losses = new double[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            INDArray row = Nd4j.create(new double[][] {logits[i]}).castTo(labels.dataType());
            losses[i] =
                    loss.computeScore(
                            labels.getRow(i, true),
                            row,
                            activation.getActivationFunction(),
                            null,
                            true);
        }
        return losses;
    }
}
