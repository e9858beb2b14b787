package org.ogm4j.tokens;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a shared vertex in a running network, with every token's part multiplied by the
 * weight of its owner.
 *
 * <p>In attention a part is that of the token which a matrix is applied to. Everywhere else the
 * error signal is weighted by the place of the output: exact for a layer that works token by token,
 * because then nothing else is in a token's part.
 */
public final class TokenGradient {

    /** How far the square of a cosine may be from 1: rounding in single precision. */
    private static final double PARALLEL = 1e-4;

    private final GraphVertex vertex;
    private final TokenPlan plan;
    private final ToLongFunction<String> length;
    private final long examples;
    private final Function<INDArray, Pair<Gradient, INDArray[]>> pass;
    private Attention attention;

    /**
     * Prepares a vertex whose inputs of the latest forward pass are still held.
     *
     * @param vertex the vertex
     * @param plan whose tokens it works on
     * @param length how many tokens a vertex outputs
     * @param examples the number of examples
     * @param pass the backward pass of the vertex for an error signal
     */
    public TokenGradient(
            GraphVertex vertex,
            TokenPlan plan,
            ToLongFunction<String> length,
            long examples,
            Function<INDArray, Pair<Gradient, INDArray[]>> pass) {
        this.pass = pass;
        this.vertex = vertex;
        this.plan = plan;
        this.length = length;
        this.examples = examples;
    }

    /**
     * Whether an error signal has a place for every token.
     *
     * @param error dL/dy of the vertex
     * @return whether the gradient can be weighted
     */
    public boolean fits(INDArray error) {
        return !plan.output().isEmpty() && weights(plan.output(), owner -> 1).fit(error, examples);
    }

    /**
     * Takes the gradient of one backward pass apart.
     *
     * @param error dL/dy of the vertex, which stays as it is
     * @param whole the gradient that DL4J computes for this error signal, by parameter
     * @return its parts
     */
    public Parts parts(INDArray error, Map<String, INDArray> whole) {
        return new Parts(error, whole);
    }

    /** The gradient of one backward pass, to be summed up from the parts of all owners. */
    public final class Parts {

        private final INDArray error;
        private final Attention.Backward attention;
        private final double scale;

        private Parts(INDArray error, Map<String, INDArray> whole) {
            this.error = error;
            this.attention = plan.isAttention() ? attention().backward(error) : null;
            this.scale = plan.isAttention() ? scale(whole) : Double.NaN;
        }

        /**
         * Whether this is attention, taken apart as DL4J computes it: not if the vertex does
         * something else as well, such as masking or dropout.
         *
         * @return whether each part is that of the tokens which a matrix is applied to
         */
        public boolean seenThrough() {
            return !Double.isNaN(scale);
        }

        /**
         * What the parts sum to, each multiplied by the weight of its owner.
         *
         * @param weight of an owner, which is null for tokens of several
         * @return by parameter; with weights of 1 it is the whole
         */
        public Map<String, INDArray> weighted(ToDoubleFunction<String> weight) {
            if (!seenThrough()) {
                return backward(error, weight).getFirst().gradientForVariable();
            }
            Map<String, INDArray> weighted = summed(weight);
            weighted.values().forEach(part -> part.muli(scale));
            return weighted;
        }

        private Map<String, INDArray> summed(ToDoubleFunction<String> weight) {
            return attention.gradient(
                    weights(plan.attention().get(0), weight).array(error),
                    weights(plan.attention().get(1), weight).array(error),
                    weights(plan.attention().get(2), weight).array(error));
        }

        /**
         * DL4J's gradient over the one computed here, NaN if they are not parallel. DL4J 1.0.0-M2.1
         * doubles the error signal in every layer that SameDiff differentiates.
         */
        private double scale(Map<String, INDArray> whole) {
            double inner = 0;
            double square = 0;
            double dl4j = 0;
            for (Map.Entry<String, INDArray> own : summed(owner -> 1).entrySet()) {
                INDArray theirs = whole.get(own.getKey());
                inner += InnerProduct.of(theirs, own.getValue());
                square += InnerProduct.of(own.getValue(), own.getValue());
                dl4j += InnerProduct.of(theirs, theirs);
            }
            boolean parallel = inner * inner >= (1 - PARALLEL) * square * dl4j;
            return square > 0 && parallel ? inner / square : Double.NaN;
        }
    }

    /**
     * The backward pass of the vertex with a weighted error signal.
     *
     * @param error dL/dy of the vertex, which stays as it is
     * @param weight of an owner
     * @return gradient and the error signals of the inputs
     */
    public Pair<Gradient, INDArray[]> backward(INDArray error, ToDoubleFunction<String> weight) {
        return pass.apply(weights(plan.output(), weight).times(error, examples));
    }

    /**
     * The vertex taken apart.
     *
     * @return attention on the inputs that the vertex holds
     */
    public Attention attention() {
        if (attention == null) {
            INDArray[] held = vertex.getInputs();
            INDArray own = vertex.hasLayer() ? vertex.getLayer().input() : null;
            attention =
                    own != null
                            ? new Attention(own, own, own, vertex.paramTable(true))
                            : new Attention(held[0], held[1], held[2], vertex.paramTable(true));
        }
        return attention;
    }

    /**
     * A number for every token.
     *
     * @param ranges whose tokens they are
     * @param weight of an owner
     * @return as many as tokens
     */
    public TokenWeights weights(List<TokenRange> ranges, ToDoubleFunction<String> weight) {
        return TokenWeights.of(ranges, length, weight);
    }
}
