package org.ogm4j.examples.network;

/**
 * Which network.
 *
 * @param encoder of both modalities
 * @param fusion behind the encoders
 * @param sizes of its inputs and its output
 */
public record Architecture(Encoder encoder, Fusion fusion, Sizes sizes) {

    /** Convolutions and concatenation. */
    public static final Architecture DEFAULT = new Architecture(Encoder.CNN, Fusion.CONCAT);

    /** A network for the digits. */
    public Architecture(Encoder encoder, Fusion fusion) {
        this(encoder, fusion, Sizes.DIGITS);
    }
}
