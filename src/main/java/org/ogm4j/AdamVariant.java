package org.ogm4j;

import java.io.Serializable;

/**
 * How Adam on an encoder is modulated.
 *
 * <p>A constant factor on the gradient cancels in Adam, so the variant lets the moments see the raw
 * gradient g and puts the coefficients elsewhere: k on the step, p on the first moment's new
 * summand.
 *
 * <pre>{@code
 * m_t = b1 m_{t-1} + (1 - b1) p_t g_t,   v_t = b2 v_{t-1} + (1 - b2) g_t^2
 * step = eta ( k_t m^_t / sqrt(v^_t + eps) + xi ),   m^ = m / (1 - b1^t),   v^ = v / (1 - b2^t)
 * S_t = b1^2 S_{t-1} + (1 - b1)^2 Var(g_t),   xi ~ N(0, S_t / (1 - b1^t)^2 / (v^_t + eps))
 * }</pre>
 *
 * <p>p follows k's rule on how strongly the head's gradient of the previous step pulls at each
 * modality: with the columns of its gradient, {@code q^u = sum_i || eta [dL/dW^u]_{., y_i} ||_2}.
 * It is 1 in the first step. Var(g_t) comes from the {@link GradientNoise} in use.
 *
 * @param active whether to use the variant at all; if not, Adam is treated like every other
 *     adaptive updater, its finished step times k
 * @param momentCoefficient whether p acts; if not, p = 1
 * @param epsilonInside whether eps stands inside the root, {@code sqrt(v^ + eps)}, or outside as in
 *     DL4J's Adam, {@code sqrt(v) + eps} with v before the bias correction
 */
public record AdamVariant(boolean active, boolean momentCoefficient, boolean epsilonInside)
        implements Serializable {

    /**
     * The variant with p, and eps inside the root.
     *
     * @return the default
     */
    public static AdamVariant standard() {
        return new AdamVariant(true, true, true);
    }

    /**
     * No variant: Adam's finished step times k.
     *
     * @return Adam like every other adaptive updater
     */
    public static AdamVariant off() {
        return new AdamVariant(false, false, false);
    }

    /**
     * The same with p = 1.
     *
     * @return a new value
     */
    public AdamVariant withoutMomentCoefficient() {
        return new AdamVariant(active, false, epsilonInside);
    }

    /**
     * The same with eps where DL4J's Adam has it.
     *
     * @return a new value
     */
    public AdamVariant withEpsilonOutside() {
        return new AdamVariant(active, momentCoefficient, false);
    }
}
