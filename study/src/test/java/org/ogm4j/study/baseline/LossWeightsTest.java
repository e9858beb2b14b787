package org.ogm4j.study.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Trial;

class LossWeightsTest {

    private final ComputationGraph graph = HeadedNets.withHeads();

    private void weigh(double fused, double audio, double visual) {
        LossWeights.set(
                graph,
                Nets.CLASSES,
                Map.of("out", fused, "audio-own", audio, "visual-own", visual));
    }

    private MultiDataSet batch() {
        Trial trial = HeadedNets.trial(HeadedNets.split(), 1);
        return trial.feed(graph, trial.split().test().next());
    }

    private Map<String, INDArray> gradient() {
        MultiDataSet batch = batch();
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.computeGradientAndScore();
        Map<String, INDArray> copy = new HashMap<>();
        graph.gradient().gradientForVariable().forEach((name, own) -> copy.put(name, own.dup()));
        return copy;
    }

    /**
     * Heads of zeros give each class the same, so that each loss is ln C; a clone keeps weights.
     */
    @Test
    void multiplyTheLosses() {
        for (String head : new String[] {"out", "audio-own", "visual-own"}) {
            graph.getLayer(head).getParam("W").assign(0);
        }
        weigh(0.5, 2, 0.25);

        double wanted = 2.75 * Math.log(Nets.CLASSES);
        assertEquals(wanted, graph.score(batch(), false), 1e-5);
        assertEquals(wanted, graph.clone().score(batch(), false), 1e-5);
    }

    @Test
    void multiplyTheGradientsOfTheirHeads() {
        Map<String, INDArray> before = gradient();
        weigh(0.5, 2, 0);
        Map<String, INDArray> after = gradient();

        assertTrue(before.get("audio-own_W").norm2Number().doubleValue() > 1e-3);
        assertTrue(before.get("audio-own_W").mul(2).equalsWithEps(after.get("audio-own_W"), 1e-5));
        assertTrue(before.get("out_W").mul(0.5).equalsWithEps(after.get("out_W"), 1e-5));
        assertEquals(0, after.get("visual-own_W").norm2Number().doubleValue());
    }
}
