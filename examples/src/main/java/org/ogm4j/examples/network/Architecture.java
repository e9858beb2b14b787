package org.ogm4j.examples.network;

import java.util.Arrays;
import java.util.List;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.Fusion;

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

    /** Both modalities with their encoders. */
    List<Branch> branches() {
        return Arrays.stream(Modality.values()).map(this::branch).toList();
    }

    /** A modality with its encoder. */
    Branch branch(Modality modality) {
        return encoder.branch(modality, sizes);
    }
}
