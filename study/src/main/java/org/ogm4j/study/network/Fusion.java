package org.ogm4j.study.network;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.ogm4j.study.words.Names;

/** How a network answers from all modalities. */
public enum Fusion {

    /** Features side by side, read by one output layer. */
    CONCAT(EncoderEnd.FEATURES),

    /** One linear layer per modality; the output reads the sum. */
    SUM(EncoderEnd.FEATURES),

    /** The features of the second modality scale and shift those of the first. */
    FILM(EncoderEnd.FEATURES),

    /** The features of each of two modalities gate the other's. */
    GATED(EncoderEnd.FEATURES),

    /** The tokens of each of two modalities attend to the other's. */
    CROSS_ATTENTION(EncoderEnd.TOKENS),

    /** One transformer reads the tokens of all modalities as one sequence. */
    SELF_ATTENTION(EncoderEnd.TOKENS);

    private final EncoderEnd end;

    Fusion(EncoderEnd end) {
        this.end = end;
    }

    /** What it reads from each encoder. */
    public EncoderEnd end() {
        return end;
    }

    /** Whether tokens of modalities meet in it. */
    public boolean mixesTokens() {
        return end == EncoderEnd.TOKENS;
    }

    /** What is wrong with it for these modalities, and the way out; nothing if it goes. */
    Optional<String> problem(List<Branch> branches) {
        boolean pair = this == FILM || this == GATED || this == CROSS_ATTENTION;
        if (pair && branches.size() != 2) {
            return Optional.of(
                    "fusion %s joins two modalities, got %d; concat, sum and self-attention join any number"
                            .formatted(this, branches.size()));
        }
        if (!mixesTokens()) {
            return Optional.empty();
        }
        for (Branch branch : branches) {
            if (branch.tokens() < 1) {
                return Optional.of(
                        "fusion %s reads tokens, and encoder %s of %s has %s; concat goes"
                                .formatted(
                                        this,
                                        branch.size().kind(),
                                        branch.name(),
                                        branch.tokens() < 0
                                                ? "none"
                                                : "unequally many in each example"));
            }
            if (branch.width() != branches.get(0).width()) {
                return Optional.of(
                        "fusion %s wants features of one size, got %d of %s and %d of %s; give them the same encoder, or sizes"
                                .formatted(
                                        this,
                                        branches.get(0).width(),
                                        branches.get(0).name(),
                                        branch.width(),
                                        branch.name()));
            }
        }
        return Optional.empty();
    }

    /** Adds everything behind the encoders, and the output. */
    void build(GraphBuilder graph, List<Branch> branches, Answer answer) {
        switch (this) {
            case CONCAT -> FeatureFusion.concat(graph, branches, answer);
            case SUM -> FeatureFusion.sum(graph, branches, answer);
            case FILM -> FeatureFusion.film(graph, branches, answer);
            case GATED -> FeatureFusion.gated(graph, branches, answer);
            case CROSS_ATTENTION -> TokenFusion.crossAttention(graph, branches, answer);
            case SELF_ATTENTION -> TokenFusion.selfAttention(graph, branches, answer);
            default -> throw new AssertionError(this);
        }
    }

    /** The one of this name. */
    @JsonCreator
    static Fusion of(String name) {
        return Names.find("fusion", List.of(values()), name);
    }

    /** The name in files and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
