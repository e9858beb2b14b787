package org.ogm4j.flow;

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

    /**
     * Prepares a vertex whose inputs of the latest forward pass are still held.
     *
     * @param vertex the vertex
     * @param plan whose tokens it works on
     * @param length how many tokens a vertex puts out
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
     * What the parts of the gradient sum to, each multiplied by the weight of its owner.
     *
     * @param error dL/dy of the vertex, which stays as it is
     * @param whole the gradient that DL4J works out for this error signal, by parameter
     * @param weight of an owner, which is null for tokens of several
     * @return by parameter; with weights of 1 it is the whole
     */
    public Map<String, INDArray> weighted(
            INDArray error, Map<String, INDArray> whole, ToDoubleFunction<String> weight) {
        double scale = seenThrough(error, whole);
        if (Double.isNaN(scale)) {
            return backward(error, weight).getFirst().gradientForVariable();
        }
        Map<String, INDArray> weighted = attention(error, weight);
        weighted.values().forEach(part -> part.muli(scale));
        return weighted;
    }

    /**
     * Compares attention as it is taken apart here with what DL4J makes of it. The two differ by a
     * factor: DL4J 1.0.0-M2.1 doubles the error signal in every layer that SameDiff differentiates.
     *
     * @param error dL/dy of the vertex
     * @param whole the gradient that DL4J works out for this error signal
     * @return DL4J's gradient over the one worked out here; NaN if the vertex is no attention, or
     *     does something else as well, such as masking or dropout
     */
    public double seenThrough(INDArray error, Map<String, INDArray> whole) {
        if (!plan.isAttention()) {
            return Double.NaN;
        }
        Map<String, INDArray> own = attention(error, owner -> 1);
        double inner = 0;
        double square = 0;
        double dl4j = 0;
        for (Map.Entry<String, INDArray> entry : own.entrySet()) {
            INDArray theirs = whole.get(entry.getKey());
            inner += dot(theirs, entry.getValue());
            square += dot(entry.getValue(), entry.getValue());
            dl4j += dot(theirs, theirs);
        }
        boolean parallel = inner * inner >= (1 - PARALLEL) * square * dl4j;
        return square > 0 && parallel ? inner / square : Double.NaN;
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    private Map<String, INDArray> attention(INDArray error, ToDoubleFunction<String> weight) {
        return attention()
                .gradient(
                        error,
                        weights(plan.attention().get(0), weight).array(error),
                        weights(plan.attention().get(1), weight).array(error),
                        weights(plan.attention().get(2), weight).array(error));
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
        INDArray[] inputs = vertex.getInputs();
        boolean self = vertex.hasLayer();
        return new Attention(
                self ? vertex.getLayer().input() : inputs[0],
                self ? vertex.getLayer().input() : inputs[1],
                self ? vertex.getLayer().input() : inputs[2],
                vertex.paramTable(true));
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
