package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.testing.Nets;

/** What is known of vertices from the configuration alone, against what they output. */
class TypesFuzzTest {

    private static final long COUNT = Long.getLong("fuzz.types", 150);

    @Test
    void typesAreThoseOfTheArrays() {
        List<String> wrong = new ArrayList<>();
        int known = 0;
        int all = 0;
        for (long seed = 1; seed <= COUNT; seed++) {
            RandomNetwork network;
            MultiDataSet batch;
            Map<String, INDArray> outputs;
            try {
                Draw draw = new Draw(seed);
                network = RandomNetwork.of(draw);
                batch = new RandomBatches(draw, network, seed).batch(0);
                ComputationGraph graph = Nets.init(network.conf());
                outputs = graph.feedForward(batch.getFeatures(), false);
            } catch (RuntimeException e) {
                continue; // DL4J cannot run it
            }
            OutputTypes types = new OutputTypes(network.conf());
            for (String vertex : network.conf().getVertices().keySet()) {
                INDArray output = outputs.get(vertex);
                all++;
                InputType type = types.of(vertex).orElse(null);
                if (type == null) {
                    continue;
                }
                known++;
                Formats format = Formats.of(type);
                int axis = format.channelsLast() ? output.rank() - 1 : 1;
                boolean right =
                        output.rank() == format.rank()
                                && output.size(axis) == OutputTypes.width(type);
                boolean rows =
                        output.size(0) == batch.getFeatures(0).size(0)
                                || !ExampleRows.areExamples(network.conf(), vertex);
                if (!right || !rows) {
                    wrong.add(seed + " " + vertex + " " + type + " " + output.shapeInfoToString());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(known > 0.99 * all, known + " of " + all);
    }
}
