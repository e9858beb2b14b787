package org.ogm4j.tokens;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Multi-head dot-product attention as {@code SelfAttentionLayer} and {@code AttentionVertex} work
 * it out, taken apart by tokens. With queries x^q, keys x^k and values x^v of m examples,
 *
 * <pre>{@code
 * q = Wq x^q,  k = Wk x^k,  v = Wv x^v                   per head, hs features
 * A = softmax(k^T q / sqrt(hs))                          over keys
 * y = Wo^T (v A)
 * }</pre>
 *
 * <p>Given A, the output is a sum over value tokens; and the gradient of each matrix is a sum over
 * the tokens that the matrix is applied to:
 *
 * <pre>{@code
 * dWq = sum_t dq_t (x^q_t)^T      dWk = sum_s dk_s (x^k_s)^T      dWv = sum_s dv_s (x^v_s)^T
 * dWo = sum_t (v A)_t dy_t^T
 * }</pre>
 *
 * <p>A weight per token in these sums gives the part of a modality (weights 1 and 0), or the
 * gradient with each token's part multiplied by the coefficient of its modality.
 */
public final class Attention {

    private final INDArray[] inputs;
    private final INDArray[] projections;
    private final INDArray out;
    private final INDArray[] projected = new INDArray[3];
    private final INDArray weights;
    private final INDArray mixed;
    private final long examples;

    /**
     * Computes the forward pass.
     *
     * @param queries [m, d, Tq]
     * @param keys [m, d, Tk]
     * @param values [m, d, Tk]
     * @param parameters Wq, Wk and Wv, each [heads, hs, d], and Wo [heads hs, out]
     */
    public Attention(
            INDArray queries, INDArray keys, INDArray values, Map<String, INDArray> parameters) {
        inputs = new INDArray[] {queries, keys, values};
        projections =
                new INDArray[] {parameters.get("Wq"), parameters.get("Wk"), parameters.get("Wv")};
        out = parameters.get("Wo");
        examples = queries.size(0);
        for (int i = 0; i < projected.length; i++) {
            projected[i] = heads(flat(projections[i]).mmul(columns(inputs[i])));
        }
        INDArray scores = Nd4j.matmul(projected[1], projected[0], true, false, false);
        weights = softmaxOverKeys(scores.divi(scale()));
        mixed = Nd4j.matmul(projected[2], weights);
    }

    private long headCount() {
        return projections[0].size(0);
    }

    private long headSize() {
        return projections[0].size(1);
    }

    private double scale() {
        return Math.sqrt((double) headSize());
    }

    /**
     * The output that comes from some of the value tokens.
     *
     * @param valueWeights [Tk], 1 for those that count
     * @return [m, out, Tq]
     */
    public INDArray output(INDArray valueWeights) {
        INDArray values = weighted(projected[2], valueWeights);
        return sequence(out.transpose().mmul(stacked(Nd4j.matmul(values, weights))));
    }

    /**
     * The backward pass.
     *
     * @param error dL/dy, [m, out, Tq]
     * @return what the gradients are summed up from
     */
    public Backward backward(INDArray error) {
        INDArray dMixed = heads(out.mmul(columns(error)));
        INDArray dValues = Nd4j.matmul(dMixed, weights, false, true, false);
        INDArray dWeights = Nd4j.matmul(projected[2], dMixed, true, false, false);
        INDArray centre = dWeights.mul(weights).sum(true, 1);
        INDArray dScores = dWeights.sub(centre.broadcast(dWeights.shape())).muli(weights);
        dScores.divi(scale());
        INDArray dQueries = Nd4j.matmul(projected[1], dScores);
        INDArray dKeys = Nd4j.matmul(projected[0], dScores, false, true, false);
        return new Backward(dQueries, dKeys, dValues, columns(error).transpose());
    }

    /** The error signals of one backward pass, [m heads, hs, T], to be summed token by token. */
    public final class Backward {

        private final INDArray dQueries;
        private final INDArray dKeys;
        private final INDArray dValues;
        private final INDArray dOutput;

        private Backward(INDArray dQueries, INDArray dKeys, INDArray dValues, INDArray dOutput) {
            this.dQueries = dQueries;
            this.dKeys = dKeys;
            this.dValues = dValues;
            this.dOutput = dOutput;
        }

        /**
         * The gradient of the parameters, token by token weighted.
         *
         * @param queryWeights [Tq], a weight for every token that Wq and Wo are applied to
         * @param keyWeights [Tk], the same for Wk
         * @param valueWeights [Tk], the same for Wv
         * @return by name and in the shape of the parameters
         */
        public Map<String, INDArray> gradient(
                INDArray queryWeights, INDArray keyWeights, INDArray valueWeights) {
            Map<String, INDArray> gradient = new LinkedHashMap<>();
            gradient.put("Wq", ofProjection(0, weighted(dQueries, queryWeights)));
            gradient.put("Wk", ofProjection(1, weighted(dKeys, keyWeights)));
            gradient.put("Wv", ofProjection(2, weighted(dValues, valueWeights)));
            gradient.put("Wo", stacked(weighted(mixed, queryWeights)).mmul(dOutput));
            return gradient;
        }
    }

    private INDArray ofProjection(int which, INDArray signal) {
        return stacked(signal)
                .mmul(columns(inputs[which]).transpose())
                .reshape('c', projections[which].shape());
    }

    private static INDArray softmaxOverKeys(INDArray scores) {
        INDArray shifted = scores.sub(scores.max(true, 1).broadcast(scores.shape()));
        INDArray exp = Transforms.exp(shifted, false);
        return exp.divi(exp.sum(true, 1).broadcast(exp.shape()));
    }

    /** [b, n, T] with column t multiplied by weight t. */
    private static INDArray weighted(INDArray perToken, INDArray tokenWeights) {
        INDArray row =
                tokenWeights.castTo(perToken.dataType()).reshape(1, 1, tokenWeights.length());
        return perToken.mul(row.broadcast(perToken.shape()));
    }

    /** [heads, hs, d] to [heads hs, d]. */
    private static INDArray flat(INDArray projection) {
        return projection.dup('c').reshape('c', -1, projection.size(2));
    }

    /** [m, d, T] to [d, m T]. */
    private static INDArray columns(INDArray sequence) {
        return sequence.permute(1, 0, 2).dup('c').reshape('c', sequence.size(1), -1);
    }

    /** [out, m Tq] to [m, out, Tq]. */
    private INDArray sequence(INDArray columns) {
        return columns.dup('c')
                .reshape('c', columns.size(0), examples, -1)
                .permute(1, 0, 2)
                .dup('c');
    }

    /** [heads hs, m T] to [m heads, hs, T]. */
    private INDArray heads(INDArray columns) {
        return columns.dup('c')
                .reshape('c', headCount(), headSize(), examples, -1)
                .permute(2, 0, 1, 3)
                .dup('c')
                .reshape('c', examples * headCount(), headSize(), -1);
    }

    /** [m heads, hs, T] to [heads hs, m T]. */
    private INDArray stacked(INDArray heads) {
        return heads.dup('c')
                .reshape('c', examples, headCount(), headSize(), -1)
                .permute(1, 2, 0, 3)
                .dup('c')
                .reshape('c', headCount() * headSize(), -1);
    }
}
