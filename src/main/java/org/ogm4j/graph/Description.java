package org.ogm4j.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.Attribution;
import org.ogm4j.GradientNoise;
import org.ogm4j.flow.Reach;
import org.ogm4j.flow.TokenRange;
import org.ogm4j.flow.TokenTrace;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;

/** A table of what modulation would do to a network, for people to check before they train. */
public final class Description {

    private static final List<String> HEADER =
            List.of(
                    "modality",
                    "inputs",
                    "encoder vertices",
                    "parameters",
                    "gate in front of",
                    "coefficient acts on",
                    "score from");
    private static final int MAX_NAMES = 4;

    private Description() {}

    /**
     * Describes a network.
     *
     * @param conf a configuration, modulated or not
     * @param settings what the user asked for
     * @return a table of one row per modality, with a line break at the end
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     */
    public static String of(ComputationGraphConfiguration conf, ModulationSettings settings) {
        ComputationGraphConfiguration plain = Rewrite.strip(conf);
        Trace trace = Trace.of(plain, settings);
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        trace.encoders()
                .forEach(
                        (name, encoder) ->
                                rows.add(
                                        List.of(
                                                name,
                                                String.join(", ", encoder.inputs()),
                                                names(encoder.vertices()),
                                                String.format(
                                                        Locale.ROOT,
                                                        "%,d",
                                                        parameters(plain, encoder.vertices())),
                                                gates(trace.gates(), name),
                                                actsOn(encoder.updaters(), settings, trace),
                                                encoder.scorings().stream()
                                                        .map(Description::score)
                                                        .collect(Collectors.joining("; ")))));
        return table(rows);
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
        Reach reach = Modalities.reach(plain, settings);
        TokenTrace trace = new TokenTrace(plain, reach);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("vertex", "reached by", "tokens"));
        for (String vertex : reach.inOrder()) {
            String tokens =
                    reach.isFused(vertex)
                            ? trace.of(vertex).stream()
                                    .map(Description::range)
                                    .collect(Collectors.joining(", "))
                            : "";
            rows.add(List.of(vertex, String.join(", ", reach.of(vertex)), tokens));
        }
        return table(rows);
    }

    private static String range(TokenRange range) {
        String owner = range.owner() == null ? Attribution.SEVERAL : range.owner();
        return owner + " (as many as " + range.of() + ")";
    }

    private static String names(List<String> vertices) {
        int count = vertices.size();
        return count <= MAX_NAMES
                ? String.join(", ", vertices)
                : vertices.get(0)
                        + ", "
                        + vertices.get(1)
                        + ", ... "
                        + vertices.get(count - 1)
                        + " ("
                        + count
                        + ")";
    }

    private static long parameters(ComputationGraphConfiguration conf, List<String> vertices) {
        return vertices.stream()
                .mapToLong(name -> conf.getVertices().get(name).numParams(true))
                .sum();
    }

    private static String gates(Map<String, List<String>> gates, String modality) {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue().contains(modality))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String actsOn(
            EncoderUpdaters updaters, ModulationSettings settings, Trace trace) {
        GradientNoise noise =
                updaters.decorated() ? settings.noiseInUpdaters() : settings.noiseAtGates();
        String kinds = String.join(", ", updaters.kinds());
        String what = updaters.decorated() ? "updaters (" + kinds + ")" : "gradient";
        if (updaters.variant()) {
            what =
                    what.replace(
                            "Adam", trace.readsHeads() ? "Adam variant" : "Adam variant, p = 1");
        }
        return what + ", noise " + (noise.active() ? name(noise.estimate()) : "none");
    }

    private static String name(GradientNoise.Estimate estimate) {
        return switch (estimate) {
            case SGD_COVARIANCE -> "sgdCovariance";
            case TENSOR_STD -> "tensorStd";
            case MOMENTS -> "moments";
            case NONE -> "none";
        };
    }

    private static String score(Scoring scoring) {
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
        String own =
                IntStream.range(0, slices.size())
                        .filter(i -> slices.get(i).own())
                        .mapToObj(i -> slices.get(i).vertex() + "[" + slices.get(i).input() + "]")
                        .collect(Collectors.joining("+"));
        return "rows of "
                + readout.head()
                + ".W for "
                + own
                + ", b/"
                + Math.round(1 / readout.biasShare());
    }

    private static String table(List<List<String>> rows) {
        int[] widths =
                IntStream.range(0, rows.get(0).size())
                        .map(
                                column ->
                                        rows.stream()
                                                .mapToInt(row -> row.get(column).length())
                                                .max()
                                                .orElse(0))
                        .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(column == 0 ? "" : " | ");
                line.append(
                        String.format("%-" + Math.max(1, widths[column]) + "s", row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (row == rows.get(0)) {
                text.append(
                                IntStream.of(widths)
                                        .mapToObj("-"::repeat)
                                        .collect(Collectors.joining("-+-")))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
