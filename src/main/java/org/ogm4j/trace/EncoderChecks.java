package org.ogm4j.trace;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.GradientNoise;
import org.ogm4j.GradientNoise.Estimate;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.Vertices;
import org.ogm4j.updater.ModulatedUpdater;

/** Whether a factor on the error signal does to each encoder what it should. */
final class EncoderChecks {

    private final Inspection inspection;
    private final ModulationSettings settings;
    private final String modality;
    private final Map<String, IUpdater> used = new LinkedHashMap<>();

    private EncoderChecks(Inspection inspection, String modality) {
        this.inspection = inspection;
        this.settings = inspection.settings();
        this.modality = modality;
    }

    /**
     * Checks the encoder of one modality.
     *
     * @param vertices of the encoder
     * @return what its updaters are, and where the coefficient therefore acts
     */
    static NetworkParts.EncoderUpdaters check(
            Inspection inspection, String modality, List<String> vertices) {
        return new EncoderChecks(inspection, modality).check(vertices);
    }

    private NetworkParts.EncoderUpdaters check(List<String> vertices) {
        checkParameters(vertices);
        vertices.forEach(this::noteClippedStatistics);
        for (String name : vertices) {
            for (Map.Entry<String, IUpdater> own :
                    Updaters.trained(inspection.vertex(name)).entrySet()) {
                IUpdater updater = settings.updater() == null ? own.getValue() : settings.updater();
                used.put(name + "." + own.getKey(), updater);
            }
        }
        NetworkParts.EncoderUpdaters updaters = updaters();
        if (updaters.decorated() && settings.noiseInUpdaters().active()) {
            checkNoise(settings.noiseInUpdaters());
        }
        if (!updaters.decorated()) {
            vertices.forEach(this::checkNormalization);
        }
        return updaters;
    }

    private void checkParameters(List<String> names) {
        List<GraphVertex> vertices = names.stream().map(inspection::vertex).toList();
        if (vertices.stream().allMatch(vertex -> Vertices.parametersOf(vertex).isEmpty())) {
            boolean frozen = vertices.stream().anyMatch(Vertices::isFrozen);
            inspection.problem(
                    "encoder of modality \"%s\" must have parameters to train before the modalities meet, got %s in %s: %s",
                    modality,
                    frozen ? "only frozen layers" : "none",
                    names,
                    frozen
                            ? "unfreeze a layer of it"
                            : "put a layer between its inputs and the fusion");
        }
    }

    private NetworkParts.EncoderUpdaters updaters() {
        Set<String> kinds = new LinkedHashSet<>();
        used.values().forEach(updater -> kinds.add(updater.getClass().getSimpleName()));
        boolean linear = used.values().stream().allMatch(ModulatedUpdater::isLinear);
        GradientNoise noise = settings.noiseAtGates();
        boolean atGates =
                linear && (!noise.active() || noise.estimate() == Estimate.SGD_COVARIANCE);
        boolean variant =
                settings.adam().active() && used.values().stream().anyMatch(Adam.class::isInstance);
        return new NetworkParts.EncoderUpdaters(kinds, !atGates, variant);
    }

    private void checkNoise(GradientNoise noise) {
        for (Map.Entry<String, IUpdater> parameter : used.entrySet()) {
            IUpdater updater = parameter.getValue();
            String kind = updater.getClass().getSimpleName();
            if (noise.estimate() == Estimate.SGD_COVARIANCE
                    && !ModulatedUpdater.isLinear(updater)) {
                inspection.problem(
                        "noise of modality \"%s\" must be moments, tensorStd or none, got sgdCovariance: the updater %s of %s divides by the size of the gradient itself, and gradient noise would be divided with it; leave noise(...) out, or use noise(GradientNoise.moments())",
                        modality, kind, parameter.getKey());
                return;
            }
            if (!ModulatedUpdater.takesNoise(updater)) {
                inspection.problem(
                        "noise of modality \"%s\" must be none, got %s: what the updater %s of %s makes of the gradient's variance is not known; use noise(GradientNoise.none()), or an updater of DL4J other than AdaBelief",
                        modality, noise.estimate(), kind, parameter.getKey());
                return;
            }
        }
    }

    /** DL4J lets the running mean and variance of batch norm travel as gradients. */
    private void noteClippedStatistics(String name) {
        for (Layer layer : Vertices.layersOf(inspection.vertex(name))) {
            if (layer instanceof BatchNormalization norm
                    && norm.getGradientNormalization() != null
                    && norm.getGradientNormalization() != GradientNormalization.None) {
                inspection.note(
                        "DL4J clips the running mean and variance of batch norm layer \"%s\" as if they were gradients (%s), with and without modulation: set gradientNormalization(GradientNormalization.None) on it"
                                .formatted(name, norm.getGradientNormalization()));
            }
        }
    }

    private void checkNormalization(String name) {
        GraphVertex vertex = inspection.vertex(name);
        if (Vertices.parametersOf(vertex).isEmpty()) {
            return;
        }
        GradientNormalization normalization =
                Vertices.trainingOf(vertex).getGradientNormalization();
        if (normalization == GradientNormalization.RenormalizeL2PerLayer
                || normalization == GradientNormalization.RenormalizeL2PerParamType) {
            inspection.problem(
                    "gradient normalization of layer \"%s\" (modality \"%s\") must not undo the coefficient, got %s, which gives every gradient length 1: use None or one of the Clip kinds",
                    name, modality, normalization);
        }
    }
}
