package org.ogm4j.study.network;

/** What a fusion reads from an encoder. */
public enum EncoderEnd {

    /** One vector per example, [m, d]: the mean over places or tokens, or the last step's. */
    FEATURES,

    /** A sequence, [m, d, T]: one vector for each place of the last map, each patch, each step. */
    TOKENS;

    /** The vertex of a modality that puts it out. */
    public String vertex(String modality) {
        return modality + (this == FEATURES ? "-features" : "-tokens");
    }
}
