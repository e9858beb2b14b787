package org.ogm4j.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.ScoreSource.Kind;
import org.ogm4j.flow.Reach;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;

/**
 * Finds where the logits of each modality alone come from at every output where modalities have
 * met: a concatenation, a sum of heads, a named head, or the shared part with the others at zero.
 */
final class Heads {

    private static final String SPLITTABLE =
            "a MergeVertex (axis 1) into an output layer, or an ElementWiseVertex Add of one"
                    + " linear DenseLayer per modality into a LossLayer";

    private final ComputationGraphConfiguration conf;
    private final Reach reach;
    private final List<String> problems;
    private final ScoreSettings settings;
    private final Map<String, List<Scoring>> scorings = new LinkedHashMap<>();
    private final Set<String> vertices = new LinkedHashSet<>();

    /**
     * Looks at every output where modalities have met.
     *
     * @param conf the network
     * @param reach which modality reaches what
     * @param modalities the names of the modalities
     * @param settings how the user wants them to be scored
     * @param problems where to say what cannot be read
     */
    Heads(
            ComputationGraphConfiguration conf,
            Reach reach,
            Set<String> modalities,
            ScoreSettings settings,
            List<String> problems) {
        this.conf = conf;
        this.settings = settings;
        this.reach = reach;
        this.problems = problems;
        modalities.forEach(modality -> scorings.put(modality, new ArrayList<>()));
        List<String> fused = conf.getNetworkOutputs().stream().filter(reach::isFused).toList();
        if (fused.isEmpty()) {
            problems.add(
                    "outputs must be reached by two or more modalities, got %s each reached by one: fuse the modalities %s before an output"
                            .formatted(conf.getNetworkOutputs(), modalities));
            return;
        }
        settings.own().keySet().stream()
                .filter(modality -> !modalities.contains(modality))
                .forEach(
                        modality ->
                                problems.add(
                                        "score must name one of the modalities %s, got \"%s\""
                                                .formatted(modalities, modality)));
        settings.heads().forEach((modality, head) -> readNamed(modality, head, modalities));
        for (String output : fused) {
            Set<String> unnamed = new LinkedHashSet<>(reach.of(output));
            unnamed.removeAll(settings.heads().keySet());
            readOutput(output, unnamed);
        }
        for (String modality : modalities) {
            if (fused.stream().noneMatch(output -> reach.of(output).contains(modality))) {
                problems.add(
                        "modality \"%s\" must reach an output together with another modality, got none among %s"
                                .formatted(modality, conf.getNetworkOutputs()));
            }
        }
    }

    /** How each modality is scored; without those that have a probe. */
    Map<String, List<Scoring>> scorings() {
        return scorings;
    }

    /**
     * The layers that are a modality's own head: part of the classifier, though one modality alone
     * reaches them.
     */
    Set<String> vertices() {
        return vertices;
    }

    private void readNamed(String modality, String head, Set<String> modalities) {
        GraphVertex vertex = conf.getVertices().get(head);
        Layer layer = vertex == null ? null : Vertices.layerOf(vertex);
        if (!modalities.contains(modality)) {
            problems.add(
                    "head must name one of the modalities %s, got \"%s\""
                            .formatted(modalities, modality));
        } else if (!(layer instanceof BaseOutputLayer) && !HeadKinds.isLinear(layer)) {
            problems.add(
                    "head of modality \"%s\" must be a DenseLayer with identity activation or an output layer, got \"%s\" (%s); known are %s"
                            .formatted(
                                    modality,
                                    head,
                                    vertex == null ? "no layer" : HeadKinds.name(vertex),
                                    conf.getVertices().keySet()));
        } else if (!reach.isOnly(head, modality)) {
            problems.add(
                    "head of modality \"%s\" must be reached by that modality alone, got \"%s\", reached by %s"
                            .formatted(modality, head, reach.of(head)));
        } else {
            vertices.add(head);
            judgeOf(modality, head)
                    .ifPresentOrElse(
                            output -> addWhole(modality, output, head, "named"),
                            () ->
                                    problems.add(
                                            "head of modality \"%s\" must be judged by an output layer with a loss, got none among the outputs %s that it reaches"
                                                    .formatted(
                                                            modality, conf.getNetworkOutputs())));
        }
    }

    /** The output whose labels and loss judge a named head: itself, else the first fused one. */
    private Optional<String> judgeOf(String modality, String head) {
        if (conf.getNetworkOutputs().contains(head)) {
            return Optional.of(head);
        }
        return firstJudge(conf, reach, modality);
    }

    /** The first output with a loss where a modality has met another, to judge its logits. */
    static Optional<String> firstJudge(
            ComputationGraphConfiguration conf, Reach reach, String modality) {
        return conf.getNetworkOutputs().stream()
                .filter(output -> reach.isFused(output) && reach.of(output).contains(modality))
                .filter(
                        output ->
                                OutputLoss.of(Vertices.layerOf(conf.getVertices().get(output)))
                                        != null)
                .findFirst();
    }

    private Layer layerOf(String vertex) {
        return Vertices.layerOf(conf.getVertices().get(vertex));
    }

