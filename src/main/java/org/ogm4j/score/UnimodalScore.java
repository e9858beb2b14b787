package org.ogm4j.score;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the score of a modality from a network in the middle of a training step. */
public final class UnimodalScore {

    private UnimodalScore() {}

    /**
     * The mean over the batch of {@code s_i = exp(-l(y_i, logits_i))}, for cross-entropy the
     * softmax probability of the true class.
     *
     * @param graph the network, after the forward pass
     * @param truths the labels of the batch, by output
     * @param modality its name
     * @param readouts where the modality's logits come from, one per output
     * @param zeroOut the shared part of the network; null if no readout needs it
     * @return the score; empty if none of the outputs has labels, NaN if all labels are masked or
     *     the loss is NaN
     * @throws IllegalStateException if labels and logits do not have the same number of rows
     */
    public static OptionalDouble of(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            ZeroOut zeroOut) {
        List<Readout> labelled =
                readouts.stream().filter(readout -> truths.containsKey(readout.output())).toList();
        if (labelled.isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean needsPass = labelled.stream().anyMatch(ZeroOutReadout.class::isInstance);
        return OptionalDouble.of(
                needsPass
                        ? zeroOut.alone(modality, logits -> score(graph, truths, labelled, logits))
                        : score(graph, truths, labelled, Map.of()));
    }

    private static double score(
            ComputationGraph graph,
            Map<String, Truth> truths,
            List<Readout> readouts,
            Map<String, INDArray> passed) {
        BatchScore score = new BatchScore(graph.batchSize());
        for (Readout readout : readouts) {
            INDArray logits =
                    readout instanceof HeadReadout head
                            ? head.logits(graph)
                            : Rows.of(passed.get(readout.output()));
            add(score, readout, truths.get(readout.output()), logits);
        }
        return score.mean();
    }

    private static void add(BatchScore score, Readout readout, Truth truth, INDArray logits) {
        INDArray rows = truth.rows();
        if (rows.size(0) != logits.size(0)) {
            throw new IllegalStateException(
                    "labels of output \"%s\" must have one row per row of the logits of %s, %d, got %d"
                            .formatted(readout.output(), readout, logits.size(0), rows.size(0)));
        }
        OutputLoss loss = truth.loss();
        double[] losses =
                RowLosses.of(loss.function(), loss.activation(), rows, logits, truth.elementMask());
        score.add(losses, truth.rowWeights());
    }
}
