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
 * <p>Example: the variant without p, and with eps where DL4J's Adam has it.
 *
 * <pre>{@code
 * AdamVariant variant =
 *         AdamVariant.standard().withoutMomentCoefficient().withEpsilonOutside();
 * ModulatedOptimizer ogm =
 *         ModulatedOptimizer.builder().updater(new Adam(0.001)).adam(variant).build();
 * }</pre>
 *
 * @param coefficients which of k and p act
 * @param epsilon where eps stands; {@link Epsilon#OUTSIDE_ROOT} where the variant is off
 * @since 0.1.0
 */
public record AdamVariant(Coefficients coefficients, Epsilon epsilon) implements Serializable {

    /** Which coefficients act in the variant. */
    public enum Coefficients {
        /**
         * No variant: Adam is treated like every other adaptive updater, its finished step times k.
         */
        OFF,
        /** k on the step; p = 1. */
        STEP,
        /** k on the step, p on the first moment's new summand. */
        STEP_AND_MOMENT
    }

    /** Where eps stands. */
    public enum Epsilon {
        /** {@code sqrt(v^ + eps)}. */
        INSIDE_ROOT,
        /** As in DL4J's Adam: {@code sqrt(v) + eps}, with v before the bias correction. */
        OUTSIDE_ROOT
    }

    /**
     * Checks both, also when read from JSON. With the variant off there is one value only.
     *
     * @throws IllegalArgumentException if one of them is missing
     */
    public AdamVariant {
        if (coefficients == null || epsilon == null) {
            throw new IllegalArgumentException(
                    "coefficients and epsilon must be given, got %s and %s"
                            .formatted(coefficients, epsilon));
        }
        epsilon = coefficients == Coefficients.OFF ? Epsilon.OUTSIDE_ROOT : epsilon;
    }

    /**
     * The variant with p, and eps inside the root.
     *
     * @return the default
     */
    public static AdamVariant standard() {
        return new AdamVariant(Coefficients.STEP_AND_MOMENT, Epsilon.INSIDE_ROOT);
    }

    /**
     * No variant: Adam's finished step times k.
     *
     * @return Adam like every other adaptive updater
     */
    public static AdamVariant off() {
        return new AdamVariant(Coefficients.OFF, Epsilon.OUTSIDE_ROOT);
    }

    /**
     * The same with p = 1.
     *
     * @return a new value; {@link #off()} stays off
     */
    public AdamVariant withoutMomentCoefficient() {
        return active() ? new AdamVariant(Coefficients.STEP, epsilon) : this;
    }

    /**
     * The same with eps where DL4J's Adam has it.
     *
     * @return a new value; {@link #off()} stays off
     */
    public AdamVariant withEpsilonOutside() {
        return new AdamVariant(coefficients, Epsilon.OUTSIDE_ROOT);
    }

    /**
     * Whether Adam becomes the variant at all. Not a property: it follows from the others.
     *
     * @return false for {@link #off()}
     */
    public boolean active() {
        return coefficients != Coefficients.OFF;
    }

    /**
     * Whether p acts. Not a property: it follows from the others.
     *
     * @return whether it can differ from 1
     */
    public boolean momentCoefficient() {
        return coefficients == Coefficients.STEP_AND_MOMENT;
    }

    /**
     * Whether eps stands inside the root. Not a property: it follows from the others.
     *
     * @return false also where the variant is off
     */
    public boolean epsilonInside() {
        return epsilon == Epsilon.INSIDE_ROOT;
    }
}
