package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.examples.network.Updater;

class DistillationTest {

    private final ComputationGraph plain = plain(1);
    private final Map<Modality, ComputationGraph> teachers = new EnumMap<>(Modality.class);
    private final MultiDataSet both = TestBatches.random(8, 2).next();

    @Test
    void theTargetsAreTheTeachersFeatures() {
        MultiDataSet batch = distillation(1).feed(both);

        assertEquals(both.getLabels(0), batch.getLabels(0));
        assertEquals(features(Modality.AUDIO, 0), batch.getLabels(1));
        assertEquals(features(Modality.VISUAL, 1), batch.getLabels(2));
    }

    @Test
    void encodersComeNearerToTheirTeachersAndTheseStay() {
        Distillation distillation = distillation(10);
        MultiDataSet batch = distillation.feed(both);
        INDArray before = teachers.get(Modality.AUDIO).params().dup();
        double audio = distance(distillation.graph(), batch, 1);
        double visual = distance(distillation.graph(), batch, 2);

        for (int step = 0; step < 20; step++) {
            distillation.graph().fit(distillation.feed(both));
        }

        assertTrue(distance(distillation.graph(), batch, 1) < 0.7 * audio);
        assertTrue(distance(distillation.graph(), batch, 2) < 0.7 * visual);
        assertEquals(before, teachers.get(Modality.AUDIO).params());
    }

    private static double distance(ComputationGraph graph, MultiDataSet batch, int output) {
        return graph.output(batch.getFeatures())[output].squaredDistance(batch.getLabels(output));
    }

    private Distillation distillation(double lambda) {
        for (Modality modality : Modality.values()) {
            teachers.put(
                    modality,
                    Unimodal.alone(modality, plain(2), Architecture.DEFAULT, Updater.SGD, 0.05, 2));
        }
        return new Distillation(
                Unimodal.withTargets(plain, Architecture.DEFAULT, Updater.SGD, 0.05, 1, lambda),
                teachers);
    }

    private INDArray features(Modality modality, int input) {
        ComputationGraph teacher = teachers.get(modality);
        INDArray own = Feed.of(teacher, both).getFeatures(0);
        assertEquals(both.getFeatures(input), own);
        return teacher.feedForward(new INDArray[] {own}, false).get(modality.features());
    }

    private static ComputationGraph plain(long seed) {
        ComputationGraph plain =
                new ComputationGraph(AudioVisualNet.configuration(Updater.SGD, 0.05, seed));
        plain.init();
        return plain;
    }
}
