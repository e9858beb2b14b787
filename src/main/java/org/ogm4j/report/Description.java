package org.ogm4j.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.Attribution;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.Vertices;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.tokens.ModalityReach;
import org.ogm4j.tokens.TokenOwners;
import org.ogm4j.tokens.TokenRange;
import org.ogm4j.trace.Inspection;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.NetworkParts;

/** A table of what modulation would do to a network, for people to check before they train. */
public final class Description {

    private static final int MAX_NAMES = 4;

    private Description() {}

    /**
     * Describes a network.
     *
     * @param conf a configuration, modulated or not
     * @param settings what the user asked for
     * @return a table of one row per modality; under it notes, and in words what acts in updaters
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     */
    public static String of(ComputationGraphConfiguration conf, ModulationSettings settings) {
        ComputationGraphConfiguration plain = Rewrite.strip(conf);
        NetworkParts parts = NetworkParts.of(plain, settings);
        Table table =
                new Table(
                        "modality",
                        "inputs",
                        "encoder vertices",
                        "parameters",
                        "gate at",
                        "coefficient acts on",
                        "score from");
        for (Map.Entry<String, NetworkParts.Encoder> entry : parts.encoders().entrySet()) {
            NetworkParts.Encoder encoder = entry.getValue();
            table.add(
                    entry.getKey(),
                    String.join(", ", encoder.inputs()),
                    names(encoder.vertices()),
                    String.format(Locale.ROOT, "%,d", parameters(plain, encoder.vertices())),
                    gates(parts.gates(), entry.getKey()),
                    actsOn(encoder.updaters(), settings, parts)
                            + signal(settings.signalOf(entry.getKey()), encoder, parts)
                            + teacher(settings.distillationOf(entry.getKey())),
                    joined("; ", encoder.scorings(), Description::score));
        }
        StringBuilder text = new StringBuilder(table.toString());
        parts.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        text.append(UpdaterNotes.of(Rewrite.withProbes(plain, settings, parts), settings, parts));
        text.append("settings: ").append(SettingsText.of(plain, settings)).append('\n');
        SettingsText.ofModulated(conf)
                .ifPresent(
                        own ->
                                text.append("this network was modulated with: ")
                                        .append(own)
                                        .append('\n'));
        return text.toString();
    }

    /**
     * Tells where each modality goes.
     *
     * @param conf a configuration, modulated or not
     * @param settings the modalities
     * @return a table of one row per vertex, with a line break at the end
     */
    public static String trace(ComputationGraphConfiguration conf, ModulationSettings settings) {
        ComputationGraphConfiguration plain = Rewrite.strip(conf);
        ModalityReach reach = new Inspection(plain, settings).reach();
        TokenOwners owners = new TokenOwners(plain, reach);
        Table table = new Table("vertex", "reached by", "tokens");
        for (String vertex : reach.inOrder()) {
            String tokens =
                    reach.isFused(vertex)
                            ? joined(", ", owners.tokensOf(vertex), Description::range)
                            : "";
            table.add(vertex, String.join(", ", reach.modalitiesOf(vertex)), tokens);
        }
        return table.toString();
    }

    private static <T> String joined(String separator, List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(separator));
    }

    private static String range(TokenRange range) {
        String owner = range.owner() == null ? Attribution.SEVERAL : range.owner();
        return owner + " (as many as " + range.of() + ")";
    }

    private static String names(List<String> vertices) {
        int count = vertices.size();
        return count <= MAX_NAMES
                ? String.join(", ", vertices)
                : "%s, %s, ... %s (%d)"
                        .formatted(
                                vertices.get(0), vertices.get(1), vertices.get(count - 1), count);
    }

    private static long parameters(ComputationGraphConfiguration conf, List<String> vertices) {
        return vertices.stream()
                .map(conf.getVertices()::get)
                .filter(vertex -> !Vertices.isFrozen(vertex))
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
    }

    private static String gates(Map<String, List<String>> gates, String modality) {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue().contains(modality))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String actsOn(
            NetworkParts.EncoderUpdaters updaters,
            ModulationSettings settings,
            NetworkParts parts) {
        GradientNoise noise =
                updaters.decorated() ? settings.noiseInUpdaters() : settings.noiseAtGates();
        String what = "gradient";
        if (updaters.decorated()) {
            what = "updaters (" + String.join(", ", updaters.kinds()) + ")";
        }
        if (updaters.variant()) {
            String variant =
                    settings.momentCoefficient() && parts.readsHeads()
                            ? "Adam variant"
                            : "Adam variant, p = 1";
            what = what.replace("Adam", variant);
        }
        return what + ", noise " + (noise.active() ? name(noise.estimate()) : "none");
    }

    /** The unimodal signal and where it comes from; empty if there is none. */
    private static String signal(
            UnimodalSignal signal, NetworkParts.Encoder encoder, NetworkParts parts) {
        if (!signal.active()) {
            return "";
        }
        Set<String> sources = new LinkedHashSet<>();
        for (Readout readout : encoder.readouts()) {
            boolean probe =
                    parts.probes().stream().anyMatch(p -> readout.equals(p.scoring().readout()));
            sources.add(probe ? "a probe" : source(readout));
        }
        return ", signal " + signal + " from " + String.join(" and ", sources);
    }

    private static String teacher(Distillation distillation) {
        return distillation == null ? "" : ", teacher " + distillation;
    }

    private static String source(Readout readout) {
        if (readout instanceof HeadReadout head) {
            return head.slices().size() == 1 ? "its own head" : "head rows";
        }
        return "zero-out";
    }

    private static String name(GradientNoise.Estimate estimate) {
        return switch (estimate) {
            case SGD_COVARIANCE -> "sgdCovariance";
            case TENSOR_STD -> "tensorStd";
            case MOMENTS -> "moments";
            case NONE -> "none";
        };
    }

    private static String score(NetworkParts.Scoring scoring) {
        String from =
                scoring.readout() instanceof HeadReadout head
                        ? head(head)
                        : "zero-out at " + scoring.readout().output();
        return from + " (" + scoring.why() + ")";
    }

    private static String head(HeadReadout readout) {
        List<FeatureSlice> slices = readout.slices();
        if (slices.size() == 1) {
            return "head " + readout.head() + ".W, b, labels of " + readout.output();
        }
        List<FeatureSlice> own = slices.stream().filter(FeatureSlice::own).toList();
        return "rows of %s.W for %s, b/%d"
                .formatted(
                        readout.head(),
                        joined("+", own, slice -> slice.vertex() + "[" + slice.input() + "]"),
                        Math.round(1 / readout.biasShare()));
    }
}
