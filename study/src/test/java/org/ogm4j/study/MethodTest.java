package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.study.method.KnownMethod;
import org.ogm4j.study.run.RunRecord;

/** The ready-made methods on a network of three inputs, two of which are one modality. */
class MethodTest {

    private final Split split = StudyData.crossValidated(Nets.examples(45, 3, 7), 5, 3).split(1, 0);
    private final Trial trial =
            new Trial(
                    Nets.concat(1, "x", "y", "z"),
                    Map.of("body", List.of("x", "z"), "face", List.of("y")),
                    () -> split,
                    Point.OWN,
                    1,
                    2,
                    task -> {});

    @Test
    void aModalityAloneStartsFromThePlainEncoder() {
        ComputationGraph plain = trial.plain();

        ComputationGraph alone = Method.alone("body").start(trial).graph();

        assertEquals(List.of("x", "z"), alone.getConfiguration().getNetworkInputs());
        Map<String, INDArray> weights = alone.paramTable();
        assertEquals(plain.getParam("x-encoder_W"), weights.get("x-encoder_W"));
        assertEquals(plain.getParam("z-encoder_b"), weights.get("z-encoder_b"));
        assertEquals("body", Method.alone("body").only().orElseThrow());
    }

    /** Three outputs: the joint one and one for each modality; weights that sum to 1. */
    @Test
    void blendingAddsAHeadToEachEncoder() {
        ComputationGraph plain = trial.plain();

        Course course = Method.blending(1).start(trial);
        ComputationGraph graph = course.graph();

        assertEquals(3, graph.getNumOutputArrays());
        plain.paramTable()
                .forEach((name, own) -> assertEquals(own, graph.paramTable().get(name), name));
        INDArray before = graph.params().dup();
        course.begin(0);
        assertEquals(before, graph.params(), "weights are estimated on copies");
        graph.fit(trial.feed(graph, split.training(0).next()));
        assertNotEquals(before, graph.params());
    }

    /** All of them side by side; what a modality alone reaches is in the gaps of the others. */
    @Test
    void allMakeTheirRuns(@TempDir Path folder) throws IOException {
        StudyResult result =
                Study.of(seed -> Nets.concat(seed, "sound", "image"))
                        .data("mine", StudyData.crossValidated(Nets.examples(45, 2, 7), 5, 3))
                        .methods(
                                Method.plain().named("plain"),
                                Method.uniform().named("uniform"),
                                Method.lateAverage().named("late average"),
                                Method.distillation().named("distillation"),
                                KnownMethod.DISTILLATION_1
                                        .method(null, 0, 0)
                                        .named("distillation-1"),
                                Method.blending(0).named("blending"),
                                Method.alone("sound").named("sound only"),
                                Method.alone("image").named("image only"))
                        .seeds(1)
                        .epochs(1)
                        .run(folder);

        assertEquals(Map.of(), result.failures());
        assertEquals(8, result.runs().size());
        assertEquals(result.runs().get(3).test(), result.runs().get(4).test(), "the same by name");
        RunRecord late = result.runs().get(2);
        assertEquals(result.runs().get(6).test().fused(), late.test().alone("sound"));
        assertEquals(result.runs().get(7).test().fused(), late.test().alone("image"));
        RunRecord alone = result.runs().get(6);
        assertEquals("sound", alone.only());
        assertEquals(alone.test().fused(), alone.test().alone("sound"));
        assertTrue(Double.isNaN(alone.test().alone("image")));
        assertTrue(result.tables().contains("| sound only | 1 |"), result.tables());
    }
}
