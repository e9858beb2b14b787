package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.examples.training.Batches;
import org.ogm4j.examples.training.TestBatches;

class ShapleyTest {

    /** v() 0.1, v(audio) 0.6, v(visual) 0.3, v(both) 0.8: (0.5 + 0.5) / 2 and (0.2 + 0.2) / 2. */
    @Test
    void isTheMeanOfWhatAModalityAddsFirstAndLast() {
        PerModality phi = Shapley.of(0.1, 0.6, 0.3, 0.8);

        assertEquals(0.5, phi.audio(), 1e-12);
        assertEquals(0.2, phi.visual(), 1e-12);
        assertEquals(0.2, phi.of(Modality.VISUAL), 1e-12);
    }

    /** Together they make up what both inputs gain over none, counted here in another way. */
    @Test
    void addsUpToTheGainOfBoth() {
        ComputationGraph graph =
                new ComputationGraph(AudioVisualNet.configuration(Updater.SGD, 0.1, 1));
        graph.init();
        Batches examples = TestBatches.random(150, 5);
        double both = Quality.measure(graph, new HeadRows(), examples, 10).accuracy().fused();
        long right = 0;
        examples.reset();
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            batch.getFeatures(0).assign(0);
            batch.getFeatures(1).assign(0);
            right +=
                    ModalityLogits.hitsOf(graph.output(batch.getFeatures())[0], batch.getLabels(0));
        }

        PerModality phi = Shapley.of(graph, examples, both);

        assertEquals(both - right / 150.0, phi.audio() + phi.visual(), 1e-9);
    }

    @Test
    void aNetworkOfOneModalityHasNone() {
        ComputationGraph plain =
                new ComputationGraph(AudioVisualNet.configuration(Updater.SGD, 0.1, 1));
        plain.init();
        ComputationGraph alone =
                Unimodal.alone(Modality.AUDIO, plain, Architecture.DEFAULT, Updater.SGD, 0.1, 1);

        assertEquals(Double.NaN, Shapley.of(alone, TestBatches.random(2, 5), 1).audio());
    }
}
