package org.ogm4j.host;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which example each row of a vertex's output belongs to, row for row.
 *
 * <pre>
 * vertex                                       its rows
 * network input, and every layer               those of what it reads
 * steps made rows, [m, d, T] to [T m, d]       row t m + i is of row i
 * rows made steps again                        the first m
 * StackVertex                                  one block after the other
 * UnstackVertex                                one of the blocks
 * ReshapeVertex, [m, 3 d] to [3 m, d]          row r is of row r / 3; in order f of row r mod m
 * </pre>
 *
 * <p>A row that a reshape makes of several examples counts as the first one's.
 */
public final class ExampleRows {

    /** Examples and steps of a batch that is made up: prime, so that no layout looks like other. */
    private static final int EXAMPLES = 7;

    private static final int STEPS = 5;

    private final ComputationGraphConfiguration conf;
    private final Map<String, int[]> known = new HashMap<>();
    private final int examples;
    private final Sizes sizes;

    /** How large arrays are. */
    private interface Sizes {

        /** How many numbers a row of a vertex's input has, 0 if that is not known. */
        long rowLength(String vertex, int rows);

        /** How many steps the sequences have that a vertex reads, 1 for vectors. */
        int steps(String vertex);

        /** Whether the batch is not made up. */
        boolean areReal();
    }

    /** Of the arrays that a running network holds. */
    private record Held(ComputationGraph graph) implements Sizes {

        @Override
        public long rowLength(String vertex, int rows) {
            INDArray input = inputOf(vertex);
            return input == null ? 0 : input.length() / rows;
        }

        @Override
        public int steps(String vertex) {
            INDArray input = inputOf(vertex);
            boolean last = isChannelsLast(graph.getConfiguration().getVertices().get(vertex));
            return input == null || input.rank() != 3 ? 1 : (int) input.size(last ? 1 : 2);
        }

        @Override
        public boolean areReal() {
            return true;
        }

        private INDArray inputOf(String vertex) {
            return graph.getVertex(vertex).getInputs()[0];
        }
    }

    /** Of a batch that nobody has seen. */
    private record MadeUp(ComputationGraphConfiguration conf, OutputTypes types) implements Sizes {

        MadeUp(ComputationGraphConfiguration conf) {
            this(conf, new OutputTypes(conf));
        }

        @Override
        public long rowLength(String vertex, int rows) {
            InputType type = inputOf(vertex);
            return isVector(type) ? type.arrayElementsPerExample() : 0;
        }

        @Override
        public int steps(String vertex) {
            return isVector(inputOf(vertex)) ? 1 : STEPS;
        }

        @Override
        public boolean areReal() {
            return false;
        }

        private static boolean isVector(InputType type) {
            return type != null && type.getType() == InputType.Type.FF;
        }

        private InputType inputOf(String vertex) {
            return types.of(conf.getVertexInputs().get(vertex).get(0)).orElse(null);
        }
    }

    private ExampleRows(ComputationGraphConfiguration conf, int examples, Sizes sizes) {
        this.conf = conf;
        this.examples = examples;
        this.sizes = sizes;
    }

    /**
     * The rows of a vertex in the latest forward pass of a network.
     *
     * @param graph the network, whose activations are still held
     * @param vertex a vertex of one modality, or a network input
     * @return the number of an example for each row
     */
    public static int[] of(ComputationGraph graph, String vertex) {
        return new ExampleRows(graph.getConfiguration(), graph.batchSize(), new Held(graph))
                .rows(vertex);
    }

    /**
     * Whether a vertex outputs one row for each example, in their order, as far as the
     * configuration tells.
     *
     * @param conf a network
     * @param vertex a vertex or network input
     * @return false only where it is known that rows are something else
     */
    public static boolean areExamples(ComputationGraphConfiguration conf, String vertex) {
        int[] rows = new ExampleRows(conf, EXAMPLES, new MadeUp(conf)).rows(vertex);
        return Arrays.equals(rows, IntStream.range(0, EXAMPLES).toArray());
    }

