package org.ogm4j.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.zeroout.ZeroOut;

/** Reads the losses of a modality alone from a network in the middle of a training step. */
public final class UnimodalLosses {

    private UnimodalLosses() {}

    /**
     * The losses of the modality's own logits.
     *
     * @param graph the network, after the forward pass
     * @param truths the labels of the batch, by output
     * @param modality its name
     * @param readouts where the modality's logits come from, one per output
     * @param zeroOut the shared part of the network; null if no readout needs it
     * @param entropies whether those of its predictions are asked for too
     * @return by output, without those that have no labels
     * @throws IllegalStateException if labels and logits do not have the same number of rows
     */
    public static Map<String, ExampleLosses> of(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            ZeroOut zeroOut,
            boolean entropies) {
        List<Readout> labelled =
                readouts.stream().filter(readout -> truths.containsKey(readout.output())).toList();
        return labelled.stream().anyMatch(ZeroOutReadout.class::isInstance)
                ? zeroOut.alone(
                        modality,
                        logits -> of(graph, truths, modality, labelled, logits, entropies))
                : of(graph, truths, modality, labelled, Map.of(), entropies);
    }

    private static Map<String, ExampleLosses> of(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            Map<String, INDArray> passed,
            boolean entropies) {
        Map<String, ExampleLosses> losses = new LinkedHashMap<>();
        for (Readout readout : readouts) {
            Truth truth = truths.get(readout.output()).judging(readout.activation());
            INDArray logits =
                    readout instanceof HeadReadout head
                            ? head.logits(graph)
                            : Rows.of(passed.get(readout.output()));
            if (truth.rows().size(0) != logits.size(0)) {
                throw new IllegalStateException(
                        "labels of output \"%s\" must have as many rows as the logits of modality \"%s\", %d, got %d: an example, or a step of a sequence, is a row; name another layer for its logits with head(\"%s\", \"<layer>\"), or use score(\"%s\", ScoreSource.probe())"
                                .formatted(
                                        readout.output(),
                                        modality,
                                        logits.size(0),
                                        truth.rows().size(0),
                                        modality,
                                        modality));
            }
            losses.put(
                    readout.output(),
                    new ExampleLosses(
                            truth.loss().kind(),
                            graph.batchSize(),
                            RowLosses.of(truth, logits, entropies)));
        }
        return losses;
    }
}
