package org.ogm4j.presence;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Finite;

/**
 * Which examples of the batch that a network is training on, or is read from, have which modality.
 * In truncated backpropagation a batch is a segment: an example lacks a modality in a segment where
 * its mask, or its features, say so for all of the segment's steps.
 */
public final class Presence {

    private Presence() {}

    /**
     * Reads inputs and feature masks.
     *
     * @param graph the network, with its inputs and masks
     * @param plans one per modality; null: all examples have it
     * @return for each modality whether each example has it; null where all have it
     */
    public static boolean[][] of(ComputationGraph graph, List<PresencePlan> plans) {
        boolean[][] has = new boolean[plans.size()][];
        for (int u = 0; u < has.length; u++) {
            has[u] = of(graph, plans.get(u));
        }
        return has;
    }

    /**
     * The same for one modality.
     *
     * @param graph the network, with its inputs and masks
     * @param plan how to tell; null: all examples have it
     * @return whether each example has it; null if all have it
     */
    public static boolean[] of(ComputationGraph graph, PresencePlan plan) {
        INDArray[] masks = graph.getInputMaskArrays();
        if (plan == null || (masks == null && !plan.readsZeros() && !plan.readsNans())) {
            return null;
        }
        boolean[] has = new boolean[graph.batchSize()];
        for (String name : plan.inputs()) {
            int input = graph.getConfiguration().getNetworkInputs().indexOf(name);
            if (input < 0) {
                return null; // edited away
            }
            boolean all = true;
            boolean[] masked = masks == null ? null : zeros(masks[input]);
            boolean[] empty = empty(graph.getInput(input), plan);
            for (int i = 0; i < has.length; i++) {
                has[i] |= !says(masked, i, has.length) && !says(empty, i, has.length);
                all &= has[i];
            }
            if (all) {
                return null;
            }
        }
        return has;
    }

    private static boolean[] zeros(INDArray array) {
        return array == null ? null : EmptyRows.zeros(array);
    }

    private static boolean[] empty(INDArray features, PresencePlan plan) {
        if (plan.readsNans()) {
            return EmptyRows.nans(features);
        }
        return plan.readsZeros() ? EmptyRows.zeros(features) : null;
    }

    /** Rows that are no examples say nothing. */
    private static boolean says(boolean[] rows, int example, int examples) {
        return rows != null && rows.length == examples && rows[example];
    }

    /**
     * Looks for features that are not finite, besides those of a missing modality.
     *
     * @param graph the network, in its backward pass
     * @param plans one per modality, null for none
     * @return what is wrong with the features of the present batch, null if nothing is
     */
    public static String problemOfInputs(ComputationGraph graph, List<PresencePlan> plans) {
        return Finite.problemOfInputs(graph, (input, given) -> read(input, given, plans));
    }

    /**
     * What a network reads of an input.
     *
     * @param input its name
     * @param given the features, which stay as they are
     * @param plans one per modality, null for none
     * @return the features; where rows of NaN are told to be missing, a copy with zeros for them
     */
    public static INDArray read(String input, INDArray given, List<PresencePlan> plans) {
        for (PresencePlan plan : plans) {
            if (plan != null && plan.readsNans() && plan.inputs().contains(input)) {
                return EmptyRows.clearNans(given.dup());
            }
        }
        return given;
    }
}
