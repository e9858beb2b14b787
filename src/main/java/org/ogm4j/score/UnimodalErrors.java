package org.ogm4j.score;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.zeroout.OwnLoss;

/**
 * What the own loss of a modality says about its features, {@code e_u = dl(y, logits^u) / dphi^u},
 * summed over the outputs that the modality is scored at.
 */
public final class UnimodalErrors {

    private UnimodalErrors() {}

    /**
     * The error signals of one modality.
     *
     * @param graph the network, in the backward pass
     * @param truths the labels of the batch, by output
     * @param modality its name
     * @param readouts where the modality's logits come from
     * @param zeroOut the shared part of the network; null if no readout needs it
     * @param probes the probes by their classifier
     * @return by edge: of a probe that at which it reads the network; of the network's own heads
     *     and of zero-out those at which the modality's features enter
     */
    public static Map<Edge, INDArray> of(
            ComputationGraph graph,
            Map<String, Truth> truths,
            String modality,
            List<Readout> readouts,
            OwnLoss zeroOut,
            Map<String, OwnLoss> probes) {
        Map<Edge, INDArray> errors = new LinkedHashMap<>();
        Map<String, OwnLoss.Target> shared = new HashMap<>();
        for (Readout readout : readouts) {
            Truth truth = truths.get(readout.output());
            if (truth == null || !truth.counts()) {
                continue;
            }
            OwnLoss.Target target =
                    new OwnLoss.Target(truth.labels(), truth.maskToGive(), truth.loss().function());
            if (readout instanceof ZeroOutReadout) {
                shared.put(readout.output(), target);
            } else if (readout instanceof HeadReadout head && probes.containsKey(head.head())) {
                Map<String, OwnLoss.Target> own = Map.of(head.head(), target);
                add(probes.get(head.head()).errors(modality, own), errors);
            } else if (readout instanceof HeadReadout head) {
                head.errors(graph, truth.judging(head.activation()))
                        .forEach((edge, e) -> errors.merge(edge, e, UnimodalErrors::sum));
            }
        }
        if (!shared.isEmpty()) {
            add(zeroOut.errors(modality, shared), errors);
        }
        return errors;
    }

    /**
     * Adds signals of the same features. DL4J has the axis of a single step now, and now has not.
     *
     * @return of the shape of the first
     */
    public static INDArray sum(INDArray a, INDArray b) {
        return a.add(b.reshape('c', a.shape()));
    }

    private static void add(Map<String, INDArray[]> from, Map<Edge, INDArray> to) {
        for (Map.Entry<String, INDArray[]> vertex : from.entrySet()) {
            INDArray[] errors = vertex.getValue();
            for (int input = 0; input < errors.length; input++) {
                if (errors[input] != null) {
                    to.merge(new Edge(vertex.getKey(), input), errors[input], UnimodalErrors::sum);
                }
            }
        }
    }
}
