package org.ogm4j.study.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Split;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.Distilled.Teacher;

class DistilledTest {

    private final Split split = HeadedNets.split();
    private final Trial trial = HeadedNets.trial(split, 3);
    private final MultiDataSet whole = split.validation().next();
    private final ComputationGraph student = HeadedNets.withTargets();
    private final ComputationGraph audio = teacher("audio");
    private final ComputationGraph visual = teacher("visual");
    private final Distilled distilled =
            new Distilled(
                    trial,
                    student,
                    List.of(
                            new Teacher(visual, "visual-encoder", "visual-own"),
                            new Teacher(audio, "audio-encoder", "audio-own")));

    /** One input, with other weights than the student's. */
    private static ComputationGraph teacher(String input) {
        ComputationGraph graph = new ComputationGraph(Nets.concat(9, input));
        graph.init();
        return graph;
    }

    private MultiDataSet fed() {
        return distilled.feed(trial.feed(student, whole), whole);
    }

    @Test
    void theTargetsAreTheTeachersFeatures() {
        MultiDataSet batch = fed();

        assertEquals(whole.getLabels(0), batch.getLabels(0));
        assertEquals(features(audio, 0), batch.getLabels(1));
        assertEquals(features(visual, 1), batch.getLabels(2));
    }

    private INDArray features(ComputationGraph teacher, int input) {
        return teacher.feedForward(new INDArray[] {whole.getFeatures(input)}, false)
                .get(teacher.getConfiguration().getNetworkInputs().get(0) + "-encoder");
    }

    @Test
    void encodersComeNearerToTheirTeachersAndTheseStay() {
        INDArray before = audio.params().dup();
        double first = distance(1);
        double second = distance(2);

        for (int step = 0; step < 40; step++) {
            student.fit(fed());
        }

        assertTrue(distance(1) < 0.7 * first, distance(1) + " of " + first);
        assertTrue(distance(2) < 0.7 * second, distance(2) + " of " + second);
        assertEquals(before, audio.params());
    }

    private double distance(int output) {
        return student.output(whole.getFeatures())[output].squaredDistance(fed().getLabels(output));
    }
}
