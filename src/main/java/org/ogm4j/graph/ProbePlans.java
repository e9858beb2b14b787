package org.ogm4j.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.ogm4j.ScoreSource;
import org.ogm4j.flow.Reach;
import org.ogm4j.score.HeadReadout;

/** Decides where the probes that the user asked for go, and says what stands in their way. */
final class ProbePlans {

    private ProbePlans() {}

    /**
     * Plans the probes.
     *
     * @param gates the vertices with gates and the modality of each of their inputs
     * @param modalities the names of the modalities
     * @param scores what the user asked for
     * @param problems where to say what is wrong
     * @return by modality; none for those that are scored otherwise
     */
    static Map<String, ProbePlan> of(
            ComputationGraphConfiguration conf,
            Reach reach,
            Map<String, List<String>> gates,
            Set<String> modalities,
            ScoreSettings scores,
            List<String> problems) {
        Map<String, ProbePlan> plans = new LinkedHashMap<>();
        for (String modality : modalities) {
            ScoreSource source = scores.of(modality);
            if (source.kind() == ScoreSource.Kind.PROBE && !scores.heads().containsKey(modality)) {
                String vertex =
                        source.vertex() != null
                                ? source.vertex()
                                : endOfEncoder(reach, gates, modality, problems);
                Optional<String> judge = Heads.firstJudge(conf, reach, modality);
                if (judge.isEmpty()) {
                    problems.add(
                            "probe of modality \"%s\" must be judged by an output layer with a loss that it reaches, got none among %s"
                                    .formatted(modality, conf.getNetworkOutputs()));
                } else if (vertex != null
                        && isPossible(conf, reach, modality, vertex, judge.get(), problems)) {
                    plans.put(
                            modality,
                            new ProbePlan(nameOf(modality), vertex, judge.get(), source.layers()));
                }
            }
        }
        return plans;
    }

    /** How a modality with a probe is scored. */
    static Scoring scoring(ProbePlan plan) {
        return new Scoring(
                HeadReadout.whole(plan.judge(), plan.name()), "probe on " + plan.source());
    }

    private static String nameOf(String modality) {
        return "probe-" + modality;
    }

    private static String endOfEncoder(
            Reach reach, Map<String, List<String>> gates, String modality, List<String> problems) {
        Set<String> ends = new LinkedHashSet<>();
        gates.forEach(
                (vertex, owners) -> {
                    for (int input = 0; input < owners.size(); input++) {
                        if (modality.equals(owners.get(input))) {
                            ends.add(reach.inputsOf(vertex).get(input));
                        }
                    }
                });
        if (ends.size() == 1) {
            return ends.iterator().next();
        }
        problems.add(
                "probe of modality \"%s\" must be told its vertex where the encoder has more than one end, got %s: use score(\"%s\", ScoreSource.probe().at(\"<vertex>\"))"
                        .formatted(modality, ends, modality));
        return null;
    }

    private static boolean isPossible(
            ComputationGraphConfiguration conf,
            Reach reach,
            String modality,
            String vertex,
            String judge,
            List<String> problems) {
        int before = problems.size();
        List<String> known = reach.verticesOf(modality);
        if (!known.contains(vertex)) {
            problems.add(
                    "probe of modality \"%s\" must read a vertex that this modality alone reaches, got \"%s\"; known are %s"
                            .formatted(modality, vertex, known));
            return false;
        }
        if (conf.getVertices().keySet().stream()
                .anyMatch(name -> name.startsWith(nameOf(modality)))) {
            problems.add(
                    "names of vertices must not start with \"%s\", which is the probe's, got %s"
                            .formatted(nameOf(modality), conf.getVertices().keySet()));
        }
        Optional<InputType> type = OutputTypes.of(conf, vertex);
        if (type.isEmpty() || Probes.classes(conf, judge).isEmpty()) {
            problems.add(
                    "probe of modality \"%s\" must read a layer whose number of outputs is known, got \"%s\" (%s): choose a dense, convolutional, recurrent or attention layer with at(\"<vertex>\")"
                            .formatted(
                                    modality,
                                    vertex,
                                    HeadKinds.name(conf.getVertices().get(vertex))));
        } else if (Probes.perStep(conf, judge)
                && !(type.get() instanceof InputType.InputTypeRecurrent)) {
            problems.add(
                    "probe of modality \"%s\" must read a sequence, because output \"%s\" has labels for every step, got \"%s\" (%s)"
                            .formatted(
                                    modality,
                                    judge,
                                    vertex,
                                    HeadKinds.name(conf.getVertices().get(vertex))));
        } else if (OutputTypes.rowsAreSteps(conf, vertex)) {
            problems.add(
                    "probe of modality \"%s\" must read a vertex with a row per example or a sequence, got \"%s\" (%s) with a row per step: choose the vertex in front of it or behind it with at(\"<vertex>\")"
                            .formatted(
                                    modality,
                                    vertex,
                                    HeadKinds.name(conf.getVertices().get(vertex))));
        }
        return problems.size() == before;
    }
}
