package org.ogm4j.examples.network;

import java.util.Locale;

/** The two modalities; each is named after the network input that feeds it. */
public enum Modality {
    AUDIO,
    VISUAL;

    /** The name of the network input, and the prefix of the encoder's vertices. */
    public String input() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vertex that puts out the features which the fused head reads. */
    public String features() {
        return input() + "-features";
    }

    /** The modality that this one is compared with. */
    public Modality other() {
        return this == AUDIO ? VISUAL : AUDIO;
    }
}
