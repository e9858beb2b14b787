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
 * modality: with the columns of its gradient and the length of that step's features, {@code q^u =
 * sum_i || eta [dL/dW^u]_{., y_i} ||_2 / sqrt(mean_j || phi_j^u ||_2^2)}. It is 1 in the first
 * step, and for a modality that does not lead by its score. Var(g_t) comes from the {@link
 * GradientNoise} in use; p and k have no part in it.
 *
 * <pre>{@code
 * ModulatedOptimizer.builder().adam(AdamVariant.standard().withLiteralNorm()).build();
 * }</pre>
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
 * @param norm how p measures the head's gradient; {@link Norm#SCALE_FREE} where p does not act
 * @since 0.1.0
 */
public record AdamVariant(Coefficients coefficients, Epsilon epsilon, Norm norm)
        implements Serializable {

    /** Which coefficients act in the variant. */
    public enum Coefficients {
        /**
         * No variant: Adam is treated like every other adaptive updater, its finished step times k.
         */
        OFF,
        /** k = 1 and p = 1: what is left is the noise, and where eps stands. */
        NEITHER,
        /** k on the step; p = 1. */
        STEP,
        /** p on the first moment's new summand; k = 1. */
        MOMENT,
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

    /** How p measures the head's gradient. */
    public enum Norm {
        /**
         * Divided by the length of the features. The gradient {@code dL/dW = mean_i phi_i d_i^T}
         * grows with them, so that a modality in other units would have another p.
         */
        SCALE_FREE,
        /** As it is. */
        LITERAL
    }

    /**
     * Checks all, also when read from JSON. With the variant off, and without p, there is one value
     * only of what then has no meaning.
     *
     * @throws IllegalArgumentException if one of them is missing
     */
    public AdamVariant {
        if (coefficients == null || epsilon == null || norm == null) {
            throw new IllegalArgumentException(
                    "coefficients, epsilon and norm must be given, got %s, %s and %s"
                            .formatted(coefficients, epsilon, norm));
        }
        epsilon = coefficients == Coefficients.OFF ? Epsilon.OUTSIDE_ROOT : epsilon;
        norm = hasMoment(coefficients) ? norm : Norm.SCALE_FREE;
    }

    /**
     * The variant with p, which does not depend on the features' scale, and eps inside the root.
     *
     * @return the default
     */
    public static AdamVariant standard() {
        return new AdamVariant(Coefficients.STEP_AND_MOMENT, Epsilon.INSIDE_ROOT, Norm.SCALE_FREE);
    }

    /**
     * No variant: Adam's finished step times k.
     *
     * @return Adam like every other adaptive updater
     */
    public static AdamVariant off() {
        return new AdamVariant(Coefficients.OFF, Epsilon.OUTSIDE_ROOT, Norm.SCALE_FREE);
    }

    /**
     * The same with p = 1.
     *
     * @return a new value; {@link #off()} stays off
     */
    public AdamVariant withoutMomentCoefficient() {
        return switch (coefficients) {
            case STEP_AND_MOMENT -> new AdamVariant(Coefficients.STEP, epsilon, norm);
            case MOMENT -> new AdamVariant(Coefficients.NEITHER, epsilon, norm);
            default -> this;
        };
    }

    /**
     * The same with k = 1, to take the variant apart.
     *
     * @return a new value; {@link #off()} stays off
     */
    public AdamVariant withoutStepCoefficient() {
        return switch (coefficients) {
            case STEP_AND_MOMENT -> new AdamVariant(Coefficients.MOMENT, epsilon, norm);
            case STEP -> new AdamVariant(Coefficients.NEITHER, epsilon, norm);
            default -> this;
        };
    }

    /**
     * The same with eps where DL4J's Adam has it.
     *
     * @return a new value; {@link #off()} stays off
     */
    public AdamVariant withEpsilonOutside() {
        return new AdamVariant(coefficients, Epsilon.OUTSIDE_ROOT, norm);
    }

    /**
     * The same with the norm of the head's gradient as it is, which the features' scale is part of.
     *
     * @return a new value; without p the value as it is
     */
    public AdamVariant withLiteralNorm() {
        return new AdamVariant(coefficients, epsilon, Norm.LITERAL);
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
        return hasMoment(coefficients);
    }

    /**
     * Whether k acts. Not a property: it follows from the others.
     *
     * @return whether it can differ from 1; true also for {@link #off()}
     */
    public boolean stepCoefficient() {
        return coefficients != Coefficients.NEITHER && coefficients != Coefficients.MOMENT;
    }

    private static boolean hasMoment(Coefficients coefficients) {
        return coefficients == Coefficients.MOMENT || coefficients == Coefficients.STEP_AND_MOMENT;
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
