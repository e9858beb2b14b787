package org.ogm4j.study.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.study.Nets;

class ShapleyTest {

    /** v() 0.1, v(audio) 0.6, v(visual) 0.3, v(both) 0.8: (0.5 + 0.5) / 2 and (0.2 + 0.2) / 2. */
    @Test
    void isTheMeanOfWhatAModalityAddsFirstAndLast() {
        double[] v = {0.1, 0.6, 0.3, 0.8};

        assertEquals(0.5, Shapley.of(0, 2, s -> v[s]), 1e-12);
        assertEquals(0.2, Shapley.of(1, 2, s -> v[s]), 1e-12);
    }

    /**
     * Three players who earn 1 where 0 and one of the others work together (the glove game): by all
     * six orders 2/3, 1/6 and 1/6.
     */
    @Test
    void theGloveGame() {
        double[] v = {0, 0, 0, 1, 0, 1, 0, 1};

        assertEquals(2.0 / 3, Shapley.of(0, 3, s -> v[s]), 1e-12);
        assertEquals(1.0 / 6, Shapley.of(1, 3, s -> v[s]), 1e-12);
        assertEquals(1.0 / 6, Shapley.of(2, 3, s -> v[s]), 1e-12);
    }

    /** Together they make up what all inputs gain over none, counted here in another way. */
    @Test
    void addsUpToTheGainOfAll() {
        ComputationGraph graph = new ComputationGraph(Nets.concat(1, "a", "b", "c"));
        graph.init();
        Layout layout = Layout.of(graph.getConfiguration(), Map.of());
        MultiDataSet examples = Nets.examples(60, 3, 4);
        double all =
                Quality.measure(graph, Reader.of(layout), batches(examples), layout)
                        .first()
                        .fused();
        MultiDataSet none = examples.copy();
        for (var input : none.getFeatures()) {
            input.assign(0);
        }
        double without = Quality.first(graph, batches(none), layout);

        Map<String, Double> phi = Shapley.of(graph, () -> batches(examples), all, layout);

        assertEquals(all - without, phi.values().stream().mapToDouble(each -> each).sum(), 1e-9);
    }

    private static SomeBatches batches(MultiDataSet all) {
        return new SomeBatches(List.of(all));
    }
}
