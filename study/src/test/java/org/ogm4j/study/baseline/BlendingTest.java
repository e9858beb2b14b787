package org.ogm4j.study.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.GradientBlending.Curve;

class BlendingTest {

    private static final int LOSSES = 3;

    private final Split split = HeadedNets.split();
    private final Trial trial = HeadedNets.trial(split, 3);

    /** The same weights from networks that are trained here, one gradient step at a time. */
    @Test
    void weightsAreThoseOfTheLossesTrainedAlone() {
        ComputationGraph graph = HeadedNets.withHeads();
        INDArray before = graph.params().dup();
        List<Curve> curves = new ArrayList<>();
        for (int loss = 0; loss < LOSSES; loss++) {
            curves.add(curve(graph.clone(), loss));
        }

        double[] weights = new Blending(trial, graph, 2).weights(0);

        assertArrayEquals(GradientBlending.weights(curves), weights, 1e-4);
        assertEquals(1, Arrays.stream(weights).sum(), 1e-9);
        assertEquals(before, graph.params(), "the network itself has not moved");
    }

    private Curve curve(ComputationGraph graph, int loss) {
        Map<String, Double> weights =
                Map.of(
                        "out", loss == 0 ? 1.0 : 0,
                        "audio-own", loss == 1 ? 1.0 : 0,
                        "visual-own", loss == 2 ? 1.0 : 0);
        LossWeights.set(graph, 3, weights);
        Split learned = split.without(5);
        Split heldOut = split.every(5);
        double trainBefore = crossEntropy(graph, loss, learned.training(0));
        double heldOutBefore = crossEntropy(graph, loss, heldOut.training(0));
        for (int epoch = 0; epoch < 2; epoch++) {
            MultiDataSetIterator batches = learned.training(epoch);
            while (batches.hasNext()) {
                graph.fit(trial.feed(graph, batches.next()));
            }
        }
        return new Curve(
                trainBefore,
                heldOutBefore,
                crossEntropy(graph, loss, learned.training(0)),
                crossEntropy(graph, loss, heldOut.training(0)));
    }

    private double crossEntropy(ComputationGraph graph, int output, MultiDataSetIterator all) {
        double sum = 0;
        int count = 0;
        while (all.hasNext()) {
            MultiDataSet batch = trial.feed(graph, all.next());
            INDArray p = graph.output(batch.getFeatures())[output];
            int[] classes = batch.getLabels(output).argMax(1).toIntVector();
            for (int i = 0; i < classes.length; i++) {
                sum -= Math.log(p.getDouble(i, classes[i]));
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void onlineEstimatesAnewAndOfflineOnce() {
        ComputationGraph online = HeadedNets.withHeads();
        Blending every = new Blending(trial, online, 2);
        every.begin(0);
        double first = loss(online);
        every.begin(1);
        assertEquals(first, loss(online));
        online.params().addi(0.05);
        double moved = loss(online);
        every.begin(2);
        assertNotEquals(moved, loss(online));

        ComputationGraph offline = HeadedNets.withHeads();
        Blending once = new Blending(trial, offline, 3);
        once.begin(0);
        offline.params().addi(0.05);
        moved = loss(offline);
        once.begin(1);
        once.begin(2);
        assertEquals(moved, loss(offline));
    }

    private double loss(ComputationGraph graph) {
        return graph.score(trial.feed(graph, split.validation().next()), false);
    }

    @Test
    void otherLossesAreRefused() {
        ComputationGraph targets = HeadedNets.withTargets();

        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> LossWeights.set(targets, 5, Map.of("audio-own", 1.0)))
                        .getMessage();
        assertEquals(
                "losses with weights must be the cross-entropy MCXENT, got LossMSE() at output"
                        + " \"audio-own\"",
                message);
    }

    /** Of 15 training examples. */
    @Test
    void aFifthIsHeldOut() {
        assertEquals(3, count(split.every(5).training(0)));
        assertEquals(12, count(split.without(5).training(0)));
    }

    private static int count(MultiDataSetIterator batches) {
        int count = 0;
        while (batches.hasNext()) {
            count += (int) batches.next().getFeatures(0).size(0);
        }
        return count;
    }
}
