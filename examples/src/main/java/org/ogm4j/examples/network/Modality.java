package org.ogm4j.examples.network;

import java.util.Locale;
import org.ogm4j.study.network.EncoderEnd;

/** The two modalities; each is named after the network input that feeds it. */
public enum Modality {
    AUDIO,
    VISUAL;

    /** The name of the network input, and the prefix of the encoder's vertices. */
    public String input() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vertex that puts out the features [m, d] where the fusion reads features. */
    public String features() {
        return EncoderEnd.FEATURES.vertex(input());
    }

    /** The vertex that puts out the tokens [m, d, T] where the fusion reads tokens. */
    public String tokens() {
        return EncoderEnd.TOKENS.vertex(input());
    }

    /** The modality that this one is compared with. */
    public Modality other() {
        return this == AUDIO ? VISUAL : AUDIO;
    }
}
