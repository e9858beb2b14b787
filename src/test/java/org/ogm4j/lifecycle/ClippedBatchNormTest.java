package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.testing.Nets;

/**
 * DL4J's gradient clipping, in a plain network: the running mean and variance of a batch norm
 * travel as gradients, and are clipped like them.
 */
class ClippedBatchNormTest {

    private static final int EXAMPLES = 60;
    private static final int STEPS = 100;
    private static final double THRESHOLD = 0.1;

    /** The running mean moves by the threshold at most, so it is far behind after 100 steps. */
    @Test
    void runningStatisticsAreClippedToo() {
        ComputationGraph free = trained(new BatchNormalization(), GradientNormalization.None);
        ComputationGraph clipped = trained(new BatchNormalization(), clipping());
        assertTrue(accuracy(free, false) > 0.9, "free: " + accuracy(free, false));
        assertTrue(accuracy(clipped, true) > 0.9, "batch's own: " + accuracy(clipped, true));
        assertTrue(accuracy(clipped, false) < 0.6, "running: " + accuracy(clipped, false));
        assertEquals(
                THRESHOLD * STEPS, clipped.getParam("norm_mean").amaxNumber().doubleValue(), 1e-9);
    }

    /** The remedy: no clipping on this layer, whatever the others do. */
    @Test
    void withoutClippingOnTheLayerTheyAreRight() {
        BatchNormalization norm =
                new BatchNormalization.Builder()
                        .gradientNormalization(GradientNormalization.None)
                        .build();
        ComputationGraph graph = trained(norm, clipping());
        assertTrue(accuracy(graph, false) > 0.9, "running: " + accuracy(graph, false));
    }

    private static GradientNormalization clipping() {
        return GradientNormalization.ClipElementWiseAbsoluteValue;
    }

    private static ComputationGraph trained(BatchNormalization norm, GradientNormalization rule) {
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(0.1))
                        .gradientNormalization(rule)
                        .gradientNormalizationThreshold(THRESHOLD)
                        .graphBuilder()
                        .addInputs("x")
                        .addLayer("fc", linear(), "x")
                        .addLayer("norm", norm, "fc")
                        .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                        .addLayer("out", Nets.output(), "relu")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(6))
                        .build();
        ComputationGraph graph = Nets.init(conf);
        for (int step = 0; step < STEPS; step++) {
            graph.fit(batch(step));
        }
        return graph;
    }

    private static DenseLayer linear() {
        return new DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build();
    }

    /** Features with a mean of 30, as pixels or decibels have one. */
    private static MultiDataSet batch(long seed) {
        Random random = new Random(seed);
        INDArray labels = Nets.labels(EXAMPLES, random, DataType.DOUBLE);
        INDArray features = Nets.gaussian(random, EXAMPLES, 6).addi(30);
        for (int i = 0; i < EXAMPLES; i++) {
            int truth = labels.getRow(i).argMax().getInt(0);
            features.putScalar(i, truth, features.getDouble(i, truth) + 4);
        }
        return new MultiDataSet(features, labels);
    }

    private static double accuracy(ComputationGraph graph, boolean byTheBatch) {
        MultiDataSet batch = batch(STEPS);
        Evaluation evaluation = new Evaluation(Nets.CLASSES);
        evaluation.eval(batch.getLabels(0), graph.output(byTheBatch, batch.getFeatures())[0]);
        return evaluation.accuracy();
    }
}
