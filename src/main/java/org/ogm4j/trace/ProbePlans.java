package org.ogm4j.trace;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.ogm4j.ScoreSource;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.tokens.ModalityReach;

/** Decides where the probes that the user asked for go, and says what stands in their way. */
final class ProbePlans {

    private final Inspection inspection;
    private final ModalityReach reach;
    private final Map<String, List<String>> gates;

    private ProbePlans(Inspection inspection, Map<String, List<String>> gates) {
        this.inspection = inspection;
        this.reach = inspection.reach();
        this.gates = gates;
    }

    /**
     * Plans the probes.
     *
     * @param gates the vertices with gates and the modality of each of their inputs
     * @return by modality; none for those that are scored otherwise
     */
    static Map<String, ProbePlan> of(Inspection inspection, Map<String, List<String>> gates) {
        ScoreSettings scores = inspection.settings().scores();
        ProbePlans planner = new ProbePlans(inspection, gates);
        Map<String, ProbePlan> plans = new LinkedHashMap<>();
        for (String modality : inspection.modalities()) {
            ScoreSource source = scores.sourceOf(modality);
            if (source.kind() == ScoreSource.Kind.PROBE && !scores.heads().containsKey(modality)) {
                planner.plan(modality, source).ifPresent(plan -> plans.put(modality, plan));
            }
        }
        return plans;
    }

    private Optional<ProbePlan> plan(String modality, ScoreSource source) {
        String vertex = source.vertex() != null ? source.vertex() : endOfEncoder(modality);
        Optional<String> judge = ReadoutFinder.firstJudge(inspection, modality);
        if (judge.isEmpty()) {
            inspection.problem(
                    "probe of modality \"%s\" must be judged by an output layer with a loss that it reaches, got none among %s",
                    modality, inspection.conf().getNetworkOutputs());
        }
        boolean possible =
                judge.isPresent() && vertex != null && isPossible(modality, vertex, judge.get());
        return possible
                ? Optional.of(plan(modality, vertex, judge.get(), source))
                : Optional.empty();
    }

    private ProbePlan plan(String modality, String vertex, String judge, ScoreSource source) {
        OutputHead head = OutputHead.of(inspection, judge);
        OutputLoss own = OutputLoss.of(inspection.layerOf(judge));
        return new ProbePlan(
                modality,
                nameOf(modality),
                vertex,
                judge,
                new OutputLoss(own.function(), head.activation()),
                source.layers(),
                new NetworkParts.Scoring(
                        HeadReadout.whole(judge, nameOf(modality), head.otherActivation()),
                        "probe on " + vertex));
    }

    private static String nameOf(String modality) {
        return "probe-" + modality;
    }

    private String endOfEncoder(String modality) {
        Set<String> ends = new LinkedHashSet<>();
        for (Map.Entry<String, List<String>> gate : gates.entrySet()) {
            for (int input = 0; input < gate.getValue().size(); input++) {
                if (modality.equals(gate.getValue().get(input))) {
                    ends.add(reach.inputsOf(gate.getKey()).get(input));
                }
            }
        }
        if (ends.size() == 1) {
            return ends.iterator().next();
        }
        inspection.problem(
                "probe of modality \"%s\" must be told its vertex where the encoder has more than one end, got %s: use score(\"%s\", ScoreSource.probe().at(\"<vertex>\"))",
                modality, ends, modality);
        return null;
    }

    private boolean isPossible(String modality, String vertex, String judge) {
        ComputationGraphConfiguration conf = inspection.conf();
        int before = inspection.problems();
        List<String> known = reach.verticesOf(modality);
        if (!known.contains(vertex)) {
            inspection.problem(
                    "probe of modality \"%s\" must read a vertex that this modality alone reaches, got \"%s\"; known are %s",
                    modality, vertex, known);
            return false;
        }
        Set<String> names = conf.getVertices().keySet();
        if (names.stream().anyMatch(name -> name.startsWith(nameOf(modality)))) {
            inspection.problem(
                    "names of vertices must not start with \"%s\", which is the probe's, got %s",
                    nameOf(modality), names);
        }
        String kind = SplittableHeads.name(inspection.vertex(vertex));
        Optional<InputType> type = OutputTypes.of(conf, vertex);
        if (type.isEmpty() || OutputTypes.classes(conf, judge).isEmpty()) {
            inspection.problem(
                    "probe of modality \"%s\" must read a layer whose number of outputs is known, got \"%s\" (%s): choose a dense, convolutional, recurrent or attention layer with at(\"<vertex>\")",
                    modality, vertex, kind);
        } else if (OutputTypes.isPerStep(conf, judge)
                && (!(type.get() instanceof InputType.InputTypeRecurrent)
                        || Formats.of(type.get()).channelsLast())) {
            inspection.problem(
                    "probe of modality \"%s\" must read a sequence, because output \"%s\" has labels for every step, got \"%s\" (%s)%s",
                    modality,
                    judge,
                    vertex,
                    kind,
                    type.get() instanceof InputType.InputTypeRecurrent
                            ? " with the features behind the steps (NWC): use NCW"
                            : "");
        } else if (!ExampleRows.areExamples(conf, vertex)) {
            inspection.problem(
                    "probe of modality \"%s\" must read a vertex with a row per example or a sequence, got \"%s\" (%s) with a row per step or part of an example: choose the vertex before or after it with at(\"<vertex>\")",
                    modality, vertex, kind);
        }
        return inspection.problems() == before;
    }
}
