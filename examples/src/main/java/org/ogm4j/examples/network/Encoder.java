package org.ogm4j.examples.network;

import java.util.Locale;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderKind;
import org.ogm4j.study.network.EncoderSize;

/** What turns one modality's input into tokens or features. */
public enum Encoder {

    /** Four convolutions; of sounds the first steps four places, of images two. */
    CNN,

    /** ResNet-18, which is large for the digits. */
    RESNET18,

    /** Patches of the input and one transformer block. */
    TRANSFORMER;

    /** A modality with this encoder. */
    Branch branch(Modality modality, Sizes sizes) {
        EncoderKind kind = EncoderKind.valueOf(name());
        Integer stride = this != CNN ? null : modality == Modality.AUDIO ? 4 : 2;
        return new Branch(
                modality.input(),
                sizes.of(modality).type(),
                false,
                new EncoderSize(kind, null, stride));
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
