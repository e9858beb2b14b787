package org.ogm4j.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.tokens.InnerProduct;
import org.ogm4j.tokens.TokenGradient;
import org.ogm4j.tokens.TokenPlan;

/**
 * The output and the gradient of one shared vertex, taken apart by the owners of its tokens.
 *
 * @param output the part of every owner, null for tokens of several; they sum to the output
 * @param gradient the same of the gradient, by parameter; empty for a vertex without parameters or
 *     error signal
 * @param exact whether each part of the gradient comes from tokens of its owner alone
 */
public record LayerSplit(
        Map<String, INDArray> output, Map<String, Map<String, INDArray>> gradient, boolean exact) {

    /** The share of an error signal's square that may leave the tokens of its owner by rounding. */
    private static final double ROUNDING = 1e-20;

    /**
     * Takes a vertex apart.
     *
     * @param tokens the vertex, whose inputs are held
     * @param plan whose tokens it works on
     * @param owners of its tokens
     * @param activation what it output
     * @param error dL/dy; null for a vertex without parameters or if none reaches it
     * @param examples the number of examples
     */
    static LayerSplit of(
            TokenGradient tokens,
            TokenPlan plan,
            List<String> owners,
            INDArray activation,
            INDArray error,
            long examples) {
        Map<String, INDArray> output = new LinkedHashMap<>();
        Map<String, Map<String, INDArray>> gradient = new LinkedHashMap<>();
        TokenGradient.Parts parts =
                error == null ? null : tokens.parts(error, whole(tokens, error));
        boolean exact = true;
        for (String owner : owners) {
            output.put(
                    owner,
                    plan.isAttention()
                            ? tokens.attention()
                                    .output(
                                            tokens.weights(plan.attention().get(2), isOf(owner))
                                                    .array(activation))
                            : tokens.weights(plan.output(), isOf(owner))
                                    .times(activation, examples));
            if (parts != null) {
                exact &= parts.seenThrough() || staysWithin(tokens, plan, owner, error, examples);
                Map<String, INDArray> part = new LinkedHashMap<>();
                parts.weighted(isOf(owner)).forEach((name, array) -> part.put(name, array.dup()));
                gradient.put(owner, part);
            }
        }
        return new LayerSplit(output, gradient, exact);
    }

    private static Map<String, INDArray> whole(TokenGradient tokens, INDArray error) {
        Map<String, INDArray> whole = new LinkedHashMap<>();
        tokens.backward(error, owner -> 1)
                .getFirst()
                .gradientForVariable()
                .forEach((name, array) -> whole.put(name, array.dup()));
        return whole;
    }

    private static ToDoubleFunction<String> isOf(String owner) {
        return other -> Objects.equals(other, owner) ? 1 : 0;
    }

    /**
     * Whether an error signal at the output tokens of an owner reaches no input token of others:
     * then the layer works token by token, as far as this batch tells.
     */
    private static boolean staysWithin(
            TokenGradient tokens, TokenPlan plan, String owner, INDArray error, long examples) {
        Pair<Gradient, INDArray[]> pass = tokens.backward(error, isOf(owner));
        for (INDArray signal : pass.getSecond()) {
            if (signal == null || !tokens.fits(signal)) {
                return false;
            }
            INDArray outside =
                    tokens.weights(plan.output(), other -> Objects.equals(other, owner) ? 0 : 1)
                            .times(signal, examples);
            if (square(outside) > ROUNDING * square(signal)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The share of a part in the whole, {@code <part, whole> / ||whole||^2}.
     *
     * @return NaN if the whole is 0
     */
    static double share(INDArray part, INDArray whole) {
        return InnerProduct.of(part, whole) / square(whole);
    }

    /** The share of an owner in the gradient of all parameters together. */
    double gradientShare(String owner) {
        double inner = 0;
        double whole = 0;
        for (String name : gradient.get(owner).keySet()) {
            INDArray sum = null;
            for (Map<String, INDArray> part : gradient.values()) {
                sum = sum == null ? part.get(name).dup() : sum.addi(part.get(name));
            }
            inner += InnerProduct.of(sum, gradient.get(owner).get(name));
            whole += square(sum);
        }
        return inner / whole;
    }

    private static double square(INDArray array) {
        return InnerProduct.of(array, array);
    }
}
