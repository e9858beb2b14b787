package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.ScoreSource.Kind;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;
import org.ogm4j.tokens.ModalityReach;

/**
 * Finds where the logits of each modality alone come from at every output where modalities have
 * met: a concatenation, a sum of heads, a named head, or the shared part with the others at zero.
 */
final class ReadoutFinder {

    private static final String SPLITTABLE =
            "a MergeVertex (axis 1) into an output layer, or an ElementWiseVertex Add of one"
                    + " linear DenseLayer per modality into a LossLayer";

    private final Inspection inspection;
    private final ModalityReach reach;
    private final ScoreSettings settings;
    private final Map<String, List<Scoring>> scorings = new LinkedHashMap<>();
    private final Set<String> heads = new LinkedHashSet<>();

    /**
     * What was found.
     *
     * @param scorings how each modality is scored; to be added for those that have a probe
     * @param heads the layers that are a modality's own head: part of the classifier, though one
     *     modality alone reaches them
     */
    record Found(Map<String, List<Scoring>> scorings, Set<String> heads) {}

    private ReadoutFinder(Inspection inspection) {
        this.inspection = inspection;
        reach = inspection.reach();
        settings = inspection.settings().scores();
        inspection.modalities().forEach(modality -> scorings.put(modality, new ArrayList<>()));
    }

    /** Looks at every output where modalities have met. */
    static Found find(Inspection inspection) {
        return new ReadoutFinder(inspection).find();
    }

    private Found find() {
        Set<String> modalities = inspection.modalities();
        List<String> outputs = inspection.conf().getNetworkOutputs();
        List<String> fused = outputs.stream().filter(reach::isFused).toList();
        if (fused.isEmpty()) {
            inspection.problem(
                    "outputs must be reached by two or more modalities, got %s each reached by one: fuse the modalities %s before an output",
                    outputs, modalities);
            return new Found(scorings, heads);
        }
        for (String modality : settings.own().keySet()) {
            if (!modalities.contains(modality)) {
                inspection.problem(
                        "score must name one of the modalities %s, got \"%s\"",
                        modalities, modality);
            }
        }
        settings.heads().forEach(this::readNamed);
        for (String output : fused) {
            Set<String> unnamed = new LinkedHashSet<>(reach.modalitiesOf(output));
            unnamed.removeAll(settings.heads().keySet());
            readOutput(output, unnamed);
        }
        for (String modality : modalities) {
            if (fused.stream().noneMatch(output -> reach.modalitiesOf(output).contains(modality))) {
                inspection.problem(
                        "modality \"%s\" must reach an output together with another modality, got none among %s",
                        modality, outputs);
            }
        }
        return new Found(scorings, heads);
    }

    private void readNamed(String modality, String head) {
        Layer layer = inspection.vertex(head) == null ? null : inspection.layerOf(head);
        if (!inspection.modalities().contains(modality)) {
            inspection.problem(
                    "head must name one of the modalities %s, got \"%s\"",
                    inspection.modalities(), modality);
        } else if (!(layer instanceof BaseOutputLayer) && !SplittableHeads.isLinear(layer)) {
            String kind =
                    inspection.vertex(head) == null
                            ? "no layer"
                            : SplittableHeads.name(inspection.vertex(head));
            inspection.problem(
                    "head of modality \"%s\" must be a DenseLayer with identity activation or an output layer, got \"%s\" (%s); known are %s",
                    modality, head, kind, inspection.conf().getVertices().keySet());
        } else if (!reach.isOnly(head, modality)) {
            inspection.problem(
                    "head of modality \"%s\" must be reached by that modality alone, got \"%s\", reached by %s",
                    modality, head, reach.modalitiesOf(head));
        } else {
            heads.add(head);
            addNamed(modality, head);
        }
    }

    /** Its own labels and loss judge a named head that is an output, else the first fused one's. */
    private void addNamed(String modality, String head) {
        List<String> outputs = inspection.conf().getNetworkOutputs();
        Optional<String> judge =
                outputs.contains(head) ? Optional.of(head) : firstJudge(inspection, modality);
        if (judge.isPresent()) {
            add(modality, HeadReadout.whole(judge.get(), head), "named");
        } else {
            inspection.problem(
                    "head of modality \"%s\" must be judged by an output layer with a loss, got none among the outputs %s that it reaches",
                    modality, outputs);
        }
    }

    /** The first output with a loss where a modality has met another, to judge its logits. */
    static Optional<String> firstJudge(Inspection inspection, String modality) {
        ModalityReach reach = inspection.reach();
        return inspection.conf().getNetworkOutputs().stream()
                .filter(
                        output ->
                                reach.isFused(output)
                                        && reach.modalitiesOf(output).contains(modality))
                .filter(output -> OutputLoss.of(inspection.layerOf(output)) != null)
                .findFirst();
    }

    private void readOutput(String output, Set<String> modalities) {
        Set<String> split = new LinkedHashSet<>();
        Set<String> zeroOut = new LinkedHashSet<>();
        for (String modality : modalities) {
            switch (settings.sourceOf(modality).kind()) {
                case AUTOMATIC, HEAD -> split.add(modality);
                case ZERO_OUT -> zeroOut.add(modality);
                case PROBE -> {} // its logits are not the network's
                default -> throw new IllegalStateException(modality);
            }
        }
        String before = skipDropout(reach.inputsOf(output).get(0));
        Optional<HeadSplit> parts = HeadSplit.of(inspection, output, before);
        if (parts.isPresent()) {
            heads.addAll(parts.get().heads());
            for (String modality : split) {
                add(modality, parts.get().readouts().get(modality), parts.get().kind());
            }
        } else {
            String cannot =
                    "its head after \"%s\" (%s) cannot be split"
                            .formatted(before, SplittableHeads.name(inspection.vertex(before)));
            refuseHeads(output, split, cannot);
            addZeroOut(output, split, cannot);
        }
        addZeroOut(output, zeroOut, "asked for");
    }

    /** Takes out those that the user wants to be read from a head that cannot be split. */
    private void refuseHeads(String output, Set<String> modalities, String cannot) {
        for (String modality : List.copyOf(modalities)) {
            if (settings.sourceOf(modality).kind() == Kind.HEAD) {
                inspection.problem(
                        "scores of modality \"%s\" at output \"%s\" must be readable from the head, which they are after %s, but %s: use score(ScoreSource.zeroOut())",
                        modality, output, SPLITTABLE, cannot);
                modalities.remove(modality);
            }
        }
    }

    private void addZeroOut(String output, Set<String> modalities, String why) {
        if (modalities.isEmpty()) {
            return;
        }
        boolean scored =
                OutputLoss.of(inspection.layerOf(output)) != null
                        && SplittableHeads.isChannelsFirst(inspection.vertex(output));
        if (!scored) {
            inspection.problem(
                    "output \"%s\" must be an OutputLayer, RnnOutputLayer, LossLayer or RnnLossLayer (NCW) for %s to be scored by it, got %s: name a layer that gives logits, head(\"%s\", \"<layer>\"), or use score(ScoreSource.probe()) and another output",
                    output,
                    modalities,
                    SplittableHeads.name(inspection.vertex(output)),
                    modalities.iterator().next());
            return;
        }
        modalities.forEach(modality -> add(modality, new ZeroOutReadout(output), why));
    }

    private void add(String modality, Readout readout, String why) {
        scorings.get(modality).add(new Scoring(readout, why));
    }

    private String skipDropout(String vertex) {
        boolean dropout = inspection.layerOf(vertex) instanceof DropoutLayer;
        return dropout ? skipDropout(reach.inputsOf(vertex).get(0)) : vertex;
    }
}
