package org.ogm4j.study.network;

import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;

/**
 * Which encoder, and how large.
 *
 * @param kind which; null: what suits the input
 * @param sizes of the layers of {@code dense} and {@code lstm}, one after the other; null is [64].
 *     Of {@code cnn} dense layers that read all places of the last map; null is its mean
 * @param stride of the first convolution of {@code cnn}: 2, with a kernel of 3, or 4, with one of
 *     5; null is 4 if a side of the input is above 64
 */
public record EncoderSize(EncoderKind kind, List<Integer> sizes, Integer stride) {

    /** What suits the input, in its usual size. */
    public static final EncoderSize DEFAULT = new EncoderSize((EncoderKind) null);

    private static final int LARGEST = 10_000;

    /** Checks sizes and stride. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public EncoderSize {
        if (sizes != null && sizes.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("sizes must not hold null");
        }
        sizes = sizes == null ? null : List.copyOf(sizes);
        if (sizes != null
                && (sizes.isEmpty() || sizes.stream().anyMatch(n -> n < 1 || n > LARGEST))) {
            throw new IllegalArgumentException(
                    "sizes must be one or more numbers from 1 to %d, got %s"
                            .formatted(LARGEST, sizes));
        }
        if (stride != null && stride != 2 && stride != 4) {
            throw new IllegalArgumentException("stride must be 2 or 4, got " + stride);
        }
        boolean maps = kind == EncoderKind.RESNET18 || kind == EncoderKind.TRANSFORMER;
        if (sizes != null && maps) {
            throw new IllegalArgumentException(
                    "sizes are for dense, lstm and cnn, got them for " + kind);
        }
        if (stride != null && kind != EncoderKind.CNN) {
            throw new IllegalArgumentException("stride is for cnn, got it for " + kind);
        }
    }

    /** Of the usual size. */
    public EncoderSize(EncoderKind kind) {
        this(kind, null, null);
    }

    /** Of this name, in the usual size. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EncoderSize of(String kind) {
        return new EncoderSize(EncoderKind.of(kind));
    }
}
