package org.ogm4j.study.network;

import java.util.List;
import java.util.Locale;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.ogm4j.study.words.Names;

/** What turns one modality's input into features or tokens. */
public enum EncoderKind {

    /** Four convolutions, for images and spectrograms: d = 96. */
    CNN("images"),

    /** ResNet-18, for images and spectrograms: d = 512. */
    RESNET18("images"),

    /** Patches of an image, or steps of a sequence, and one transformer block: d = 48. */
    TRANSFORMER("images, and sequences and texts of one length"),

    /** Dense layers with ReLU, for numbers; images are taken as numbers. */
    DENSE("columns of numbers, and images"),

    /** LSTM layers over the steps of a sequence or the words of a text. */
    LSTM("sequences and texts");

    private final String reads;

    EncoderKind(String reads) {
        this.reads = reads;
    }

    /** What it is for. */
    String reads() {
        return reads;
    }

    /** The one of this name. */
    @JsonCreator
    static EncoderKind of(String name) {
        return Names.find("encoder", List.of(values()), name);
    }

    /** The name in files and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
