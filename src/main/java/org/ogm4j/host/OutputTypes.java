package org.ogm4j.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/**
 * What vertices output, as far as a configuration tells: DL4J does not keep the input types that a
 * network was built with.
 *
 * <p>DL4J's own {@code getOutputType} is asked, of every kind of layer, with each type that a
 * network input could have and that all of its readers take. Sizes that nobody knows are made up,
 * twice and differently: what comes out alike is known. So numbers of features and channels are
 * right, and the format; heights, widths and lengths are made up.
 */
public final class OutputTypes {

    /** Sizes to make up: large enough for any kernel and stride. */
    private static final long[] GUESSES = {1 << 12, 3 << 10};

    /** More combinations of possible input types than this, and a type counts as unknown. */
    private static final int MOST = 64;

    private final ComputationGraphConfiguration conf;
    private final List<Map<String, Collection<InputType>>> possible = new ArrayList<>();

    /**
     * Prepares a network.
     *
     * @param conf its configuration, without gates
     */
    public OutputTypes(ComputationGraphConfiguration conf) {
        this.conf = conf;
        for (int i = 0; i < GUESSES.length; i++) {
            possible.add(new HashMap<>());
        }
    }

    /**
     * The type of a vertex's output.
     *
     * @param name a vertex or a network input
     * @return empty if the configuration does not tell
     */
    public Optional<InputType> of(String name) {
        Collection<InputType> first = possible(name, 0);
        Collection<InputType> second = possible(name, 1);
        boolean known =
                first.size() == 1
                        && second.size() == 1
                        && signature(first.iterator().next())
                                .equals(signature(second.iterator().next()));
        return known ? Optional.of(first.iterator().next()) : Optional.empty();
    }

    /** The same of one vertex. */
    public static Optional<InputType> of(ComputationGraphConfiguration conf, String name) {
        return new OutputTypes(conf).of(name);
    }

    /** What a vertex outputs, given what it reads. */
    public static InputType after(GraphVertex vertex, InputType... inputs) {
        return output(vertex, inputs);
    }

    /**
     * Whether a vertex outputs sequences or images of which the features are on the last axis, as
     * far as the configuration tells.
     *
     * @param name a vertex or a network input
     * @return false where it is not known
     */
    public boolean isChannelsLast(String name) {
        return of(name).filter(type -> Formats.of(type).channelsLast()).isPresent();
    }

    /** Features or channels. */
    public static long width(InputType type) {
        if (type instanceof InputType.InputTypeRecurrent recurrent) {
            return recurrent.getSize();
        }
        if (type instanceof InputType.InputTypeConvolutional convolutional) {
            return convolutional.getChannels();
        }
        return type instanceof InputType.InputTypeConvolutional3D volume
                ? volume.getChannels()
                : type.arrayElementsPerExample();
    }

    /** The number of classes at an output, empty if the configuration does not tell. */
    public static Optional<Long> classes(ComputationGraphConfiguration conf, String output) {
        Layer layer = Vertices.layerOf(conf.getVertices().get(output));
        return layer instanceof BaseOutputLayer weights
                ? Optional.of(weights.getNOut())
                : of(conf, conf.getVertexInputs().get(output).get(0)).map(OutputTypes::width);
    }

    /** Whether a layer works in the format of a type, as far as it says. */
    public static boolean worksIn(Layer layer, InputType type) {
        return Formats.suits(List.of(layer), type);
    }

    /** Whether an output has labels for every step of a sequence. */
    public static boolean isPerStep(ComputationGraphConfiguration conf, String output) {
        Layer layer = Vertices.layerOf(conf.getVertices().get(output));
        return layer instanceof RnnOutputLayer || layer instanceof RnnLossLayer;
    }

    /** All types that a vertex may output, one per signature. */
    private Collection<InputType> possible(String name, int guess) {
        Collection<InputType> known = possible.get(guess).get(name);
        if (known == null) {
            known = compute(name, guess);
            possible.get(guess).put(name, known);
        }
        return known;
    }

    private Collection<InputType> compute(String name, int guess) {
        Map<String, InputType> outputs = new LinkedHashMap<>();
        GraphVertex vertex = conf.getVertices().get(name);
        if (vertex == null) {
            for (InputType type : Formats.all(widthOf(name, guess), GUESSES[guess])) {
                if (suitsReaders(name, type)) {
                    outputs.put(signature(type), type);
                }
            }
            return outputs.values();
        }
        for (List<InputType> inputs : combinations(conf.getVertexInputs().get(name), guess)) {
            InputType output = outputOrNull(vertex, inputs.toArray(InputType[]::new));
            if (output != null) {
                outputs.put(signature(output), output);
            }
        }
        if (outputs.isEmpty() && vertex instanceof LayerVertex) {
            addWhateverItReads(vertex, guess, outputs);
        }
        return outputs.values();
    }

