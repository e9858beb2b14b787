package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.ScoreSource.Kind;
import org.ogm4j.host.Vertices;
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
    private final Map<String, List<NetworkParts.Scoring>> scorings = new LinkedHashMap<>();
    private final Set<String> heads = new LinkedHashSet<>();

    /**
     * What was found.
     *
     * @param scorings how each modality is scored; to be added for those that have a probe
     * @param heads the layers that are a modality's own head: part of the classifier, though one
     *     modality alone reaches them
     */
    record Found(Map<String, List<NetworkParts.Scoring>> scorings, Set<String> heads) {}

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
        for (String output : outputs) {
            if (!reach.isFused(output)) {
                addOwnHead(output);
            }
        }
        Map<String, String> unscored = new LinkedHashMap<>();
        for (String output : fused) {
            String kind = SplittableHeads.cannotBeScored(inspection.vertex(output));
            if (kind == null) {
                readOutput(output, unnamed(output));
            } else {
                unscored.put(output, kind);
            }
        }
        unscored.forEach((output, kind) -> leaveOut(output, kind, unnamed(output)));
        for (String modality : modalities) {
            if (fused.stream().noneMatch(output -> reach.modalitiesOf(output).contains(modality))) {
                inspection.problem(
                        "modality \"%s\" must reach an output together with another modality, got none among %s",
                        modality, outputs);
            }
        }
        return new Found(scorings, heads);
    }

    private Set<String> unnamed(String output) {
        Set<String> unnamed = new LinkedHashSet<>(reach.modalitiesOf(output));
        unnamed.removeAll(settings.heads().keySet());
        return unnamed;
    }

    /** Of a modality's own output the layer in front of its loss layer is no encoder either. */
    private void addOwnHead(String output) {
        if (OutputLoss.of(inspection.layerOf(output)) == null) {
            return;
        }
        String linear = OutputHead.of(inspection, output).linear();
        Set<String> chain = new LinkedHashSet<>();
        String reader = output;
        while (linear != null && !reader.equals(linear)) {
            String source = reach.inputsOf(reader).get(0);
            if (Vertices.endsBackprop(inspection.vertex(source))
                    || !readersOf(source).equals(List.of(reader))
                    || inspection.conf().getNetworkOutputs().contains(source)) {
                return; // others read it, so it is encoder; or it does not train
            }
            chain.add(source);
            reader = source;
        }
        heads.addAll(chain);
    }

    private List<String> readersOf(String vertex) {
        return inspection.conf().getVertexInputs().entrySet().stream()
                .filter(reader -> reader.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Scores are of the other outputs then; a modality that reaches none is a problem. */
    private void leaveOut(String output, String kind, Set<String> modalities) {
        Set<String> none = new LinkedHashSet<>();
        for (String modality : modalities) {
            boolean probe = settings.sourceOf(modality).kind() == Kind.PROBE;
            if (scorings.get(modality).isEmpty() && !probe) {
                none.add(modality);
            }
        }
        if (none.isEmpty()) {
            inspection.note(
                    "output \"%s\" (%s) has no loss for each example: the scores of %s are of other outputs"
                            .formatted(output, kind, reach.modalitiesOf(output)));
            return;
        }
        inspection.problem(
                "output \"%s\" must be an OutputLayer, RnnOutputLayer, LossLayer or RnnLossLayer (NCW) for %s to be scored by it, with a loss for each example, got %s: name a layer that gives logits, head(\"%s\", \"<layer>\"), or use score(ScoreSource.probe()) and another output",
                output, none, kind, none.iterator().next());
    }

    private void readNamed(String modality, String head) {
        if (!inspection.modalities().contains(modality)) {
            inspection.problem(
                    "head must name one of the modalities %s, got \"%s\"",
                    inspection.modalities(), modality);
            return;
        }
        Optional<OutputHead> own = ownHead(head);
        String layer = own.map(OutputHead::linear).orElse(head);
        if (!mayBeHead(layer, own.isPresent(), modality)) {
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
        } else if (!SplittableHeads.flattensPlainly(inspection.vertex(layer))) {
            inspection.problem(
                    "head of modality \"%s\" must read vectors, or sequences with the features in front of the steps (NCW), got \"%s\" that reads others: use score(\"%s\", ScoreSource.zeroOut())",
                    modality, head, modality);
        } else {
            heads.add(layer);
            addNamed(modality, layer, own);
        }
    }

    /** The output of which the layer is the head: itself, or a loss layer behind it. */
    private Optional<OutputHead> ownHead(String head) {
        return inspection.conf().getNetworkOutputs().stream()
                .filter(output -> SplittableHeads.cannotBeScored(inspection.vertex(output)) == null)
                .map(output -> OutputHead.of(inspection, output))
                .filter(
                        own ->
                                own.linear() != null
                                        && (own.output().equals(head) || own.linear().equals(head)))
                .findFirst();
    }

    private boolean mayBeHead(String head, boolean ofOutput, String modality) {
        Layer layer = inspection.vertex(head) == null ? null : inspection.layerOf(head);
        boolean sameActivation =
                layer instanceof DenseLayer dense
                        && !dense.isHasLayerNorm()
                        && firstJudge(inspection, modality)
                                .map(judge -> OutputHead.of(inspection, judge).activation())
                                .filter(dense.getActivationFn()::equals)
                                .isPresent();
        return ofOutput
                || layer instanceof BaseOutputLayer
                || SplittableHeads.isLinear(layer)
                || sameActivation;
    }

    /** Its own labels and loss judge a named head that is an output, else the first fused one's. */
    private void addNamed(String modality, String head, Optional<OutputHead> own) {
        Optional<OutputHead> judge =
                own.isPresent()
                        ? own
                        : firstJudge(inspection, modality)
                                .map(output -> OutputHead.of(inspection, output));
        if (judge.isPresent()) {
            add(
                    modality,
                    HeadReadout.whole(judge.get().output(), head, judge.get().otherActivation()),
                    "named");
        } else {
            inspection.problem(
                    "head of modality \"%s\" must be judged by an output layer with a loss, got none among the outputs %s that it reaches",
                    modality, inspection.conf().getNetworkOutputs());
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
                .filter(output -> SplittableHeads.cannotBeScored(inspection.vertex(output)) == null)
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
        OutputHead head = OutputHead.of(inspection, output);
        String before = skipDropout(head.source());
        Optional<HeadSplit> parts = HeadSplit.of(inspection, head, before);
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
            addZeroOut(head, split, cannot);
        }
        addZeroOut(head, zeroOut, "asked for");
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

    private void addZeroOut(OutputHead head, Set<String> modalities, String why) {
        ZeroOutReadout readout =
                new ZeroOutReadout(head.output(), head.cut(), head.otherActivation());
        modalities.forEach(modality -> add(modality, readout, why));
    }

    private void add(String modality, Readout readout, String why) {
        scorings.get(modality).add(new NetworkParts.Scoring(readout, why));
    }

    private String skipDropout(String vertex) {
        boolean dropout = inspection.layerOf(vertex) instanceof DropoutLayer;
        return dropout ? skipDropout(reach.inputsOf(vertex).get(0)) : vertex;
    }
}
