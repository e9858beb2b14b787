package org.ogm4j.host;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether arrays are free of NaN and infinity. */
public final class Finite {

    private Finite() {}

    /** Whether every element is finite, as those of whole numbers are. */
    public static boolean is(INDArray array) {
        return !array.dataType().isFPType() || Numbers.areFinite(array);
    }

    /**
     * Looks for features that are not finite. Scores need not show them: after a tanh infinity is
     * 1, and scores may be those of an earlier step.
     *
     * @param graph the network, in its backward pass
     * @param read the features that the network reads, from an input's name and what it was given
     * @return what is wrong with the features of the present batch, null if nothing is
     */
    public static String problemOfInputs(
            ComputationGraph graph, BiFunction<String, INDArray, INDArray> read) {
        List<String> names = graph.getConfiguration().getNetworkInputs();
        for (int i = 0; i < names.size(); i++) {
            INDArray features = graph.getInput(i);
            if (features != null && !is(features) && !is(read.apply(names.get(i), features))) {
                return "the features at input \"" + names.get(i) + "\" are not finite";
            }
        }
        return null;
    }
}
