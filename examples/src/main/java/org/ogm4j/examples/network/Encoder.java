package org.ogm4j.examples.network;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** What turns one modality's input into tokens [m, width, T] or features [m, width]. */
public enum Encoder {

    /** Four convolutions. */
    CNN(CnnEncoder.WIDTH),

    /** ResNet-18, which is large for the digits. */
    RESNET18(ResNet18.WIDTH),

    /** Patches of the input and one transformer block. */
    TRANSFORMER(TransformerEncoder.WIDTH);

    private final int width;

    Encoder(int width) {
        this.width = width;
    }

    /** The size d of a token and of the features, the same for both modalities. */
    int width() {
        return width;
    }

    /** How many tokens a modality has. */
    int tokens(Modality modality, Sizes sizes) {
        return grid(modality, sizes).places();
    }

    private Grid grid(Modality modality, Sizes sizes) {
        Grid input = sizes.grid(modality);
        return switch (this) {
            case CNN -> CnnEncoder.map(modality, input);
            case RESNET18 -> ResNet18.map(input);
            case TRANSFORMER -> TransformerEncoder.patches(input);
        };
    }

    /** Adds the encoder of a modality, with no vertex behind the end that is asked for. */
    void build(GraphBuilder graph, Modality modality, Sizes sizes, EncoderEnd end) {
        if (this != TRANSFORMER) {
            String map =
                    this == CNN
                            ? CnnEncoder.build(graph, modality)
                            : ResNet18.map(graph, modality.input());
            endMap(graph, map, modality, sizes, end);
            return;
        }
        TransformerEncoder.build(graph, modality, sizes.grid(modality));
        if (end == EncoderEnd.FEATURES) {
            Tokens.mean(graph, modality.features(), modality.tokens(), tokens(modality, sizes));
        }
    }

    private void endMap(
            GraphBuilder graph, String map, Modality modality, Sizes sizes, EncoderEnd end) {
        if (end == EncoderEnd.FEATURES) {
            ConvBlocks.globalAverage(graph, modality.features(), map);
        } else {
            Tokens.fromMap(graph, modality.tokens(), map, grid(modality, sizes));
        }
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
