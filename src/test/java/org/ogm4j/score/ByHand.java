package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Scores computed element by element, from the activations of a network. */
final class ByHand {

    static final int EXAMPLES = 6;

    private ByHand() {}

    /** With biases that are not 0, as DL4J's are at first. */
    static ComputationGraph modulated(
            ComputationGraphConfiguration conf, ModulatedOptimizer.Builder builder) {
        ComputationGraph graph = Nets.init(builder.build().modulate(conf));
        Random random = new Random(5);
        for (Map.Entry<String, INDArray> param : graph.paramTable().entrySet()) {
            if (param.getKey().endsWith("_b")) {
                param.getValue().assign(Nets.gaussian(random, param.getValue().shape()));
            }
        }
        return graph;
    }

    /** Runs a training pass, and gives the features that it had. */
    static Map<String, double[][]> features(
            ComputationGraph graph, MultiDataSet batch, String... layers) {
        Map<String, INDArray> activations = graph.feedForward(batch.getFeatures(), false);
        Map<String, double[][]> features = new HashMap<>();
        for (String layer : layers) {
            features.put(layer, matrix(activations.get(layer)));
        }
        Gradients.of(graph, batch);
        return features;
    }

    static double softmaxScore(
            double[][] x, double[][] w, int firstRow, double[] b, double share, int[] labels) {
        double[][] logits = logits(x, w, firstRow, b, share);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double total = Arrays.stream(logits[i]).map(Math::exp).sum();
            sum += Math.exp(logits[i][labels[i]]) / total;
        }
        return sum / x.length;
    }

    static double[][] logits(double[][] x, double[][] w, int firstRow, double[] b, double share) {
        double[][] logits = new double[x.length][b.length];
        for (int i = 0; i < x.length; i++) {
            for (int c = 0; c < b.length; c++) {
                logits[i][c] = share * b[c];
                for (int d = 0; d < x[i].length; d++) {
                    logits[i][c] += x[i][d] * w[firstRow + d][c];
                }
            }
        }
        return logits;
    }

    static int[] classes(INDArray labels) {
        return labels.argMax(1).toIntVector();
    }

    static double[][] matrix(INDArray array) {
        return array.toDoubleMatrix();
    }

    static double score(ComputationGraph graph, String modality) {
        return ModulatedOptimizer.lastModulation(graph)
                .orElseThrow()
                .modalities()
                .get(modality)
                .score();
    }

    static void assertScore(ComputationGraph graph, String modality, double expected) {
        assertEquals(expected, score(graph, modality), 1e-10 * expected, modality);
    }
}
