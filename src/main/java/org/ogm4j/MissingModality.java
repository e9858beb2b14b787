package org.ogm4j;

import java.io.Serializable;
import java.util.Locale;

/**
 * How an example says that it lacks a modality.
 *
 * <p>A feature mask that is 0 for the whole example always says so. Data without masks may mark a
 * missing modality with a row of zeros, or of NaN; that has to be asked for. A modality of several
 * network inputs is absent where all of its inputs are.
 *
 * <p>Inside the window, an example without modality u
 *
 * <ul>
 *   <li>gives u no score, and a pair of modalities is compared on the examples that have both:
 *       {@code rho^u} is the mean over v of {@code s^u / s^v}, both scores over these examples;
 *   <li>sends u no error signal, neither the joint one nor u's own, so that the encoder learns
 *       nothing from an input that is not there;
 *   <li>has no share in u's noise.
 * </ul>
 *
 * <p>Example: clips without a picture have a row of NaN.
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .missing("visual", MissingModality.nans())
 *         .build();
 * }</pre>
 *
 * @param kind what a missing modality looks like
 * @since 0.1.0
 */
public record MissingModality(Kind kind) implements Serializable {

    /** What a missing modality looks like. */
    public enum Kind {
        /** See {@link MissingModality#masks()}. */
        MASKS,
        /** See {@link MissingModality#zeros()}. */
        ZEROS,
        /** See {@link MissingModality#nans()}. */
        NANS
    }

    /**
     * Checks the value, also when read from JSON.
     *
     * @throws IllegalArgumentException if there is no kind
     */
    public MissingModality {
        if (kind == null) {
            throw new IllegalArgumentException("kind must be given, got null");
        }
    }

    /**
     * Nothing but masks. The default: in a batch without feature masks every example has every
     * modality.
     *
     * @return masks alone
     */
    public static MissingModality masks() {
        return new MissingModality(Kind.MASKS);
    }

    /**
     * Masks, and features that are all 0. Not for indices, of which 0 is a valid one.
     *
     * @return masks and rows of zeros
     */
    public static MissingModality zeros() {
        return new MissingModality(Kind.ZEROS);
    }

    /**
     * Masks, and features that are all NaN. The network reads zeros in their place, in training and
     * at inference: a vertex of this library at its entrance copies the features, whose array stays
     * as it is. A row with NaN and numbers is not a missing modality but a fault, as ever.
     *
     * <p>{@link ModulatedOptimizer#strip} takes the vertex out: whoever uses the plain network has
     * to set rows of NaN to 0.
     *
     * @return masks and rows of NaN
     */
    public static MissingModality nans() {
        return new MissingModality(Kind.NANS);
    }

    /** As it is written in code. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