    private void readOutput(String output, Set<String> modalities) {
        Set<String> split = new LinkedHashSet<>();
        Set<String> zeroOut = new LinkedHashSet<>();
        for (String modality : modalities) {
            switch (settings.of(modality).kind()) {
                case AUTOMATIC, HEAD -> split.add(modality);
                case ZERO_OUT -> zeroOut.add(modality);
                case PROBE -> {} // its logits are not the network's
                default -> throw new IllegalStateException(modality);
            }
        }
        String before = skipDropout(reach.inputsOf(output).get(0));
        GraphVertex fusion = conf.getVertices().get(before);
        if (!readSplit(output, before, fusion, split)) {
            String cannot =
                    "its head behind \"%s\" (%s) cannot be split"
                            .formatted(before, HeadKinds.name(fusion));
            split.stream()
                    .filter(modality -> settings.of(modality).kind() == Kind.HEAD)
                    .forEach(
                            modality ->
                                    problems.add(
                                            "scores of modality \"%s\" at output \"%s\" must be readable from the head, which they are behind %s, but %s: use score(ScoreSource.zeroOut())"
                                                    .formatted(
                                                            modality, output, SPLITTABLE, cannot)));
            split.removeIf(modality -> settings.of(modality).kind() == Kind.HEAD);
            addZeroOut(output, split, cannot);
        }
        addZeroOut(output, zeroOut, "asked for");
    }

    private boolean readSplit(
            String output, String before, GraphVertex fusion, Set<String> modalities) {
        GraphVertex vertex = conf.getVertices().get(output);
        Layer layer = layerOf(output);
        if (layer instanceof BaseOutputLayer
                && HeadKinds.isMerge(fusion)
                && HeadKinds.flattensPlainly(vertex)) {
            return readConcatenation(output, before, modalities);
        }
        return OutputLoss.of(layer) != null
                && HeadKinds.isAdd(fusion)
                && HeadKinds.flattensPlainly(vertex)
                && readSum(output, before, modalities);
    }

    private void addZeroOut(String output, Set<String> modalities, String why) {
        if (modalities.isEmpty()) {
            return;
        }
        GraphVertex vertex = conf.getVertices().get(output);
        if (OutputLoss.of(layerOf(output)) == null || !HeadKinds.isChannelsFirst(vertex)) {
            problems.add(
                    "output \"%s\" must be an OutputLayer, RnnOutputLayer, LossLayer or RnnLossLayer (NCW) for %s to be scored by it, got %s: name a layer that gives logits, head(\"%s\", \"<layer>\"), or use score(ScoreSource.probe()) and another output"
                            .formatted(
                                    output,
                                    modalities,
                                    HeadKinds.name(vertex),
                                    modalities.iterator().next()));
            return;
        }
        for (String modality : modalities) {
            scorings.get(modality).add(new Scoring(new ZeroOutReadout(output), why));
        }
    }

    private boolean readConcatenation(String output, String merge, Set<String> missing) {
        Map<FeatureSlice, String> leaves = new LinkedHashMap<>();
        if (!expand(merge, MergeVertex.class, leaves)) {
            return false;
        }
        for (String modality : missing) {
            List<FeatureSlice> slices =
                    leaves.entrySet().stream()
                            .map(
                                    leaf ->
                                            new FeatureSlice(
                                                    leaf.getKey().vertex(),
                                                    leaf.getKey().input(),
                                                    reach.isOnly(leaf.getValue(), modality)))
                            .toList();
            Readout rows = new HeadReadout(output, output, slices, 1.0 / reach.of(output).size());
            scorings.get(modality).add(new Scoring(rows, "concatenation"));
        }
        return true;
    }

    private boolean readSum(String output, String sum, Set<String> missing) {
        Map<FeatureSlice, String> leaves = new LinkedHashMap<>();
        if (!expand(sum, ElementWiseVertex.class, leaves)
                || leaves.size() != reach.of(output).size()) {
            return false;
        }
        boolean linear =
                leaves.values().stream().allMatch(head -> HeadKinds.isLinear(layerOf(head)));
        if (linear) {
            vertices.addAll(leaves.values());
            for (String modality : missing) {
                leaves.values().stream()
                        .filter(head -> reach.isOnly(head, modality))
                        .forEach(head -> addWhole(modality, output, head, "sum"));
            }
        }
        return linear;
    }

    private void addWhole(String modality, String output, String head, String why) {
        scorings.get(modality).add(new Scoring(HeadReadout.whole(output, head), why));
    }

    /**
     * Collects what a vertex of some kind joins, through vertices of the same kind; false if a part
     * is of no one.
     */
    private boolean expand(
            String vertex, Class<? extends GraphVertex> kind, Map<FeatureSlice, String> leaves) {
        GraphVertex joint = conf.getVertices().get(vertex);
        if (!HeadKinds.isMerge(joint) && !HeadKinds.isAdd(joint)) {
            return false;
        }
        List<String> inputs = reach.inputsOf(vertex);
        for (int input = 0; input < inputs.size(); input++) {
            String source = inputs.get(input);
            if (reach.of(source).size() == 1) {
                leaves.put(new FeatureSlice(vertex, input, true), source);
            } else if (!kind.isInstance(conf.getVertices().get(source))
                    || !expand(source, kind, leaves)) {
                return false;
            }
        }
        return true;
    }

    private String skipDropout(String vertex) {
        boolean dropout = layerOf(vertex) instanceof DropoutLayer;
        return dropout ? skipDropout(reach.inputsOf(vertex).get(0)) : vertex;
    }
}
