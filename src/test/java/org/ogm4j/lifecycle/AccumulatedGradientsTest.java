package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Several small batches for one step, by hand: the guide's recipe, and what it has to know. */
class AccumulatedGradientsTest {

    private static final int EXAMPLES = 8;

    /** Added to the iteration for all small batches but the last. */
    private static final int APART = 1_000_000;

    private static ComputationGraph sgd() {
        return Nets.init(ModulatedOptimizer.builder().build().modulate(Nets.dense(new Sgd(0.1))));
    }

    private static ComputationGraph adam() {
        ModulatedOptimizer quiet = ModulatedOptimizer.builder().noise(GradientNoise.none()).build();
        return Nets.init(quiet.modulate(Nets.dense(new Adam(0.01))));
    }

    /** One step from the gradients of several batches. */
    private static void step(ComputationGraph graph, List<MultiDataSet> parts) {
        int step = graph.getIterationCount();
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, 1, graph.numParams());
        int examples = 0;
        for (int i = 0; i < parts.size(); i++) {
            int last = parts.size() - 1;
            graph.getConfiguration().setIterationCount(step + (last - i) * APART);
            Gradients.of(graph, parts.get(i));
            sum.addi(graph.getFlattenedGradients());
            examples += (int) parts.get(i).getFeatures(0).size(0);
        }
        graph.getFlattenedGradients().assign(sum);
        graph.getUpdater()
                .update(
                        graph.gradient(),
                        step,
                        graph.getEpochCount(),
                        examples,
                        LayerWorkspaceMgr.noWorkspaces());
        graph.params()
                .subi(sum.assign(graph.getFlattenedGradients()).reshape(graph.params().shape()));
        graph.getConfiguration().setIterationCount(step + 1);
    }

    /** The noise is that of the iteration: with one number for all, its parts would add up. */
    @Test
    void everyPartWantsAnIterationOfItsOwn() {
        ComputationGraph graph = sgd();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, INDArray> first = Gradients.of(graph, batch);
        Map<String, INDArray> same = Gradients.of(graph, batch);
        graph.getConfiguration().setIterationCount(APART);
        Map<String, INDArray> other = Gradients.of(graph, batch);
        int differing = 0;
        for (Map.Entry<String, INDArray> entry : first.entrySet()) {
            Compare.same(entry.getValue(), same.get(entry.getKey()), entry.getKey());
            differing += Compare.differ(entry.getValue(), other.get(entry.getKey())) ? 1 : 0;
        }
        assertTrue(differing > 0);
    }

    /** With linear updaters each part has coefficients of its own, as on workers. */
    @Test
    void linearUpdatersTakeTheSumOfModulatedGradients() {
        ComputationGraph graph = sgd();
        INDArray before = graph.params().dup();
        MultiDataSet one = Nets.batch(EXAMPLES, 1);
        MultiDataSet two = Nets.batch(EXAMPLES, 2);
        graph.getConfiguration().setIterationCount(APART);
        Map<String, INDArray> first = Gradients.of(graph, one);
        graph.getConfiguration().setIterationCount(0);
        Map<String, INDArray> second = Gradients.of(graph, two);

        step(graph, List.of(one, two));

        ComputationGraph expected = Nets.init(Nets.dense());
        expected.params().assign(before);
        first.forEach(
                (name, gradient) ->
                        expected.getParam(name)
                                .subi(gradient.add(second.get(name)).mul(0.1 / (2 * EXAMPLES))));
        Compare.close(expected.params(), graph.params(), 1e-12, 1e-15, "parameters");
        assertEquals(1, graph.getIterationCount());
    }

    /** Adaptive updaters act on the finished step, with the coefficients of the last part. */
    @Test
    void adaptiveUpdatersTakeTheCoefficientsOfTheLastPart() {
        MultiDataSet one = Nets.batch(EXAMPLES, 1);
        MultiDataSet two = Nets.batch(EXAMPLES, 2);
        ComputationGraph forth = adam();
        step(forth, List.of(one, two));
        ComputationGraph back = adam();
        step(back, List.of(two, one));
        assertTrue(Compare.differ(forth.params(), back.params()));
        assertNotEquals(coefficients(forth), coefficients(back));

        ComputationGraph alone = adam();
        Gradients.of(alone, two);
        assertEquals(coefficients(alone), coefficients(forth));
    }

    /** A part alone is an ordinary step. */
    @Test
    void onePartIsAnOrdinaryStep() {
        for (ComputationGraph graph : List.of(sgd(), adam())) {
            ComputationGraph fitted = graph.clone();
            IntStream.range(0, 3)
                    .mapToObj(seed -> Nets.batch(EXAMPLES, seed))
                    .forEach(
                            batch -> {
                                fitted.fit(batch);
                                step(graph, List.of(batch));
                            });
            assertFalse(Compare.differ(fitted.params(), graph.params()));
        }
    }

    private static List<Double> coefficients(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities().values().stream()
                .map(step -> step.coefficient())
                .toList();
    }
}
