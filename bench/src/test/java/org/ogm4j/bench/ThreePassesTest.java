package org.ogm4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.examples.network.Modality;

/** The combined gradient by hand: networks of one loss each, and plain loops over their numbers. */
class ThreePassesTest {

    private static final int EXAMPLES = 6;
    private static final int CLASSES = 3;

    private static NeuralNetConfiguration.Builder base() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .updater(new Sgd(0.1));
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static DenseLayer dense(int width) {
        return new DenseLayer.Builder().nOut(width).build();
    }

    private static ComputationGraph joint() {
        ComputationGraph graph =
                new ComputationGraph(
                        base().graphBuilder()
                                .addInputs("audio", "visual")
                                .setInputTypes(InputType.feedForward(5), InputType.feedForward(4))
                                .addLayer("a1", dense(4), "audio")
                                .addLayer("a2", new BatchNormalization(), "a1")
                                .addLayer("v1", dense(3), "visual")
                                .addLayer("v2", dense(3), "v1")
                                .addVertex("joined", new MergeVertex(), "a2", "v2")
                                .addLayer("out", output(), "joined")
                                .setOutputs("out")
                                .build());
        graph.init();
        return graph;
    }

    /** Encoder and head alone. */
    private static ComputationGraph alone(Modality modality) {
        boolean audio = modality == Modality.AUDIO;
        ComputationGraph graph =
                new ComputationGraph(
                        base().graphBuilder()
                                .addInputs(modality.input())
                                .setInputTypes(InputType.feedForward(audio ? 5 : 4))
                                .addLayer(
                                        audio ? "a1" : "v1", dense(audio ? 4 : 3), modality.input())
                                .addLayer(
                                        audio ? "a2" : "v2",
                                        audio ? new BatchNormalization() : dense(3),
                                        audio ? "a1" : "v1")
                                .addLayer(ThreePasses.head(modality), output(), audio ? "a2" : "v2")
                                .setOutputs(ThreePasses.head(modality))
                                .build());
        graph.init();
        return graph;
    }

