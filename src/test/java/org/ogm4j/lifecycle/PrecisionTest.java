package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Networks in double, single and half precision. */
class PrecisionTest {

    private static final int STEPS = 5;

    /** In half precision an epsilon of 1e-8 is 0. */
    private static final double HALF_EPSILON = 1e-3;

    static Stream<Arguments> settings() {
        return Stream.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16)
                .flatMap(type -> updaters(type).map(updater -> Arguments.of(type, updater)));
    }

    private static Stream<IUpdater> updaters(DataType type) {
        double epsilon = type == DataType.FLOAT16 ? HALF_EPSILON : 1e-8;
        return Stream.of(
                new Sgd(0.05),
                new Nesterovs(0.05, 0.9),
                new Adam(0.01, 0.9, 0.999, epsilon),
                new RmsProp(0.01, 0.95, epsilon));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void modulatedTrainsAndOffIsOff(DataType type, IUpdater updater) {
        ComputationGraph plain = train(Nets.init(Nets.dense(Nets.base(updater).dataType(type))));
        ComputationGraph on = train(modulated(ModulatedOptimizer.builder(), updater, type));
        ComputationGraph off =
                train(modulated(ModulatedOptimizer.builder().epochs(1, 9), updater, type));
        assertEquals(type, on.params().dataType());
        assertTrue(isFinite(plain) && isFinite(on));
        assertTrue(Compare.differ(plain.params(), on.params()));
        Compare.same(plain.params(), off.params(), "parameters");
        assertEquals(STEPS - 1, ModulatedOptimizer.lastModulation(on).orElseThrow().iteration());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void scoresAreThoseOfDouble(DataType type, IUpdater updater) {
        Map<String, ModalityStep> expected = firstStep(updater, DataType.DOUBLE);
        Map<String, ModalityStep> actual = firstStep(updater, type);
        double rtol = type == DataType.FLOAT16 ? 1e-2 : type == DataType.FLOAT ? 1e-5 : 1e-15;
        expected.forEach(
                (name, step) ->
                        assertEquals(
                                step.score(), actual.get(name).score(), rtol * step.score(), name));
    }

    /** DL4J's adaptive updaters divide by 0 in half precision, with and without modulation. */
    @Test
    void adamInHalfPrecisionNeedsALargerEpsilon() {
        Adam adam = new Adam(0.01);
        assertFalse(
                isFinite(train(Nets.init(Nets.dense(Nets.base(adam).dataType(DataType.FLOAT16))))));
    }

    @Test
    void bfloat16IsRefusedByDl4j() {
        String message =
                Thrown.message(
                        IllegalStateException.class, () -> Nets.base().dataType(DataType.BFLOAT16));
        assertTrue(message.contains("one of DOUBLE, FLOAT, or HALF"), message);
    }

    private static Map<String, ModalityStep> firstStep(IUpdater updater, DataType type) {
        ComputationGraph graph = modulated(ModulatedOptimizer.builder(), updater, type);
        ComputationGraph reference = Nets.init(Nets.dense());
        graph.setParams(reference.params().castTo(type));
        graph.fit(Nets.batch(8, 1, type));
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static ComputationGraph modulated(
            ModulatedOptimizer.Builder optimizer, IUpdater updater, DataType type) {
        return Nets.init(optimizer.build().modulate(Nets.dense(Nets.base(updater).dataType(type))));
    }

    private static ComputationGraph train(ComputationGraph graph) {
        for (int step = 0; step < STEPS; step++) {
            graph.fit(Nets.batch(8, step, graph.params().dataType()));
        }
        return graph;
    }

    private static boolean isFinite(ComputationGraph graph) {
        double[] params = graph.params().castTo(DataType.DOUBLE).dup().data().asDouble();
        return Arrays.stream(params).allMatch(Double::isFinite);
    }
}
