package org.ogm4j.examples.network;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.examples.signal.Examples;

/**
 * Shares of right answers, in [0, 1].
 *
 * @param fused from both modalities
 * @param audio from the sound alone
 * @param visual from the image alone
 */
public record Accuracy(double fused, double audio, double visual) {

    private static final int BATCH = 100;

    /**
     * Measures the network on all examples, in inference mode.
     *
     * @param reader that of the network's fusion
     */
    public static Accuracy measure(ComputationGraph graph, LogitsReader reader, Examples examples) {
        int[] order = IntStream.range(0, examples.size()).toArray();
        Hits hits = Hits.NONE;
        for (int from = 0; from < order.length; from += BATCH) {
            int to = Math.min(from + BATCH, order.length);
            MultiDataSet batch = examples.batch(order, from, to);
            ModalityLogits logits =
                    reader.read(graph, graph.feedForward(batch.getFeatures(), false));
            hits = hits.plus(logits.hits(batch.getLabels(0)));
        }
        return hits.accuracy();
    }
}