    private static MultiDataSet batch(long seed) {
        Random random = new Random(seed);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, CLASSES);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, random.nextInt(CLASSES), 1);
        }
        return new MultiDataSet(
                new INDArray[] {gaussian(random, 5), gaussian(random, 4)}, new INDArray[] {labels});
    }

    private static INDArray gaussian(Random random, int width) {
        double[][] numbers = new double[EXAMPLES][width];
        for (double[] row : numbers) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return Nd4j.createFromArray(numbers);
    }

    private static Map<String, INDArray> gradients(
            ComputationGraph graph, ComputationGraph from, INDArray label, INDArray... features) {
        graph.paramTable().forEach((name, array) -> array.assign(from.getParam(name)));
        graph.setInputs(features);
        graph.setLabels(label);
        graph.computeGradientAndScore();
        return graph.gradient().gradientForVariable();
    }

    private static double[] numbers(Map<String, INDArray> gradients, List<String> names) {
        return names.stream()
                .flatMapToDouble(
                        name ->
                                java.util.Arrays.stream(
                                        gradients.get(name).dup('c').ravel().toDoubleVector()))
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** By the formula of the paper; the weight by trying many, not in closed form. */
    private static double[] combined(double[] a, double[] b) {
        double best = 0.5;
        if (dot(a, b) < 0) {
            double step = 0.25;
            for (int halving = 0; halving < 60; halving++, step /= 2) {
                double left = Math.max(0, best - step);
                double right = Math.min(1, best + step);
                if (length(a, b, left) < length(a, b, best)) {
                    best = left;
                } else if (length(a, b, right) < length(a, b, best)) {
                    best = right;
                }
            }
        }
        double factor = 1.5 * Math.max(1, length(a, b, 0.5) / length(a, b, best));
        double[] e = new double[a.length];
        for (int i = 0; i < e.length; i++) {
            e[i] = factor * 2 * (best * a[i] + (1 - best) * b[i]);
        }
        return e;
    }

    private static double length(double[] a, double[] b, double weight) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(weight * a[i] + (1 - weight) * b[i], 2);
        }
        return Math.sqrt(sum);
    }

    @Test
    void combinedGradientIsThatOfHandArithmetic() {
        Set<String> met = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            MultiDataSet batch = batch(seed);
            INDArray label = batch.getLabels(0);
            ThreePasses passes = new ThreePasses(joint(), batch);
            ComputationGraph whole = passes.whole();
            // heads far from 0, so that the two losses disagree
            Random random = new Random(seed);
            for (String name : List.of("audio-head_W", "visual-head_W")) {
                INDArray head = whole.getParam(name);
                for (int i = 0; i < head.length(); i++) {
                    head.putScalar(i, 2 * random.nextGaussian());
                }
            }
            Map<String, INDArray> expected =
                    new java.util.HashMap<>(gradients(joint(), whole, label, batch.getFeatures()));
            passes.gradient(batch);
            Map<String, INDArray> found = whole.gradient().gradientForVariable();
            for (String same : List.of("out_W", "out_b", "a2_mean", "a2_log10stdev")) {
                close(expected.get(same), found.get(same), same);
            }
            for (Modality modality : Modality.values()) {
                Map<String, INDArray> own =
                        gradients(
                                alone(modality),
                                whole,
                                label,
                                batch.getFeatures(modality == Modality.AUDIO ? 0 : 1));
                List<String> names =
                        modality == Modality.AUDIO
                                ? List.of("a1_W", "a1_b", "a2_gamma", "a2_beta")
                                : List.of("v1_W", "v1_b", "v2_W", "v2_b");
                double[] a = numbers(expected, names);
                double[] b = numbers(own, names);
                met.add(modality + (dot(a, b) < 0 ? " conflict" : " agree"));
                double[] e = combined(a, b);
                double[] is = numbers(found, names);
                double scale = Math.sqrt(dot(e, e));
                for (int i = 0; i < e.length; i++) {
                    assertEquals(e[i], is[i], 1e-6 * scale, modality + " " + i + " of " + seed);
                }
                String head = ThreePasses.head(modality) + "_W";
                close(own.get(head), found.get(head), head);
            }
        }
        assertEquals(4, met.size(), met.toString());
    }

    private static void close(INDArray expected, INDArray found, String what) {
        assertTrue(expected.equalsWithEps(found, 1e-10), what);
    }

    /** A step is the updater's: with plain SGD the rate times the mean gradient. */
    @Test
    void stepIsTheUpdatersOfThatGradient() {
        MultiDataSet batch = batch(1);
        ThreePasses passes = new ThreePasses(joint(), batch);
        INDArray before = passes.whole().params().dup();
        INDArray gradient = passes.gradient(batch).dup();
        passes.fit(batch);
        INDArray step = before.sub(passes.whole().params());
        INDArray w = Nd4j.zerosLike(step);
        w.assign(gradient.reshape(w.shape()).mul(0.1 / EXAMPLES));
        long trained = 0;
        for (int i = 0; i < step.length(); i++) {
            trained += Math.abs(step.getDouble(i) - w.getDouble(i)) < 1e-12 ? 1 : 0;
        }
        // all but the running mean and variance of batch norm
        assertEquals(step.length() - 8, trained);
        assertFalse(step.isNaN().any());
        assertEquals(1, passes.whole().getIterationCount());
    }

    /** All networks that are timed. */
    @Test
    void smallWorkloadsTrain() {
        for (Workload workload : List.of(Workload.DENSE, Workload.LSTM)) {
            List<Double> scores = new ArrayList<>();
            ComputationGraph plain = new ComputationGraph(workload.network());
            plain.init();
            ThreePasses passes = new ThreePasses(plain, workload.batch());
            MultiDataSet batch = workload.batch();
            for (int step = 0; step < 6; step++) {
                passes.fit(batch);
                scores.add(passes.whole().score());
            }
            assertTrue(scores.get(5) < scores.get(0), workload + " " + scores);
        }
    }
}
