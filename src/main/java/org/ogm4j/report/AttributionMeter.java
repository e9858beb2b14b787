package org.ogm4j.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.Attribution;
import org.ogm4j.host.RandomState;
import org.ogm4j.host.Vertices;
import org.ogm4j.presence.Presence;
import org.ogm4j.rewrite.Replica;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.tokens.ModalityReach;
import org.ogm4j.tokens.TokenGradient;
import org.ogm4j.tokens.TokenOwners;
import org.ogm4j.tokens.TokenPlan;
import org.ogm4j.tokens.TokenRange;
import org.ogm4j.tokens.TokenWeights;
import org.ogm4j.trace.Inspection;
import org.ogm4j.trace.ModulationSettings;

/**
 * Measures an {@link Attribution}: a forward and a backward pass of a plain copy of the network,
 * without dropout, in which every shared vertex is taken apart when its error signal is known.
 */
public final class AttributionMeter {

    private final ComputationGraph graph;
    private final Set<String> modalities;
    private final ModalityReach reach;
    private final TokenOwners owners;
    private final INDArray[] labels;
    private final Map<String, INDArray> activations;
    private final long examples;
    private final Map<String, LayerSplit> splits = new HashMap<>();

    private AttributionMeter(ComputationGraph graph, Inspection inspection, MultiDataSet batch) {
        this.graph = graph;
        modalities = inspection.modalities();
        reach = inspection.reach();
        owners = new TokenOwners(graph.getConfiguration(), reach);
        labels = batch.getLabels();
        graph.setLabels(labels); // DL4J takes the number of examples from them
        INDArray[] features = batch.getFeatures().clone();
        for (int i = 0; i < features.length; i++) {
            String input = graph.getConfiguration().getNetworkInputs().get(i);
            features[i] = Presence.read(input, features[i], inspection.presence());
        }
        activations = graph.feedForward(features, true, false);
        examples = batch.getFeatures(0).size(0);
    }

    /**
     * Measures a network on a batch.
     *
     * @param graph the network, modulated or not; it stays as it is
     * @param batch features and labels, without feature masks
     * @param settings the modalities
     * @return the shares
     * @throws IllegalArgumentException if the batch has feature masks, or modalities do not fit
     */
    public static Attribution measure(
            ComputationGraph graph, MultiDataSet batch, ModulationSettings settings) {
        return of(graph, batch, settings).attribution();
    }

    /** Takes every shared vertex apart that outputs tokens. */
    static AttributionMeter of(
            ComputationGraph graph, MultiDataSet batch, ModulationSettings settings) {
        if (batch.getFeaturesMaskArrays() != null) {
            throw new IllegalArgumentException(
                    "batch must have no feature masks for attribution, got some: take examples of equal length and leave the masks out");
        }
        RandomState before = RandomState.now();
        ComputationGraphConfiguration conf = Rewrite.strip(graph.getConfiguration());
        conf.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        conf.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        conf.getVertices().values().forEach(Vertices::removeDropout);
        Inspection inspection = new Inspection(conf, settings);
        ComputationGraph copy = Replica.of(graph, conf);
        copy.setListeners(List.of());
        AttributionMeter meter = new AttributionMeter(copy, inspection, batch);
        meter.backward();
        before.restore();
        return meter;
    }

    /** The parts of every vertex that could be taken apart. */
    Map<String, LayerSplit> splits() {
        return splits;
    }

    private void backward() {
        int[] order = graph.topologicalSortOrder();
        Map<String, INDArray> errors = new HashMap<>();
        for (int i = order.length - 1; i >= 0; i--) {
            GraphVertex vertex = graph.getVertices()[order[i]];
            boolean output = isOutput(vertex);
            INDArray error = errors.get(vertex.getVertexName());
            boolean reached = output || error != null;
            if (vertex.isInputVertex() || isFrozen(vertex)) {
                continue;
            }
            split(vertex, output ? null : error);
            if (reached) {
                vertex.setEpsilon(error == null ? null : error.dup());
                INDArray[] signals =
                        vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces()).getSecond();
                addSignals(vertex, signals, errors);
            }
        }
    }

    /** DL4J sums the error signals of a vertex that several others read. */
    private void addSignals(GraphVertex vertex, INDArray[] signals, Map<String, INDArray> errors) {
        VertexIndices[] inputs = vertex.getInputVertices();
        for (int j = 0; j < inputs.length; j++) {
            if (signals[j] != null) {
                GraphVertex source = graph.getVertices()[inputs[j].getVertexIndex()];
                errors.merge(source.getVertexName(), signals[j].dup(), INDArray::add);
            }
        }
    }

    private static boolean isFrozen(GraphVertex vertex) {
        return vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayer;
    }

    /** Hands an output its labels. */
    private boolean isOutput(GraphVertex vertex) {
        int output = graph.getConfiguration().getNetworkOutputs().indexOf(vertex.getVertexName());
        if (output < 0 || !(vertex.getLayer() instanceof IOutputLayer layer)) {
            return false;
        }
        layer.setLabels(labels[output]);
        return true;
    }

    private void split(GraphVertex vertex, INDArray error) {
        String name = vertex.getVertexName();
        if (!reach.isFused(name)) {
            return;
        }
        TokenPlan plan =
                TokenPlan.of(graph.getConfiguration().getVertices().get(name), name, reach, owners);
        TokenGradient tokens =
                new TokenGradient(
                        vertex,
                        plan,
                        this::length,
                        examples,
                        signal -> {
                            vertex.setEpsilon(signal);
                            return vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces());
                        });
        INDArray activation = activations.get(name);
        if (tokens.fits(activation)) {
            splits.put(
                    name,
                    LayerSplit.of(
                            tokens,
                            plan,
                            owners(plan),
                            activation,
                            vertex.numParams() == 0 ? null : error,
                            examples));
        }
    }

    private static List<String> owners(TokenPlan plan) {
        Set<String> owners = new LinkedHashSet<>();
        plan.output().forEach(range -> owners.add(range.owner()));
        plan.attention().forEach(input -> input.forEach(range -> owners.add(range.owner())));
        return new ArrayList<>(owners);
    }

    private long length(String vertex) {
        return TokenWeights.count(activations.get(vertex), examples);
    }

    private Attribution attribution() {
        List<Attribution.Layer> layers = new ArrayList<>();
        for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            LayerSplit split = splits.get(name);
            if (split != null) {
                Map<String, Double> output = new LinkedHashMap<>();
                Map<String, Double> gradient = new LinkedHashMap<>();
                for (String owner : split.output().keySet()) {
                    output.put(
                            nameOf(owner),
                            LayerSplit.share(split.output().get(owner), activations.get(name)));
                }
                for (String owner : split.gradient().keySet()) {
                    gradient.put(nameOf(owner), split.gradientShare(owner));
                }
                layers.add(
                        new Attribution.Layer(
                                name,
                                tokens(owners.tokensOf(name)),
                                output,
                                gradient,
                                split.exact()));
            }
        }
        return new Attribution(List.copyOf(modalities), layers);
    }

    private List<Attribution.Tokens> tokens(List<TokenRange> ranges) {
        List<Attribution.Tokens> tokens = new ArrayList<>();
        long from = 0;
        for (TokenRange range : ranges) {
            long to = from + length(range.of());
            tokens.add(new Attribution.Tokens(nameOf(range.owner()), from, to));
            from = to;
        }
        return tokens;
    }

    private static String nameOf(String owner) {
        return owner == null ? Attribution.SEVERAL : owner;
    }
}
