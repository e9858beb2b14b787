package org.ogm4j.host;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/**
 * Which axis of an array has the features.
 *
 * @param channelsLast whether it is the last, as in all that Keras import makes; else axis 1
 * @param rank how many axes the array has, that of the examples included
 */
public record Formats(boolean channelsLast, int rank) {

    /** How many other sizes are tried where a layer does not take the one that was made up. */
    private static final int TRIALS = 32;

    /**
     * The format of an array of some type.
     *
     * @param type of a vertex's output
     * @return its format; for vectors both are the same, and it is not channels-last
     */
    public static Formats of(InputType type) {
        if (type instanceof InputType.InputTypeRecurrent sequence) {
            return new Formats(sequence.getFormat() == RNNFormat.NWC, 3);
        }
        if (type instanceof InputType.InputTypeConvolutional image) {
            return new Formats(image.getFormat() == CNN2DFormat.NHWC, 4);
        }
        return type instanceof InputType.InputTypeConvolutional3D volume
                ? new Formats(volume.getDataFormat() == Convolution3D.DataFormat.NDHWC, 5)
                : new Formats(false, 2);
    }

    /**
     * The axes of the places in a sequence, image or volume.
     *
     * @return all but those of examples and features
     */
    public int[] places() {
        return IntStream.range(1, rank).filter(axis -> axis != features()).toArray();
    }

    private int features() {
        return channelsLast ? rank - 1 : 1;
    }

