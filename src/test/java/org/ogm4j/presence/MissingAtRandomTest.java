package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;

/** A modality that is missing at random keeps its ratio, up to what another sample would change. */
class MissingAtRandomTest {

    private static final int EXAMPLES = 2000;
    private static final double SHARE = 0.4;

    /**
     * The ratio of a part of n examples, drawn at random from N, has the standard error {@code
     * sqrt((1/n - 1/N)) sd(s_v - rho s_a) / mean(s_a)} about that of all. The bound is 5 of them:
     * with three cases a false alarm has probability 2e-6 for a random seed. The ratio that takes
     * the missing rows for features is off by more than 20.
     */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void keepsItsRatio(Missing sign) {
        ComputationGraph trained = Nets.init(Nets.dense());
        for (int step = 0; step < 60; step++) {
            trained.fit(Nets.batch(64, 100 + step));
        }
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        double[] audio = scores(trained, batch, "audio", 0, 4);
        double[] visual = scores(trained, batch, "visual", 4, 11);
        double ratio = mean(visual) / mean(audio);
        boolean[] has = Missing.atRandom(EXAMPLES, SHARE, 7);

        MultiDataSet missing = sign.in(batch, null, has);
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().missing(sign.option()), Nets.dense());
        graph.setParams(trained.params());
        Gradients.of(graph, missing);
        Map<String, ModalityStep> steps =
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();

        double error = standardError(audio, visual, ratio, has) / mean(audio);
        assertTrue(error < 0.02, "it has to tell something: " + error);
        assertEquals(ratio, steps.get("visual").ratio(), 5 * error, "ratio");
        assertEquals(1 / steps.get("visual").ratio(), steps.get("audio").ratio(), 1e-12);
        // by hand, on those that have both
        assertEquals(among(visual, has) / among(audio, has), steps.get("visual").ratio(), 1e-12);
        assertEquals(among(visual, has), steps.get("visual").score(), 1e-12);
        assertEquals(mean(audio), steps.get("audio").score(), 1e-12);

        double[] naive = scores(trained, Missing.ZEROS.in(batch, null, has), "visual", 4, 11);
        double off = Math.abs(mean(naive) / mean(audio) - ratio) / error;
        assertTrue(off > 20, "the naive ratio is off by " + off + " standard errors");
    }

    private static double standardError(
            double[] audio, double[] visual, double ratio, boolean[] has) {
        double squares = 0;
        double part = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            squares += Math.pow(visual[i] - ratio * audio[i], 2) / EXAMPLES;
            part += has[i] ? 1 : 0;
        }
        return Math.sqrt(squares * (1 / part - 1.0 / EXAMPLES));
    }

    /** The score of every example by eq. 8: its rows of the head, half of the bias. */
    private static double[] scores(
            ComputationGraph graph, MultiDataSet batch, String modality, int from, int to) {
        INDArray x = batch.getFeatures(modality.equals("audio") ? 0 : 1);
        INDArray features =
                Transforms.tanh(
                        x.mmul(graph.getParam(modality + "_fc_W"))
                                .addRowVector(graph.getParam(modality + "_fc_b")));
        INDArray rows =
                graph.getParam("out_W").get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        INDArray logits = features.mmul(rows).addRowVector(graph.getParam("out_b").mul(0.5));
        return Transforms.softmax(logits).mul(batch.getLabels(0)).sum(1).toDoubleVector();
    }

    private static double mean(double[] scores) {
        return among(scores, Missing.atRandom(scores.length, 0, 1));
    }

    private static double among(double[] scores, boolean[] has) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += has[i] ? scores[i] : 0;
            count += has[i] ? 1 : 0;
        }
        return sum / count;
    }
}
