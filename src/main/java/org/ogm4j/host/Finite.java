package org.ogm4j.host;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Whether arrays are free of NaN and infinity. */
public final class Finite {

    private Finite() {}

    /** Whether every element is finite. Their sum says so at once, unless it overflows. */
    public static boolean is(INDArray array) {
        return !array.dataType().isFPType()
                || Double.isFinite(array.sumNumber().doubleValue())
                || count(array.castTo(DataType.DOUBLE)) == 0;
    }

    private static long count(INDArray array) {
        MatchCondition notFinite = new MatchCondition(array, Conditions.notFinite());
        return Nd4j.getExecutioner().exec(notFinite).getLong(0);
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
