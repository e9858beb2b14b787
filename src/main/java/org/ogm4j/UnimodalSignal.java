package org.ogm4j;

import java.io.Serializable;
import java.util.Locale;
import org.ogm4j.math.Checks;

/**
 * What the encoder of a modality learns from: the joint loss alone, or its own loss too.
 *
 * <p>At the gate of modality u lie its features phi and the joint error signal {@code e_j}, the
 * gradient of the network's loss with respect to them. The gradient of the modality's own loss,
 * that of the logits it is scored with, is a second one:
 *
 * <pre>{@code
 * e_u = d_u (W^u)^T,   d_u = dl(y, logits^u) / dlogits^u      [m, d], sums per example
 * gate's output = R(k e_j, gamma e_u) + c (z_i - mean z) R(e_j, gamma e_u)   for row i
 * }</pre>
 *
 * <table>
 * <caption>R</caption>
 * <tr><th>signal</th><th>R(a, b)</th><th>method</th></tr>
 * <tr><td>{@link #none()}</td><td>a</td><td>OGM-GE, the default</td></tr>
 * <tr><td>{@link #sum}</td><td>a + b</td><td>uniform unimodal losses</td></tr>
 * <tr><td>{@link #replace}</td><td>b</td><td>DGL</td></tr>
 * <tr><td>{@link #pareto()}</td><td>where a and b conflict, their min-norm combination</td>
 * <td>MMPareto</td></tr>
 * <tr><td>{@link #project()}</td><td>where a and b conflict, a without its part along b, plus
 * b</td><td>PCGrad</td></tr>
 * </table>
 *
 * <p>a and b conflict where {@code <a, b> < 0}, with the inner product over all features of the
 * batch, in double. The head's own gradient stays that of the joint loss. Where the coefficient
 * acts in the updaters of the encoder, the gate's output is {@code R(e_j, gamma e_u)}. Whose logits
 * are meant {@link ScoreSource} says: with the rows of a shared head the head holds still for e_u,
 * with a probe the modality has a head of its own, which learns.
 *
 * <p>Example: every encoder learns from its own loss as well, read from a probe.
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .score(ScoreSource.probe())
 *         .unimodal(UnimodalSignal.sum(1))
 *         .build();
 * }</pre>
 *
 * @param kind what becomes of the two signals
 * @param gamma the factor on e_u, positive and finite; 1 for all kinds but {@code SUM} and {@code
 *     REPLACE}
 * @since 0.1.0
 */
public record UnimodalSignal(Kind kind, double gamma) implements Serializable {

    /** What becomes of the joint signal and the modality's own. */
    public enum Kind {
        /** See {@link UnimodalSignal#none()}. */
        NONE,
        /** See {@link UnimodalSignal#sum(double)}. */
        SUM,
        /** See {@link UnimodalSignal#replace(double)}. */
        REPLACE,
        /** See {@link UnimodalSignal#pareto()}. */
        PARETO,
        /** See {@link UnimodalSignal#project()}. */
        PROJECT
    }

    /**
     * Checks both values, also when read from JSON.
     *
     * @throws IllegalArgumentException if there is no kind, gamma is not positive and finite, or it
     *     is not 1 for a kind that has none
     */
    public UnimodalSignal {
        if (kind == null) {
            throw new IllegalArgumentException("kind must be given, got null");
        }
        Checks.requirePositive(gamma, "gamma");
        if (gamma != 1 && kind != Kind.SUM && kind != Kind.REPLACE) {
            throw new IllegalArgumentException(
                    "gamma must be 1 for a signal of kind " + kind + ", got " + gamma);
        }
    }

    /**
     * The joint signal alone: {@code R(a, b) = a}. The default, and the method of Peng et al.
     *
     * @return no unimodal signal
     */
    public static UnimodalSignal none() {
        return new UnimodalSignal(Kind.NONE, 1);
    }

    /**
     * Both: {@code R = e_j + gamma e_u}. With gamma 1 and heads of their own (probes, named heads)
     * this is training on the sum of the joint and all unimodal losses, known as uniform.
     *
     * @param gamma the weight of the modality's own loss, positive and finite
     * @return the sum
     * @throws IllegalArgumentException if gamma is not positive and finite
     */
    public static UnimodalSignal sum(double gamma) {
        return new UnimodalSignal(Kind.SUM, gamma);
    }

    /**
     * The modality's own alone: {@code R = gamma e_u}. The joint signal ends at the gate; the head
     * still learns from the joint loss. The encoder's gradient then depends on no other modality,
     * and a coefficient k has nothing left to act on.
     *
     * @param gamma the weight of the modality's own loss, positive and finite; published: 2 to 5
     * @return the replacement
     * @throws IllegalArgumentException if gamma is not positive and finite
     * @see "Boosting Multimodal Learning via Disentangled Gradient Learning (DGL), ICCV 2025"
     */
    public static UnimodalSignal replace(double gamma) {
        return new UnimodalSignal(Kind.REPLACE, gamma);
    }

    /**
     * Where the two agree, their sum; else the shortest of their weighted means, brought to the
     * length of the sum, so that neither loss rises to first order:
     *
     * <pre>{@code
     * <e_j, e_u> >= 0:  R = 1.5 (e_j + e_u)
     * else  a = clip(<e_u - e_j, e_u> / |e_j - e_u|^2, 0, 1),  e = 2a e_j + 2(1-a) e_u,
     *       R = 1.5 e max(1, |e_j + e_u| / |e|)
     * }</pre>
     *
     * <p>MMPareto on features: published on the gradients of parameters, in three backward passes;
     * the min-norm point of features bounds that of parameters (Sener, Koltun, NeurIPS 2018). The
     * factor 1.5 is the published one. Where the two point exactly against one another, R is 0.
     *
     * @return the Pareto combination
     * @see <a href="https://arxiv.org/abs/2405.17730">Wei, Hu: MMPareto: Boosting Multimodal
     *     Learning with Innocent Unimodal Assistance, ICML 2024</a>
     */
    public static UnimodalSignal pareto() {
        return new UnimodalSignal(Kind.PARETO, 1);
    }

    /**
     * The sum, after the part of the joint signal that points against the modality's own is taken
     * out: {@code R = e_j - min(0, <e_j, e_u>)/|e_u|^2 e_u + e_u}.
     *
     * @return the projection
     * @see <a href="https://arxiv.org/abs/2001.06782">Yu et al.: Gradient Surgery for Multi-Task
     *     Learning (PCGrad), NeurIPS 2020</a>
     */
    public static UnimodalSignal project() {
        return new UnimodalSignal(Kind.PROJECT, 1);
    }

    /**
     * Whether the modality's own loss is used at all. Not a property: it follows from the kind.
     *
     * @return false for none
     */
    public boolean active() {
        return kind != Kind.NONE;
    }

    /** As it is written in code. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        boolean weighted = kind == Kind.SUM || kind == Kind.REPLACE;
        return weighted ? name + "(" + gamma + ")" : name;
    }
}
