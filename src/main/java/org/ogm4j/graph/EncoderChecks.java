package org.ogm4j.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.GradientNoise;
import org.ogm4j.GradientNoise.Estimate;
import org.ogm4j.updater.ModulatedUpdater;

/** Whether a factor on the error signal does to each encoder what it should. */
final class EncoderChecks {

    private EncoderChecks() {}

    /**
     * Checks the encoder of one modality.
     *
     * @param problems where to say what is wrong
     * @return what its updaters are, and where the coefficient therefore acts
     */
    static EncoderUpdaters check(
            ComputationGraphConfiguration conf,
            String modality,
            List<String> names,
            ModulationSettings settings,
            List<String> problems) {
        List<GraphVertex> vertices = names.stream().map(conf.getVertices()::get).toList();
        checkParameters(modality, names, vertices, problems);
        Map<String, IUpdater> used = new LinkedHashMap<>();
        for (String name : names) {
            Updaters.trained(conf.getVertices().get(name))
                    .forEach(
                            (parameter, own) ->
                                    used.put(
                                            name + "." + parameter,
                                            settings.updater() == null ? own : settings.updater()));
        }
        EncoderUpdaters updaters = updaters(used, settings);
        checkNoise(modality, used, updaters, settings, problems);
        if (updaters.variant()) {
            checkBeta1(modality, used, settings, problems);
        }
        if (!updaters.decorated()) {
            for (String name : names) {
                checkNormalization(modality, name, conf.getVertices().get(name), problems);
            }
        }
        return updaters;
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

    private static EncoderUpdaters updaters(
            Map<String, IUpdater> used, ModulationSettings settings) {
        Set<String> kinds = new LinkedHashSet<>();
        used.values().forEach(updater -> kinds.add(updater.getClass().getSimpleName()));
        boolean linear = used.values().stream().allMatch(ModulatedUpdater::isLinear);
        GradientNoise noise = settings.noiseAtGates();
        boolean atGates =
                linear && (!noise.active() || noise.estimate() == Estimate.SGD_COVARIANCE);
        boolean variant =
                settings.adam().active() && used.values().stream().anyMatch(Adam.class::isInstance);
        return new EncoderUpdaters(kinds, !atGates, variant);
    }

    private static void checkNoise(
            String modality,
            Map<String, IUpdater> used,
            EncoderUpdaters updaters,
            ModulationSettings settings,
            List<String> problems) {
        GradientNoise noise = settings.noiseInUpdaters();
        if (!updaters.decorated() || !noise.active()) {
            return;
        }
        for (Map.Entry<String, IUpdater> parameter : used.entrySet()) {
            IUpdater updater = parameter.getValue();
            String kind = updater.getClass().getSimpleName();
            if (noise.estimate() == Estimate.SGD_COVARIANCE
                    && !ModulatedUpdater.isLinear(updater)) {
                problems.add(
                        "noise of modality \"%s\" must be moments, tensorStd or none, got sgdCovariance: the updater %s of %s divides by the size of the gradient itself, and gradient noise would be divided with it; leave noise(...) out, or use noise(GradientNoise.moments())"
                                .formatted(modality, kind, parameter.getKey()));
                return;
            }
            if (!ModulatedUpdater.takesNoise(updater)) {
                problems.add(
                        "noise of modality \"%s\" must be none, got %s: what the updater %s of %s makes of the gradient's variance is not known; use noise(GradientNoise.none()), or an updater of DL4J other than AdaBelief"
                                .formatted(modality, noise.estimate(), kind, parameter.getKey()));
                return;
            }
        }
    }

    /** One memory of p serves a whole encoder. */
    private static void checkBeta1(
            String modality,
            Map<String, IUpdater> used,
            ModulationSettings settings,
            List<String> problems) {
        Set<Double> betas = new LinkedHashSet<>();
        used.values().stream()
                .filter(Adam.class::isInstance)
                .forEach(adam -> betas.add(((Adam) adam).getBeta1()));
        if (settings.adam().momentCoefficient() && betas.size() > 1) {
            problems.add(
                    "beta1 of modality \"%s\" must be the same in all of its Adam updaters, got %s: make them equal, or use adam(AdamVariant.standard().withoutMomentCoefficient())"
                            .formatted(modality, betas));
        }
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
}