    /** Most layers tell what they output without being told what they read. */
    private static void addWhateverItReads(
            GraphVertex vertex, int guess, Map<String, InputType> outputs) {
        LayerVertex alone =
                new LayerVertex(((LayerVertex) vertex).getLayerConf(), null); // no preprocessor
        for (InputType type : Formats.all(GUESSES[guess], GUESSES[guess])) {
            InputType output = outputOrNull(alone, type);
            if (output != null) {
                outputs.put(signature(output), output);
            }
        }
    }

    private List<List<InputType>> combinations(List<String> sources, int guess) {
        List<List<InputType>> all = List.of(List.of());
        for (String source : sources) {
            List<List<InputType>> longer = new ArrayList<>();
            for (List<InputType> begun : all) {
                for (InputType type : possible(source, guess)) {
                    List<InputType> next = new ArrayList<>(begun);
                    next.add(type);
                    longer.add(next);
                }
            }
            if (longer.size() > MOST) {
                return List.of();
            }
            all = longer;
        }
        return all;
    }

    /** The number of features of a network input that a layer on it tells, else a made-up one. */
    private long widthOf(String input, int guess) {
        for (String reader : readersOf(input)) {
            GraphVertex vertex = conf.getVertices().get(reader);
            if (!(vertex instanceof LayerVertex own) || own.getPreProcessor() != null) {
                continue;
            }
            for (Layer layer : Vertices.layersOf(vertex)) {
                if (layer instanceof FeedForwardLayer weights && weights.getNIn() > 0) {
                    return weights.getNIn();
                }
            }
        }
        return GUESSES[guess];
    }

    /** Whether every layer that reads a network input takes the type, and in its own format. */
    private boolean suitsReaders(String input, InputType type) {
        for (String reader : readersOf(input)) {
            GraphVertex vertex = conf.getVertices().get(reader);
            boolean judges = vertex instanceof LayerVertex || vertex instanceof PreprocessorVertex;
            if (judges && outputOrNull(vertex, type) == null) {
                return false;
            }
        }
        return true;
    }

    private List<String> readersOf(String source) {
        return conf.getVertexInputs().entrySet().stream()
                .filter(reader -> reader.getValue().contains(source))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static InputType outputOrNull(GraphVertex vertex, InputType... inputs) {
        try {
            return output(vertex, inputs);
        } catch (RuntimeException e) {
            return null; // another type than the vertex takes
        }
    }

    private static InputType output(GraphVertex vertex, InputType... inputs) {
        if (vertex instanceof MergeVertex merge && inputs[0].getType() != InputType.Type.FF) {
            return Formats.merged(merge.getMergeAxis(), inputs);
        }
        if (vertex instanceof ElementWiseVertex) {
            return Formats.broadcast(inputs);
        }
        GraphVertex copy = VertexCopy.of(vertex); // some change on being asked
        if (copy instanceof PreprocessorVertex alone) {
            InputPreProcessor pre = alone.getPreProcessor();
            return pre.getOutputType(Formats.seenBy(pre, inputs[0]));
        }
        if (!(copy instanceof LayerVertex own)) {
            return copy.getOutputType(0, inputs.clone());
        }
        InputPreProcessor before = own.getPreProcessor();
        InputType input =
                before == null || Formats.isFlat(before, inputs[0])
                        ? inputs[0]
                        : before.getOutputType(Formats.seenBy(before, inputs[0]));
        Layer layer = Vertices.layerOf(copy);
        if (!Formats.suits(Vertices.layersOf(copy), input)) {
            throw new IllegalArgumentException("type must be in the layer's format, got " + input);
        }
        if (layer instanceof GlobalPoolingLayer pooling) {
            return Formats.pooled(pooling, input);
        }
        // DL4J takes it for a layer of 0 outputs
        return layer instanceof LossLayer ? input : Formats.kept(input, output(layer, input));
    }

    /** In strict mode a convolution takes some heights and widths only, and those are made up. */
    private static InputType output(Layer layer, InputType input) {
        try {
            return layer.getOutputType(0, input);
        } catch (RuntimeException e) {
            for (InputType other : Formats.otherSizes(input)) {
                try {
                    return layer.getOutputType(0, other);
                } catch (RuntimeException again) {
                    e.addSuppressed(again);
                }
            }
            throw e;
        }
    }

    /** What of a type is not made up. */
    private static String signature(InputType type) {
        return type.getType() + " " + Formats.of(type) + " " + width(type);
    }
}
