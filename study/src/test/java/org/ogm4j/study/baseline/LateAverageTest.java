package org.ogm4j.study.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.study.Method;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Point;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.Trial;
import org.ogm4j.study.measure.Feed;

class LateAverageTest {

    private static final List<String> MODALITIES = List.of("a", "b", "c");
    private final MultiDataSet all = Nets.examples(45, MODALITIES.size(), 3);

    /** The second way: every network alone, trained by itself on the same batches. */
    @ParameterizedTest
    @CsvSource({"MCXENT,SOFTMAX", "XENT,SIGMOID", "MSE,IDENTITY"})
    void isTheMeanOfNetworksTrainedAlone(LossFunction loss, Activation activation) {
        Split split = StudyData.crossValidated(all, 6, 3).split(2, 0);
        ComputationGraphConfiguration plain =
                Nets.concat(5, loss, activation, Nets.CLASSES, "a", "b", "c");
        plain.setDataType(DataType.DOUBLE);
        Trial trial = new Trial(plain, Map.of(), () -> split, Point.OWN, 5, 2, task -> {});
        Map<String, ComputationGraph> alone = new LinkedHashMap<>();
        MODALITIES.forEach(m -> alone.put(m, Method.alone(m).start(trial).graph()));
        ComputationGraph graph = Method.lateAverage().start(trial).graph();

        Training.epoch(trial, graph, split.training(0), "together");
        alone.values().forEach(own -> Training.epoch(trial, own, split.training(0), "alone"));

        var batch = split.test().next();
        INDArray mean = null;
        for (ComputationGraph own : alone.values()) {
            INDArray answer = own.output(trial.feed(own, batch).getFeatures())[0];
            mean = mean == null ? answer.div(alone.size()) : mean.add(answer.div(alone.size()));
        }
        INDArray late = graph.output(trial.feed(graph, batch).getFeatures())[0];
        assertTrue(mean.equalsWithEps(late, 1e-9), mean + "\n" + late);
    }

    /** Its own measures: those of each head, and of their mean. */
    @Test
    void eachModalityIsReadFromItsOwnHead() {
        Trial trial = HeadedNets.trial(HeadedNets.split(), 1);
        ComputationGraph graph = Method.lateAverage().start(trial).graph();

        assertEquals(
                List.of("late-average", "audio-own-out-loss", "visual-own-out-loss"),
                graph.getConfiguration().getNetworkOutputs());
        Map<String, INDArray> all =
                Feed.forward(graph, trial.feed(graph, trial.split().test().next()));
        INDArray mean = all.get("audio-own-out").add(all.get("visual-own-out")).div(2);
        assertTrue(mean.equalsWithEps(all.get("late-average"), 1e-6));
    }

    @Test
    void needsOneOutputLayer() {
        ComputationGraphConfiguration plain = Nets.concat(1, "a", "b");
        plain.setNetworkOutputs(List.of("out", "out"));

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> LateAverage.change(plain, Map.of("a", Nets.concat(1, "a"))));

        assertEquals("a late average needs one output, got [out, out]", e.getMessage());
    }
}
