package org.ogm4j.graph;

import java.util.LinkedHashMap;
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
import org.ogm4j.GradientNoise;

/** Whether a factor on the error signal does to each encoder what it should. */
final class EncoderChecks {

    private EncoderChecks() {}

    /**
     * Checks the encoder of one modality.
     *
     * @param problems where to say what is wrong
     * @return whether the coefficient has to act on the finished steps of the encoder's updaters,
     *     because they are adaptive; else it acts on the error signal
     */
    static boolean check(
            ComputationGraphConfiguration conf,
            String modality,
            List<String> names,
            ModulationSettings settings,
            List<String> problems) {
        List<GraphVertex> vertices = names.stream().map(conf.getVertices()::get).toList();
        checkParameters(modality, names, vertices, problems);
        Map<String, IUpdater> updaters = new LinkedHashMap<>();
        for (String name : names) {
            GraphVertex vertex = conf.getVertices().get(name);
            TrainingConfig training = Vertices.trainingOf(vertex);
            for (String parameter : Vertices.parametersOf(vertex)) {
                IUpdater own = training.getUpdaterByParam(parameter);
                boolean trained = own != null && !(own instanceof NoOp);
                if (trained) {
                    IUpdater used = settings.updater() == null ? own : settings.updater();
                    updaters.put(name + "." + parameter, used);
                }
            }
        }
        boolean onStep = checkUpdaters(modality, updaters, settings.noise(), problems);
        if (!onStep) {
            for (String name : names) {
                checkNormalization(modality, name, conf.getVertices().get(name), problems);
            }
        }
        return onStep;
    }

    private static void checkParameters(
            String modality,
            List<String> names,
            List<GraphVertex> vertices,
            List<String> problems) {
        if (vertices.stream().allMatch(vertex -> Vertices.parametersOf(vertex).isEmpty())) {
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

    /** What kind of updaters an encoder has, NoOp aside. */
    private static boolean checkUpdaters(
            String modality,
            Map<String, IUpdater> used,
            GradientNoise noise,
            List<String> problems) {
        List<String> adaptive = used.keySet().stream().filter(p -> !isLinear(used.get(p))).toList();
        if (adaptive.isEmpty()) {
            return false;
        }
        String first = adaptive.get(0);
        String name = used.get(first).getClass().getSimpleName();
        if (adaptive.size() < used.size()) {
            List<String> linear =
                    used.keySet().stream().filter(p -> isLinear(used.get(p))).toList();
            problems.add(
                    "updaters of modality \"%s\" must be all linear (Sgd, Nesterovs) or all adaptive, got %s on %s and %s on %s: set one with builder().updater(...)"
                            .formatted(
                                    modality,
                                    name,
                                    first,
                                    used.get(linear.get(0)).getClass().getSimpleName(),
                                    linear.get(0)));
        }
        if (noise.active()) {
            problems.add(
                    "noise of modality \"%s\" must be none, got %s: the updater %s of %s divides by the size of the gradient itself, and gradient noise would be divided with it; use noise(GradientNoise.none()), or Sgd or Nesterovs"
                            .formatted(modality, noise.estimate(), name, first));
        }
        return true;
    }

    private static void checkNormalization(
            String modality, String name, GraphVertex vertex, List<String> problems) {
        if (Vertices.parametersOf(vertex).isEmpty()) {
            return;
        }
        GradientNormalization normalization =
                Vertices.trainingOf(vertex).getGradientNormalization();
        if (normalization == GradientNormalization.RenormalizeL2PerLayer
                || normalization == GradientNormalization.RenormalizeL2PerParamType) {
            problems.add(
                    "gradient normalization of layer \"%s\" (modality \"%s\") must not undo the coefficient, got %s, which gives every gradient length 1: use None or one of the Clip kinds"
                            .formatted(name, modality, normalization));
        }
    }

    /** Whether a factor on the gradient is a factor on the step. */
    private static boolean isLinear(IUpdater updater) {
        return updater instanceof Sgd || updater instanceof Nesterovs || updater instanceof NoOp;
    }
}
