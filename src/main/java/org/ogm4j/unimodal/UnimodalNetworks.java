package org.ogm4j.unimodal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.host.Vertices;
import org.ogm4j.probe.Classifiers;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.score.Readout;
import org.ogm4j.teacher.Teachers;
import org.ogm4j.trace.Inspection;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.NetworkParts;

/**
 * Makes the network of one modality: its encoder as it is, the mean over places of each end, and
 * for each output that the modality is scored at a linear classifier with that output's loss.
 */
public final class UnimodalNetworks {

    private final ComputationGraphConfiguration conf;
    private final ComputationGraphConfiguration alone;
    private final String modality;
    private final List<String> ends;
    private final Set<String> kept = new LinkedHashSet<>();
    private final Map<String, String> means = new HashMap<>();

    private UnimodalNetworks(
            ComputationGraphConfiguration conf, String modality, List<String> ends) {
        this.conf = conf;
        this.alone = VertexCopy.of(conf);
        this.modality = modality;
        this.ends = ends;
    }

    /**
     * The network of one modality.
     *
     * @param conf a network without gates; it stays as it is
     * @param settings the modalities, and how they are scored
     * @param modality the name of one
     * @return a configuration whose inputs and outputs are some of the network's own, under their
     *     names; its counters start at 0
     * @throws IllegalArgumentException if there is no such modality, the network cannot be
     *     modulated, or a classifier cannot read the encoder
     */
    public static ComputationGraphConfiguration of(
            ComputationGraphConfiguration conf, ModulationSettings settings, String modality) {
        NetworkParts parts = NetworkParts.of(conf, settings);
        NetworkParts.Encoder encoder = parts.encoders().get(modality);
        if (encoder == null) {
            throw new IllegalArgumentException(
                    "modality must be one of %s, got \"%s\""
                            .formatted(parts.encoders().keySet(), modality));
        }
        UnimodalNetworks maker = new UnimodalNetworks(conf, modality, parts.endsOf(modality, conf));
        Map<String, OutputLoss> losses = losses(conf, encoder);
        return maker.make(losses);
    }

    /**
     * The modalities of a network.
     *
     * @param conf a network without gates
     * @param settings as the user grouped its inputs
     * @return their names, in order
     */
    public static Set<String> modalities(
            ComputationGraphConfiguration conf, ModulationSettings settings) {
        return new Inspection(conf, settings).modalities();
    }

    /** By output: its loss, and what makes predictions of logits. */
    private static Map<String, OutputLoss> losses(
            ComputationGraphConfiguration conf, NetworkParts.Encoder encoder) {
        Map<String, OutputLoss> losses = new LinkedHashMap<>();
        for (Readout readout : encoder.readouts()) {
            GraphVertex vertex = conf.getVertices().get(readout.output());
            OutputLoss own = OutputLoss.of(Vertices.layerOf(vertex));
            losses.put(
                    readout.output(),
                    readout.activation() == null
                            ? own
                            : new OutputLoss(own.function(), readout.activation()));
        }
        return losses;
    }

    private ComputationGraphConfiguration make(Map<String, OutputLoss> losses) {
        for (String end : ends) {
            addUpstream(end);
        }
        List<String> outputs = new ArrayList<>(conf.getNetworkOutputs());
        outputs.retainAll(losses.keySet());
        for (String output : outputs) {
            addClassifier(output, losses.get(output));
        }
        alone.setIterationCount(0);
        alone.setEpochCount(0);
        return Teachers.part(alone, kept, new LinkedHashSet<>(outputs));
    }

    private void addUpstream(String vertex) {
        if (kept.add(vertex)) {
            conf.getVertexInputs().getOrDefault(vertex, List.of()).forEach(this::addUpstream);
        }
    }

    private void addClassifier(String output, OutputLoss loss) {
        boolean perStep = OutputTypes.isPerStep(conf, output);
        List<String> read = new ArrayList<>();
        long width = 0;
        for (String end : ends) {
            InputType type = OutputTypes.of(conf, end).orElse(null);
            check(end, type, output, perStep);
            width += OutputTypes.width(type);
            boolean pooled = !perStep && type.getType() != InputType.Type.FF;
            read.add(pooled ? addMean(end, type, output) : end);
        }
        String source = read.get(0);
        if (read.size() > 1) {
            source = free(output + "-ends");
            put(source, new MergeVertex(), read);
        }
        BaseOutputLayer layer =
                Vertices.layerOf(conf.getVertices().get(output)) instanceof BaseOutputLayer own
                        ? (BaseOutputLayer) own.clone()
                        : Classifiers.classifier(conf, output, loss);
        layer.setNIn(width);
        put(output, vertex(output, output, layer, null), List.of(source));
    }

    private String addMean(String end, InputType type, String output) {
        String name = means.computeIfAbsent(end, e -> free(e + "-mean"));
        Layer mean = Classifiers.mean(type);
        put(name, vertex(output, name, mean, Classifiers.turned(type)), List.of(end));
        return name;
    }

    /** A name that no vertex and no input of the network has. */
    private String free(String name) {
        boolean taken =
                conf.getVertices().containsKey(name) || conf.getNetworkInputs().contains(name);
        return taken ? free(name + "-") : name;
    }

    /** Its own layer keeps what else it was given: regularization, initialisation, clipping. */
    private LayerVertex vertex(
            String output, String name, Layer layer, InputPreProcessor preProcessor) {
        NeuralNetConfiguration own = Classifiers.named(conf, output, name, layer);
        return new LayerVertex(own, preProcessor);
    }

    private void put(String name, GraphVertex vertex, List<String> inputs) {
        alone.getVertices().put(name, vertex);
        alone.getVertexInputs().put(name, new ArrayList<>(inputs));
        kept.add(name);
    }

    private void check(String end, InputType type, String output, boolean perStep) {
        String problem = null;
        if (type == null || OutputTypes.classes(conf, output).isEmpty()) {
            problem = "a layer whose number of outputs is known";
        } else if (!ExampleRows.areExamples(conf, end)) {
            problem = "a vertex with a row per example or a sequence";
        } else if (perStep
                && (!(type instanceof InputType.InputTypeRecurrent)
                        || Formats.of(type).channelsLast())) {
            problem =
                    "a sequence with the features in front of the steps (NCW), because output \"%s\" has labels for every step"
                            .formatted(output);
        }
        if (problem != null) {
            throw new IllegalArgumentException(
                    "encoder of modality \"%s\" must end with %s for a network of its own, got \"%s\" (%s): say where it ends with encoder(\"%s\", ...)"
                            .formatted(modality, problem, end, type, modality));
        }
    }
}
