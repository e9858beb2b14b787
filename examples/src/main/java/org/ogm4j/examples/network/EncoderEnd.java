package org.ogm4j.examples.network;

/** What a fusion reads from an encoder. */
enum EncoderEnd {

    /** One vector per example, [m, d]: the mean over places or tokens. */
    FEATURES,

    /** A sequence, [m, d, T]: one vector for each place of the last feature map, or each patch. */
    TOKENS;

    /** The vertex that puts it out. */
    String vertex(Modality modality) {
        return this == FEATURES ? modality.features() : modality.tokens();
    }
}
