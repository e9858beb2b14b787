package org.ogm4j.study.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.study.Nets;

class LinearProbeTest {

    @Test
    void findsWhatIsLinearInTheFeatures() {
        assertEquals(1, LinearProbe.accuracy(separable(60, 1), separable(200, 2)), 0.02);
    }

    /** Three classes and labels that have nothing to do with the features: chance is 1/3. */
    @Test
    void findsNothingWhereThereIsNothing() {
        double accuracy = LinearProbe.accuracy(noise(300, 3), noise(3000, 4));

        // standard deviation of the accuracy 0.009; beyond 4 of them once in 16,000 seeds
        assertEquals(1.0 / 3, accuracy, 0.036);
    }

    @Test
    void probesAllEncodersAndChangesNothing() {
        ComputationGraph graph = new ComputationGraph(Nets.concat(1, "x", "y", "z"));
        graph.init();
        INDArray before = graph.params().dup();
        SomeBatches batches = new SomeBatches(List.of(Nets.examples(60, 3, 1)));
        SomeBatches same = new SomeBatches(List.of(Nets.examples(60, 3, 1)));

        Map<String, Double> found =
                LinearProbe.accuracy(
                        graph, batches, same, Layout.of(graph.getConfiguration(), Map.of()));

        assertEquals(before, graph.params());
        assertEquals(List.of("x", "y", "z"), List.copyOf(found.keySet()));
        assertTrue(found.get("x") > 0.6, "60 examples, the least noise: " + found);
        assertTrue(found.get("x") > found.get("z"), found.toString());
    }

    /** Class c is where feature c is the largest by far; scales and offsets differ. */
    private static DataSet separable(int count, long seed) {
        DataSet noise = noise(count, seed);
        INDArray features = noise.getFeatures().mul(0.3).add(noise.getLabels().mul(3));
        features.muliRowVector(Nd4j.createFromArray(1.0, 100, 0.01)).addi(7);
        return new DataSet(features, noise.getLabels());
    }

    private static DataSet noise(int count, long seed) {
        Nd4j.getRandom().setSeed(seed);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, count, 3);
        for (int i = 0; i < count; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        return new DataSet(Nd4j.randn(DataType.DOUBLE, count, 3), labels);
    }
}