    /** Every kind of type in every format, of some width and size. */
    static List<InputType> all(long width, long size) {
        List<InputType> all = new ArrayList<>(List.of(InputType.feedForward(width)));
        for (RNNFormat format : RNNFormat.values()) {
            all.add(InputType.recurrent(width, size, format));
        }
        for (CNN2DFormat format : CNN2DFormat.values()) {
            all.add(InputType.convolutional(size, size, width, format));
        }
        for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
            all.add(InputType.convolutional3D(format, size, size, size, width));
        }
        return all;
    }

    /**
     * What a MergeVertex outputs. DL4J adds widths up whatever the axis, and forgets the format of
     * volumes.
     */
    static InputType merged(int axis, InputType... inputs) {
        Formats format = of(inputs[0]);
        long width = 0;
        for (InputType input : inputs) {
            if (!of(input).equals(format)) {
                throw new IllegalArgumentException(
                        "inputs must be in one format, got " + Arrays.toString(inputs));
            }
            width += OutputTypes.width(input);
        }
        if (Math.floorMod(axis, format.rank) != format.features()) {
            return inputs[0];
        }
        if (inputs[0] instanceof InputType.InputTypeRecurrent sequence) {
            return InputType.recurrent(width, sequence.getTimeSeriesLength(), sequence.getFormat());
        }
        if (inputs[0] instanceof InputType.InputTypeConvolutional image) {
            return InputType.convolutional(
                    image.getHeight(), image.getWidth(), width, image.getFormat());
        }
        InputType.InputTypeConvolutional3D volume = (InputType.InputTypeConvolutional3D) inputs[0];
        return InputType.convolutional3D(
                volume.getDataFormat(),
                volume.getDepth(),
                volume.getHeight(),
                volume.getWidth(),
                width);
    }

    /** DL4J forgets the format of volumes. */
    static InputType kept(InputType input, InputType output) {
        return input instanceof InputType.InputTypeConvolutional3D before
                        && output instanceof InputType.InputTypeConvolutional3D after
                ? InputType.convolutional3D(
                        before.getDataFormat(),
                        after.getDepth(),
                        after.getHeight(),
                        after.getWidth(),
                        after.getChannels())
                : output;
    }

    /** What an ElementWiseVertex outputs: DL4J compares sizes, which here are made up. */
    static InputType broadcast(InputType... inputs) {
        InputType widest = inputs[0];
        for (InputType input : inputs) {
            if (!of(input).equals(of(widest))) {
                throw new IllegalArgumentException(
                        "inputs must be in one format, got " + Arrays.toString(inputs));
            }
            widest = OutputTypes.width(input) > OutputTypes.width(widest) ? input : widest;
        }
        return widest;
    }

    /** Whether the first of some layers that says which format it works in says this one. */
    static boolean suits(List<Layer> layers, InputType type) {
        if (type instanceof InputType.InputTypeRecurrent sequence) {
            return works(layers, sequence.getFormat(), RNNFormat.NCW);
        }
        if (type instanceof InputType.InputTypeConvolutional image) {
            return works(layers, image.getFormat(), CNN2DFormat.NCHW);
        }
        return !(type instanceof InputType.InputTypeConvolutional3D volume)
                || works(layers, volume.getDataFormat(), Convolution3D.DataFormat.NCDHW);
    }

    /** The getter has another name in every layer. */
    private static boolean works(List<Layer> layers, Enum<?> format, Enum<?> unsaid) {
        for (Layer layer : layers) {
            for (Method method : layer.getClass().getMethods()) {
                if (method.getReturnType() == format.getDeclaringClass()
                        && method.getParameterCount() == 0) {
                    try {
                        Object own = method.invoke(layer);
                        return (own == null ? unsaid : own) == format;
                    } catch (ReflectiveOperationException e) {
                        return true; // of a wrapper around a layer that does not say
                    }
                }
            }
        }
        return true;
    }

    /** Whether a preprocessor reads or writes sequences with the features on the last axis. */
    public static boolean isNwc(InputPreProcessor preProcessor) {
        RNNFormat format = null;
        if (preProcessor instanceof RnnToFeedForwardPreProcessor steps) {
            format = steps.getRnnDataFormat();
        } else if (preProcessor instanceof FeedForwardToRnnPreProcessor rows) {
            format = rows.getRnnDataFormat();
        } else if (preProcessor instanceof RnnToCnnPreProcessor steps) {
            format = steps.getRnnDataFormat();
        } else if (preProcessor instanceof CnnToRnnPreProcessor rows) {
            format = rows.getRnnDataFormat();
        }
        return format == RNNFormat.NWC;
    }

    /** Whether a preprocessor that flattens has nothing to do, as behind pooling. */
    static boolean isFlat(InputPreProcessor preProcessor, InputType type) {
        return type.getType() == InputType.Type.FF
                && (preProcessor instanceof RnnToFeedForwardPreProcessor
                        || preProcessor instanceof CnnToFeedForwardPreProcessor);
    }

    /** What a preprocessor expects to see where it knows better than a type with made-up sizes. */
    static InputType seenBy(InputPreProcessor preProcessor, InputType type) {
        boolean image = type.getType() == InputType.Type.CNN;
        if (image
                && preProcessor instanceof CnnToFeedForwardPreProcessor flat
                && flat.getNumChannels() > 0) {
            return InputType.convolutional(
                    flat.getInputHeight(),
                    flat.getInputWidth(),
                    flat.getNumChannels(),
                    flat.getFormat());
        }
        if (image && preProcessor instanceof CnnToRnnPreProcessor steps) {
            return InputType.convolutional(
                    steps.getInputHeight(), steps.getInputWidth(), steps.getNumChannels());
        }
        return type.getType() == InputType.Type.FF
                        && preProcessor instanceof FeedForwardToCnnPreProcessor vector
                ? InputType.feedForward(
                        vector.getInputHeight() * vector.getInputWidth() * vector.getNumChannels())
                : type;
    }

    /** DL4J takes a pooled sequence for a sequence. What is left is the axis not pooled over. */
    static InputType pooled(GlobalPoolingLayer pooling, InputType input) {
        if (input.getType() == InputType.Type.FF || !pooling.isCollapseDimensions()) {
            return pooling.getOutputType(0, input);
        }
        Formats format = of(input);
        int[] axes = pooling.getPoolingDimensions();
        boolean overPlaces =
                axes == null ? !format.channelsLast : Arrays.equals(axes, format.places());
        return InputType.feedForward(
                overPlaces
                        ? OutputTypes.width(input)
                        : input.arrayElementsPerExample() / OutputTypes.width(input));
    }

    /** The same with other heights and widths. */
    static List<InputType> otherSizes(InputType type) {
        List<InputType> others = new ArrayList<>();
        if (type instanceof InputType.InputTypeConvolutional image) {
            for (int more = 1; more <= TRIALS; more++) {
                others.add(
                        InputType.convolutional(
                                image.getHeight() + more,
                                image.getWidth() + more,
                                image.getChannels(),
                                image.getFormat()));
            }
        } else if (type instanceof InputType.InputTypeConvolutional3D volume) {
            for (int more = 1; more <= TRIALS; more++) {
                others.add(
                        InputType.convolutional3D(
                                volume.getDataFormat(),
                                volume.getDepth() + more,
                                volume.getHeight() + more,
                                volume.getWidth() + more,
                                volume.getChannels()));
            }
        } else if (type instanceof InputType.InputTypeRecurrent sequence) {
            for (int more = 1; more <= TRIALS; more++) {
                others.add(
                        InputType.recurrent(
                                sequence.getSize(),
                                sequence.getTimeSeriesLength() + more,
                                sequence.getFormat()));
            }
        }
        return others;
    }
}
