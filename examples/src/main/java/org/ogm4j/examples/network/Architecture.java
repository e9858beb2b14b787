package org.ogm4j.examples.network;

/**
 * Which network.
 *
 * @param encoder of both modalities
 * @param fusion behind the encoders
 */
public record Architecture(Encoder encoder, Fusion fusion) {

    /** Convolutions and concatenation. */
    public static final Architecture DEFAULT = new Architecture(Encoder.CNN, Fusion.CONCAT);
}
