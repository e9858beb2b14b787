package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** DL4J's clone() sets the axis of a MergeVertex back to 1, and transfer learning clones. */
class MergeAxisTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    private static ComputationGraph modulated() {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Fusions.selfAttention(new Sgd(0.1))));
        graph.fit(Fusions.tokenBatch(5, 1));
        return graph;
    }

    private static ComputationGraph edited(ComputationGraph graph) {
        return new TransferLearning.GraphBuilder(graph)
                .fineTuneConfiguration(
                        new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
                .build();
    }

    private static MergeVertex joined(ComputationGraphConfiguration conf) {
        return (MergeVertex) conf.getVertices().get("joined");
    }

    @Test
    void stripKeepsTheAxisAndDl4jsCloneDoesNot() {
        ComputationGraph plain = ModulatedOptimizer.strip(modulated());
        assertEquals(2, joined(plain.getConfiguration()).getMergeAxis());
        assertEquals(1, joined(plain.getConfiguration().clone()).getMergeAxis());
        assertEquals(1, joined(edited(plain).getConfiguration()).getMergeAxis());
        assertThrows(RuntimeException.class, () -> edited(plain).fit(Fusions.tokenBatch(5, 2)));
    }

    /** The guide's recipe: set the axis once more, and modulate, which builds a new network. */
    @Test
    void setAgainItTrainsOn() {
        ComputationGraph graph = modulated();
        ComputationGraph tuned = edited(ModulatedOptimizer.strip(graph));
        joined(tuned.getConfiguration()).setMergeAxis(2);
        ComputationGraph again = OPTIMIZER.modulate(tuned);
        INDArray[] features = Fusions.tokenBatch(5, 2).getFeatures();
        Compare.close(
                graph.outputSingle(features),
                again.outputSingle(features).castTo(DataType.DOUBLE),
                1e-5,
                "outputs, of a network that transfer learning made one of float");
        again.fit(Fusions.tokenBatch(5, 2));
        assertEquals(2, joined(ModulatedOptimizer.strip(again).getConfiguration()).getMergeAxis());
    }

    /** A gate on the vertex keeps it: a modulated network may be cloned and edited. */
    @Test
    void aModulatedNetworkKeepsTheAxis() {
        ComputationGraph graph = modulated();
        ComputationGraph clone = graph.clone();
        clone.fit(Fusions.tokenBatch(5, 2));
        edited(graph).fit(Fusions.tokenBatch(5, 2));
        assertEquals(2, joined(ModulatedOptimizer.strip(clone).getConfiguration()).getMergeAxis());
    }
}
