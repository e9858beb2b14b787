package org.ogm4j.graph;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Whether a factor on the error signal does to each encoder what it should. */
final class EncoderChecks {

    private EncoderChecks() {}

    static void check(
            ComputationGraphConfiguration conf,
            Map<String, Trace.Encoder> encoders,
            IUpdater updater,
            List<String> problems) {
        encoders.forEach(
                (modality, encoder) -> {
                    List<GraphVertex> vertices =
                            encoder.vertices().stream().map(conf.getVertices()::get).toList();
                    checkParameters(modality, encoder.vertices(), vertices, problems);
                    for (String name : encoder.vertices()) {
                        checkVertex(
                                modality, name, conf.getVertices().get(name), updater, problems);
                    }
                });
    }

    private static void checkParameters(
            String modality,
            List<String> names,
            List<GraphVertex> vertices,
            List<String> problems) {
        if (vertices.stream().noneMatch(vertex -> !Vertices.parametersOf(vertex).isEmpty())) {
            boolean frozen = vertices.stream().anyMatch(Vertices::isFrozen);
            problems.add(
                    "encoder of modality \"%s\" must have parameters to train before the modalities meet, got %s in %s: %s"
                            .formatted(
                                    modality,
                                    frozen ? "only frozen layers" : "none",
                                    names,
                                    frozen
                                            ? "unfreeze a layer of it"
                                            : "put a layer between its inputs and the fusion"));
        }
    }

    private static void checkVertex(
            String modality,
            String name,
            GraphVertex vertex,
            IUpdater updater,
            List<String> problems) {
        List<String> parameters = Vertices.parametersOf(vertex);
        if (parameters.isEmpty()) {
            return;
        }
        TrainingConfig training = Vertices.trainingOf(vertex);
        GradientNormalization normalization = training.getGradientNormalization();
        if (normalization == GradientNormalization.RenormalizeL2PerLayer
                || normalization == GradientNormalization.RenormalizeL2PerParamType) {
            problems.add(
                    "gradient normalization of layer \"%s\" (modality \"%s\") must not undo the coefficient, got %s, which gives every gradient length 1: use None or one of the Clip kinds"
                            .formatted(name, modality, normalization));
        }
        parameters.stream()
                .map(training::getUpdaterByParam)
                .map(own -> own instanceof NoOp || updater == null ? own : updater)
                .filter(used -> used != null && !isLinear(used))
                .map(used -> used.getClass().getSimpleName())
                .distinct()
                .forEach(
                        used ->
                                problems.add(
                                        "updater of layer \"%s\" (modality \"%s\") must be Sgd, Nesterovs or NoOp, got %s: it divides by the size of the gradient itself, so a coefficient on the gradient cancels; set one with builder().updater(new Nesterovs(...))"
                                                .formatted(name, modality, used)));
    }

    /** Whether a factor on the gradient is a factor on the step. */
    private static boolean isLinear(IUpdater updater) {
        return updater instanceof Sgd || updater instanceof Nesterovs || updater instanceof NoOp;
    }
}
