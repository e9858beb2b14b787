package org.ogm4j.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A number for every token of a sequence.
 *
 * @param values one per token, in the order of time
 */
public record TokenWeights(List<Double> values) {

    /**
     * Gives every token the number of its owner.
     *
     * @param ranges whose tokens they are
     * @param length how many tokens a vertex outputs
     * @param weight of an owner, which is null for tokens of several
     * @return as many numbers as tokens
     */
    public static TokenWeights of(
            List<TokenRange> ranges,
            ToLongFunction<String> length,
            ToDoubleFunction<String> weight) {
        List<Double> values = new ArrayList<>();
        for (TokenRange range : ranges) {
            double own = weight.applyAsDouble(range.owner());
            long tokens = length.applyAsLong(range.of());
            for (long t = 0; t < tokens; t++) {
                values.add(own);
            }
        }
        return new TokenWeights(values);
    }

    /**
     * How many tokens an array holds.
     *
     * @param array [m, d, T], or [T m, d] with row t m + i for token t of example i
     * @param examples m
     * @return T; 1 for [m, d]
     */
    public static long count(INDArray array, long examples) {
        return array.rank() == 3 ? array.size(2) : array.size(0) / examples;
    }

    /**
     * Whether an array holds a sequence of this length.
     *
     * @param array of any shape
     * @param examples the number of examples
     * @return whether it is one number per token
     */
    public boolean fit(INDArray array, long examples) {
        boolean sequence = array.rank() == 3 || (array.rank() == 2 && array.size(0) != examples);
        return sequence && count(array, examples) == values.size();
    }

    /**
     * The numbers as an array.
     *
     * @param like an array of the type wanted
     * @return [T]
     */
    public INDArray array(INDArray like) {
        return Nd4j.createFromArray(values.stream().mapToDouble(Double::doubleValue).toArray())
                .castTo(like.dataType());
    }

    /**
     * Multiplies every token by its number.
     *
     * @param array that {@link #fit fits}
     * @param examples the number of examples
     * @return a new array
     */
    public INDArray times(INDArray array, long examples) {
        INDArray weights = array(array);
        if (array.rank() == 3) {
            return array.mul(weights.reshape(1, 1, weights.length()).broadcast(array.shape()));
        }
        INDArray rows = Nd4j.create(array.dataType(), array.size(0), 1);
        for (long row = 0; row < array.size(0); row++) {
            rows.putScalar(row, values.get((int) (row / examples)));
        }
        return array.mulColumnVector(rows);
    }
}
