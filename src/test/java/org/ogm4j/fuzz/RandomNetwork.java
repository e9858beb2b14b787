package org.ogm4j.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.ogm4j.testing.Dl4jUpdaters;

/**
 * A random multimodal network. Equal draws give equal networks.
 *
 * @param conf its configuration
 * @param inputs what the data of its modalities are
 * @param type its precision
 * @param outputs whether each of its outputs has a label for every step
 */
record RandomNetwork(
        ComputationGraphConfiguration conf,
        List<Input> inputs,
        DataType type,
        List<Boolean> outputs) {

    private static final int STEPS_OF_A_SEGMENT = 2;

    /** Kinds that want whole sequences. */
    private static final List<String> WHOLE =
            List.of("bidirectional", "bidirectionalFusion", "selfAttention");

    static RandomNetwork of(Draw draw) {
        DataType type = type(draw);
        NeuralNetConfiguration.Builder builder =
                new NeuralNetConfiguration.Builder()
                        .seed(draw.between(1, 1000))
                        .dataType(type)
                        .activation(draw.oneIn(2) ? Activation.TANH : Activation.RELU)
                        .updater(updater(draw, type));
        regularize(draw, builder, type);
        String form = draw.kind("vectors", "vectors", "sequences", "steps");
        List<Input> inputs = inputs(draw, form.equals("vectors"));
        GraphBuilder graph = builder.graphBuilder();
        List<String> names = IntStream.range(0, inputs.size()).mapToObj(u -> "m" + u).toList();
        graph.addInputs(names);
        List<String> ends = new ArrayList<>();
        for (int u = 0; u < inputs.size(); u++) {
            ends.add(
                    RandomEncoder.add(
                            draw, graph, names.get(u), inputs.get(u), !form.equals("vectors")));
        }
        List<Boolean> perStep = new ArrayList<>();
        String[] outputs = outputs(draw, graph, ends, form, perStep);
        // without types for sequences: DL4J adds widths up where they are joined in time
        if (!form.equals("sequences")) {
            graph.setInputTypes(inputs.stream().map(Input::type).toArray(InputType[]::new));
        }
        boolean inSegments = Collections.disjoint(draw.chosen(), WHOLE);
        if (form.equals("steps") && inSegments && draw.oneIn(3)) {
            draw.kind("truncated");
            graph.backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(STEPS_OF_A_SEGMENT)
                    .tBPTTBackwardLength(STEPS_OF_A_SEGMENT);
        }
        ComputationGraphConfiguration conf = graph.setOutputs(outputs).build();
        WorkspaceMode mode = draw.oneIn(3) ? WorkspaceMode.NONE : WorkspaceMode.ENABLED;
        conf.setTrainingWorkspaceMode(mode);
        conf.setInferenceWorkspaceMode(mode);
        return new RandomNetwork(conf, inputs, type, perStep);
    }

    private static DataType type(Draw draw) {
        return switch (draw.kind(
                "double", "double", "double", "float", draw.oneIn(4) ? "float16" : "double")) {
            case "float" -> DataType.FLOAT;
            case "float16" -> DataType.FLOAT16;
            default -> DataType.DOUBLE;
        };
    }

    private static List<Input> inputs(Draw draw, boolean vectors) {
        List<Input> all = List.of(Input.SEQUENCE, Input.TOKENS);
        if (vectors) {
            // one format a network: DL4J takes layers that are neighbours for connected ones
            boolean last = draw.oneIn(4);
            all =
                    last
                            ? List.of(Input.VECTOR, Input.SEQUENCE_LAST, Input.IMAGE_LAST)
                            : List.of(Input.VECTOR, Input.SEQUENCE, Input.TOKENS, Input.IMAGE);
        }
        List<Input> possible = all;
        return IntStream.range(0, draw.between(2, 3)).mapToObj(u -> draw.any(possible)).toList();
    }

    private static String[] outputs(
            Draw draw, GraphBuilder graph, List<String> ends, String form, List<Boolean> perStep) {
        List<String> outputs = new ArrayList<>();
        int count = draw.oneIn(4) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            RandomFusion fusion = new RandomFusion(draw, graph, "f" + i, ends);
            perStep.add(form.equals("steps"));
            outputs.add(
                    switch (form) {
                        case "steps" -> fusion.ofSteps();
                        case "sequences" -> fusion.ofSequences();
                        default ->
                                i > 0 && draw.kind("auxiliary", "twoFusions").equals("auxiliary")
                                        ? fusion.auxiliary()
                                        : fusion.ofVectors();
                    });
        }
        return outputs.toArray(String[]::new);
    }

    /** In half precision only those whose squares do not become 0. */
    private static IUpdater updater(Draw draw, DataType type) {
        if (draw.oneIn(8)) {
            draw.kind("schedule");
            return new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 2));
        }
        IUpdater updater =
                draw.any(
                        type == DataType.FLOAT16
                                ? List.of(new Sgd(0.1), new Nesterovs(0.05, 0.9))
                                : Dl4jUpdaters.all().toList());
        draw.kind(updater.getClass().getSimpleName());
        return updater;
    }

    private static void regularize(
            Draw draw, NeuralNetConfiguration.Builder builder, DataType type) {
        switch (draw.kind(
                "none",
                "l1",
                "l2",
                "weightDecay",
                "dropoutAll",
                "clip",
                "biasUpdater",
                "maxNorm",
                "renormalize",
                "noMiniBatch")) {
            case "l1" -> builder.l1(1e-3);
            case "l2" -> builder.l2(1e-3);
            case "weightDecay" -> builder.weightDecay(1e-3);
            case "dropoutAll" -> builder.dropOut(0.8);
            case "clip" ->
                    builder.gradientNormalization(
                                    GradientNormalization.ClipElementWiseAbsoluteValue)
                            .gradientNormalizationThreshold(0.5);
            case "renormalize" ->
                    builder.gradientNormalization(
                            draw.oneIn(2)
                                    ? GradientNormalization.RenormalizeL2PerLayer
                                    : GradientNormalization.ClipL2PerParamType);
            case "biasUpdater" -> builder.biasUpdater(updater(draw, type));
            case "maxNorm" -> builder.constrainWeights(new MaxNormConstraint(1, 1));
            case "noMiniBatch" -> builder.miniBatch(false);
            default -> {}
        }
    }
}
