package org.ogm4j.study.network;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.ogm4j.study.network.layer.Grid;

/**
 * One modality on its way to the fusion. Its vertices start with its name, and no other modality
 * reaches them.
 *
 * @param name of the modality and of the network's input
 * @param type of the input
 * @param indices whether its numbers are indices of words
 * @param size of the encoder; one without a kind gets what suits the input
 */
public record Branch(String name, InputType type, boolean indices, EncoderSize size) {

    private static final List<Integer> LAYERS = List.of(64);

    /** Chooses what is left open, and checks what is not. */
    public Branch {
        if (size.kind() == null) {
            size = new EncoderSize(suits(name, type), size.sizes(), size.stride());
        }
        boolean right =
                switch (size.kind()) {
                    case CNN, RESNET18 -> isImage(type);
                    case TRANSFORMER -> isImage(type) || isSequence(type);
                    case DENSE -> isNumbers(type) || isImage(type);
                    case LSTM -> isSequence(type);
                };
        if (!right) {
            throw new IllegalArgumentException(
                    "encoder %s of %s reads %s, got %s; %s"
                            .formatted(
                                    size.kind(),
                                    name,
                                    size.kind().reads(),
                                    shown(type),
                                    suits(name, type) + " goes"));
        }
        if (size.kind() == EncoderKind.TRANSFORMER && tokens(type) < 1) {
            throw new IllegalArgumentException(
                    isImage(type)
                            ? "encoder transformer of %s needs images of at least one patch, got %s; cnn goes"
                                    .formatted(name, shown(type))
                            : "encoder transformer of %s needs sequences of one length, got %s; lstm goes"
                                    .formatted(name, shown(type)));
        }
    }

    private static EncoderKind suits(String name, InputType type) {
        if (isImage(type)) {
            return EncoderKind.CNN;
        }
        if (isSequence(type)) {
            return EncoderKind.LSTM;
        }
        if (isNumbers(type)) {
            return EncoderKind.DENSE;
        }
        throw new IllegalArgumentException(
                "no encoder reads the volumes of %s; let its frames be channels or a sequence"
                                .formatted(name)
                        + " (\"layout\": \"channels\" or \"sequence\")");
    }

    private static String shown(InputType type) {
        if (type instanceof InputTypeConvolutional image) {
            return "images of %d x %d x %d"
                    .formatted(image.getChannels(), image.getHeight(), image.getWidth());
        }
        if (type instanceof InputTypeRecurrent sequence) {
            return "sequences of %d numbers and %s steps"
                    .formatted(
                            sequence.getSize(),
                            sequence.getTimeSeriesLength() > 0
                                    ? String.valueOf(sequence.getTimeSeriesLength())
                                    : "unequally many");
        }
        return isNumbers(type) ? type.arrayElementsPerExample() + " numbers" : "volumes";
    }

    private static boolean isImage(InputType type) {
        return type instanceof InputTypeConvolutional;
    }

    private static boolean isSequence(InputType type) {
        return type instanceof InputTypeRecurrent;
    }

    private static boolean isNumbers(InputType type) {
        return type instanceof InputType.InputTypeFeedForward;
    }

    private static int tokens(InputType type) {
        return type instanceof InputTypeRecurrent sequence
                ? (int) sequence.getTimeSeriesLength()
                : TransformerEncoder.patches(grid(type)).places();
    }

    private static Grid grid(InputType type) {
        InputTypeConvolutional image = (InputTypeConvolutional) type;
        return new Grid((int) image.getHeight(), (int) image.getWidth());
    }

    /** The rows and columns of an image. */
    Grid grid() {
        return grid(type);
    }

    /** Whether the input is a sequence. */
    boolean isSequence() {
        return isSequence(type);
    }

    /** The sizes of the layers of a dense or recurrent encoder. */
    List<Integer> layers() {
        return size.sizes() == null ? LAYERS : size.sizes();
    }

    /** The size d of a token and of the features. */
    public int width() {
        return switch (size.kind()) {
            case CNN -> size.sizes() == null ? CnnEncoder.WIDTH : last(size.sizes());
            case RESNET18 -> ResNet18.WIDTH;
            case TRANSFORMER -> TransformerEncoder.WIDTH;
            case DENSE, LSTM -> last(layers());
        };
    }

    private static int last(List<Integer> sizes) {
        return sizes.get(sizes.size() - 1);
    }

    /** How many tokens there are; 0 if that differs; -1 if the encoder has none. */
    public int tokens() {
        return switch (size.kind()) {
            case CNN -> size.sizes() == null ? CnnEncoder.map(this).places() : -1;
            case RESNET18 -> ResNet18.map(grid()).places();
            case TRANSFORMER, LSTM -> Math.max(0, tokens(type));
            case DENSE -> -1;
        };
    }

    /** The vertex with the features. */
    String features() {
        return EncoderEnd.FEATURES.vertex(name);
    }

    /** The vertex with the tokens. */
    String tokensVertex() {
        return EncoderEnd.TOKENS.vertex(name);
    }
}
