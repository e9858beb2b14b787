package org.ogm4j.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.zeroout.ZeroOut;

/** Reads the logits of a modality alone, and their losses, from a network after a forward pass. */
public final class UnimodalLosses {

    private UnimodalLosses() {}

    /** Takes the logits of one modality at one output. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Is called once per output.
         *
         * @param output its name
         * @param truth the labels, and what judges the logits by them
         * @param logits [rows, classes]; they live until this returns
         */
        void read(String output, Truth truth, INDArray logits);
    }

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
        Map<String, ExampleLosses> losses = new LinkedHashMap<>();
        read(
                graph,
                truths,
                modality,
                readouts,
                zeroOut,
                (output, truth, logits) ->
                        losses.put(
                                output,
                                new ExampleLosses(
                                        truth.loss().kind(),
                                        graph.batchSize(),
                                        RowLosses.of(truth, logits, entropies))));
        return losses;
    }

    /**
     * The modality's own logits.
     *
     * @param reader takes them, for every output that has labels; all else as in {@link #of}
     */
    public static void read(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            ZeroOut zeroOut,
            Reader reader) {
        List<Readout> labelled = new ArrayList<>();
        boolean zeroed = false;
        for (Readout readout : readouts) {
            if (truths.containsKey(readout.output())) {
                labelled.add(readout);
                zeroed |= readout instanceof ZeroOutReadout;
            }
        }
        if (!zeroed) {
            read(graph, truths, modality, labelled, Map.of(), reader);
            return;
        }
        zeroOut.alone(
                modality,
                passed -> {
                    read(graph, truths, modality, labelled, passed, reader);
                    return null;
                });
    }

    private static void read(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            Map<String, INDArray> passed,
            Reader reader) {
        for (Readout readout : readouts) {
            Truth truth = truths.get(readout.output()).judging(readout.activation());
            INDArray logits =
                    readout instanceof HeadReadout head
                            ? head.logits(graph)
                            : Rows.of(passed.get(readout.output()));
            if (truth.count() != logits.size(0)) {
                throw new IllegalStateException(
                        "labels of output \"%s\" must have as many rows as the logits of modality \"%s\", %d, got %d: an example, or a step of a sequence, is a row; name another layer for its logits with head(\"%s\", \"<layer>\"), or use score(\"%s\", ScoreSource.probe())"
                                .formatted(
                                        readout.output(),
                                        modality,
                                        logits.size(0),
                                        truth.count(),
                                        modality,
                                        modality));
            }
            reader.read(readout.output(), truth, logits);
        }
    }
}
