package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.ogm4j.Distillation;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;
import org.ogm4j.testing.UnimodalNets;

/** What no encoder can learn from, and values that are no weights. */
class TeacherRefusalsTest {

    private static final Distillation FEATURES = Distillation.features(1);
    private static final Distillation LOGITS = Distillation.logits(1);

    private static ComputationGraph alone(ComputationGraphConfiguration conf, String modality) {
        return Nets.init(ModulatedOptimizer.builder().build().unimodal(conf, modality));
    }

    private static String refused(
            String modality, ComputationGraph teacher, Distillation distillation) {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().teacher(modality, teacher, distillation).build();
        return Thrown.message(
                IllegalArgumentException.class, () -> optimizer.modulate(Nets.dense()));
    }

    private static void assertSays(String message, String part) {
        assertTrue(message.contains(part), message);
    }

    @Test
    void ofNoModality() {
        assertSays(
                refused("text", alone(Nets.dense(), "audio"), FEATURES),
                "teacher must be of one of the modalities [audio, visual], got \"text\"");
    }

    @Test
    void ofAnotherModality() {
        assertSays(
                refused("visual", alone(Nets.dense(), "audio"), FEATURES),
                "teacher of modality \"visual\" must have the vertex that its encoder ends with, \"visual_fc\", got none of that name; known are [audio_fc, out]: train one with trainUnimodal, or use Distillation.logits");
        assertSays(
                refused("visual", alone(Nets.dense(), "audio"), LOGITS),
                "teacher of modality \"visual\" must read network inputs of that modality, [visual], got [audio]: train one with trainUnimodal");
    }

    @Test
    void ofOtherShapes() {
        ComputationGraphConfiguration wider =
                Nets.base()
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_fc", Nets.layer(5), "audio")
                        .addLayer("visual_fc", Nets.layer(7), "visual")
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(4), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        assertSays(
                refused("audio", alone(wider, "audio"), FEATURES.andLogits(1)),
                "teacher of modality \"audio\" must output the shape of its encoder at \"audio_fc\", FF of 4 features, got FF of 5 features");
        assertSays(
                refused("audio", alone(wider, "audio"), FEATURES.andLogits(1)),
                "teacher of modality \"audio\" must predict what output \"out\" does, 3 classes, got 4");
    }

    @Test
    void ofAnotherType() {
        ComputationGraph teacher = alone(Nets.dense(), "audio").convertDataType(DataType.FLOAT);
        assertSays(
                refused("audio", teacher, FEATURES),
                "data type of the teacher of modality \"audio\" must be that of the network, DOUBLE, got FLOAT: use teacher.convertDataType(DataType.DOUBLE)");
    }

    @Test
    void withoutTheOutput() {
        ModulatedOptimizer two =
                ModulatedOptimizer.builder()
                        .teacher("audio", alone(Nets.dense(), "audio"), LOGITS)
                        .build();
        assertSays(
                Thrown.message(
                        IllegalArgumentException.class,
                        () -> two.modulate(UnimodalNets.twoOutputs())),
                "teacher of modality \"audio\" must have the output that it is scored at, \"out2\", got none of that name; known are [out]");
    }

    /** With all other problems at once. */
    @Test
    void problemsComeTogether() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .unimodal("text", UnimodalSignal.sum(1))
                        .teacher("text", alone(Nets.dense(), "audio"))
                        .teacher("visual", alone(Nets.dense(), "audio"))
                        .build();
        String message =
                Thrown.message(
                        IllegalArgumentException.class, () -> optimizer.modulate(Nets.dense()));
        assertEquals(4, message.split("\n").length, message);
    }

    /** An end that feeds two gates has its joint signal in parts. */
    @Test
    void paretoAtAnEndOfTwoGates() {
        ComputationGraphConfiguration conf =
                Nets.encoders(Nets.base(new Sgd(0.1)))
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .addVertex("other", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out2", Nets.output(), "other")
                        .setOutputs("out", "out2")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        ComputationGraph teacher = alone(conf, "audio");
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().teacher("audio", teacher);
        builder.unimodal(UnimodalSignal.sum(1)).build().modulate(conf);
        ModulatedOptimizer pareto = builder.unimodal(UnimodalSignal.pareto()).build();
        assertSays(
                Thrown.message(IllegalArgumentException.class, () -> pareto.modulate(conf)),
                "unimodal signal of modality \"audio\" must be none, sum or replace with a teacher of features where an end of the encoder feeds several gates");
    }

    @Test
    void oneTeacherEach() {
        ComputationGraph teacher = alone(Nets.dense(), "audio");
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().teacher("audio", teacher);
        assertEquals(
                "teachers must be one per modality, got two for \"audio\"",
                Thrown.message(
                        IllegalArgumentException.class, () -> builder.teacher("audio", teacher)));
    }

    @Test
    void weights() throws Exception {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Distillation.features(bad));
            assertThrows(IllegalArgumentException.class, () -> Distillation.logits(bad));
            assertThrows(IllegalArgumentException.class, () -> FEATURES.andLogits(bad));
            assertThrows(IllegalArgumentException.class, () -> new Distillation(1, bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new Distillation(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Distillation.features(0));
        assertEquals("features(1.0)", FEATURES.toString());
        assertEquals("logits(1.0)", LOGITS.toString());
        Distillation both = Distillation.features(2).andLogits(0.5);
        assertEquals(new Distillation(2, 0.5), both);
        ObjectMapper mapper = new ObjectMapper();
        String json = mapper.writeValueAsString(both);
        assertEquals("{\"features\":2.0,\"logits\":0.5}", json);
        assertEquals(both, mapper.readValue(json, Distillation.class));
    }
}
