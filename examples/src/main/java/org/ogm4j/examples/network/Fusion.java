package org.ogm4j.examples.network;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** How a network answers from both modalities. */
public enum Fusion {

    /** Features side by side, read by one softmax layer. */
    CONCAT(EncoderEnd.FEATURES),

    /** One linear layer per modality; the sum goes through softmax. */
    SUM(EncoderEnd.FEATURES),

    /** The visual features scale and shift the audio features. */
    FILM(EncoderEnd.FEATURES),

    /** The features of each modality gate the other's. */
    GATED(EncoderEnd.FEATURES),

    /** The tokens of each modality attend to the other's. */
    CROSS_ATTENTION(EncoderEnd.TOKENS),

    /** One transformer reads the tokens of both modalities as one sequence. */
    SELF_ATTENTION(EncoderEnd.TOKENS);

    private final EncoderEnd end;

    Fusion(EncoderEnd end) {
        this.end = end;
    }

    /** What it reads from each encoder. */
    EncoderEnd end() {
        return end;
    }

    /** Whether tokens of both modalities meet in it. */
    public boolean mixesTokens() {
        return end == EncoderEnd.TOKENS;
    }

    /** Adds everything behind the encoders, and the output. */
    void build(GraphBuilder graph, Encoder encoder, Sizes sizes) {
        int classes = sizes.classes();
        int width = encoder.width();
        Map<Modality, Integer> tokens = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            tokens.put(modality, encoder.tokens(modality, sizes));
        }
        switch (this) {
            case CONCAT -> FeatureFusion.concat(graph, classes);
            case SUM -> FeatureFusion.sum(graph, classes);
            case FILM -> FeatureFusion.film(graph, width, classes);
            case GATED -> FeatureFusion.gated(graph, width, classes);
            case CROSS_ATTENTION -> TokenFusion.crossAttention(graph, width, tokens, classes);
            case SELF_ATTENTION -> TokenFusion.selfAttention(graph, width, tokens, classes);
            default -> throw new AssertionError(this);
        }
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
