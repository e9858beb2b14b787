package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Nets;

/** How often each class is true, from labels of every kind. */
class ClassCountsTest {

    static Stream<Arguments> labels() {
        INDArray oneHot = matrix(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 0, 1}, {0, 1, 0}});
        INDArray weighted = matrix(new double[][] {{-0.5, 0.25, 0}, {0, 0, 2}});
        INDArray indices = matrix(new double[][] {{0}, {2}, {2}, {3}, {-1}});
        INDArray steps = Nd4j.create(new double[] {1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0}, 2, 3, 2);
        return Stream.of(
                Arguments.of("one-hot", oneHot, null, new double[] {1, 1, 2}),
                Arguments.of("masked", oneHot, column(1, 0, 1, 0), new double[] {1, 0, 1}),
                Arguments.of("weighted", weighted, null, new double[] {0.5, 0.25, 2}),
                Arguments.of("indices", indices, null, new double[] {1, 0, 2}),
                Arguments.of(
                        "masked indices", indices, column(1, 0, 1, 1, 1), new double[] {1, 0, 1}),
                Arguments.of(
                        "one output", matrix(new double[][] {{3}, {-1}}), null, new double[] {4}),
                Arguments.of("steps", steps, null, new double[] {2, 1, 1}),
                Arguments.of(
                        "masked steps",
                        steps,
                        matrix(new double[][] {{1, 0}, {1, 1}}),
                        new double[] {2, 0, 1}));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("labels")
    void areSumsOverTheUnmaskedRows(String kind, INDArray labels, INDArray mask, double[] counts) {
        ComputationGraph graph = Nets.init(Nets.dense());
        graph.setLabels(labels);
        graph.getOutputLayer(0).setMaskArray(mask);
        assertArrayEquals(counts, ClassCounts.of(Truth.of(graph, "out"), counts.length, null));
    }

    @Test
    void withoutLabelsThereAreNone() {
        assertNull(Truth.of(Nets.init(Nets.dense()), "out"));
    }

    private static INDArray matrix(double[][] rows) {
        return Nd4j.createFromArray(rows);
    }

    private static INDArray column(double... values) {
        return Nd4j.createFromArray(values).reshape(values.length, 1);
    }
}