    /**
     * Whether rows may be something else than examples: a vertex upstream could move them, whatever
     * the sizes.
     *
     * @param conf a network
     * @param vertex a vertex or network input
     * @return false only where there is surely a row for each example
     */
    public static boolean mayMove(ComputationGraphConfiguration conf, String vertex) {
        GraphVertex own = conf.getVertices().get(vertex);
        if (own == null) {
            return false;
        }
        return own instanceof StackVertex
                || own instanceof UnstackVertex
                || own instanceof ReshapeVertex
                || preProcessorOf(own) != null
                || conf.getVertexInputs().get(vertex).stream()
                        .anyMatch(source -> mayMove(conf, source));
    }

    private int[] rows(String name) {
        int[] rows = known.get(name);
        if (rows == null) {
            rows = compute(name);
            known.put(name, rows);
        }
        return rows;
    }

    private int[] compute(String name) {
        GraphVertex vertex = conf.getVertices().get(name);
        if (vertex == null) {
            return IntStream.range(0, examples).toArray();
        }
        List<String> sources = conf.getVertexInputs().get(name);
        if (vertex instanceof StackVertex) {
            return sources.stream().flatMapToInt(source -> Arrays.stream(rows(source))).toArray();
        }
        int[] before = rows(sources.get(0));
        if (vertex instanceof UnstackVertex unstack) {
            int block = before.length / unstack.getStackSize();
            int from = unstack.getFrom() * block;
            return Arrays.copyOfRange(before, from, from + block);
        }
        if (vertex instanceof ReshapeVertex reshape) {
            return reshaped(name, reshape, before);
        }
        return processed(name, preProcessorOf(vertex), before);
    }

    private static InputPreProcessor preProcessorOf(GraphVertex vertex) {
        if (vertex instanceof PreprocessorVertex alone) {
            return alone.getPreProcessor();
        }
        return vertex instanceof LayerVertex layer ? layer.getPreProcessor() : null;
    }

    private int[] processed(String name, InputPreProcessor preProcessor, int[] before) {
        if (preProcessor instanceof ComposableInputPreProcessor several) {
            int[] rows = before;
            for (InputPreProcessor part : several.getInputPreProcessors()) {
                rows = processed(name, part, rows);
            }
            return rows;
        }
        if (preProcessor instanceof RnnToFeedForwardPreProcessor
                || preProcessor instanceof RnnToCnnPreProcessor) {
            int[] rows = new int[before.length * sizes.steps(name)];
            Arrays.setAll(rows, row -> before[row % before.length]);
            return rows;
        }
        boolean gathers =
                preProcessor instanceof FeedForwardToRnnPreProcessor
                        || preProcessor instanceof CnnToRnnPreProcessor;
        return gathers ? Arrays.copyOf(before, Math.min(examples, before.length)) : before;
    }

    private int[] reshaped(String name, ReshapeVertex reshape, int[] before) {
        int[] shape = reshape.getNewShape();
        long old = sizes.rowLength(name, before.length);
        long length = 1; // of a new row
        for (int axis = 1; axis < shape.length; axis++) {
            length *= shape[axis];
        }
        if (length < 0 && sizes.areReal()) { // one of the others is -1
            length = before.length * old / shape[0];
        }
        if (old <= 0 || length <= 0) {
            return before;
        }
        int[] rows = new int[(int) (before.length * old / length)];
        for (int row = 0; row < rows.length; row++) {
            long from = reshape.getReshapeOrder() == 'c' ? row * length / old : row % before.length;
            rows[row] = before[(int) from];
        }
        return rows;
    }

    private static boolean isChannelsLast(GraphVertex vertex) {
        InputPreProcessor pre = preProcessorOf(vertex);
        if (pre instanceof ComposableInputPreProcessor several) {
            pre = several.getInputPreProcessors()[0];
        }
        return Formats.isNwc(pre);
    }
}
