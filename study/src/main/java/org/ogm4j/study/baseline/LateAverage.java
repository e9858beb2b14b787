package org.ogm4j.study.baseline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The networks of single modalities side by side, each with its own loss, and the mean of what they
 * put out:
 *
 * <pre>
 * p = 1/M sum_u p_u,   loss = sum_u loss(p_u)
 * </pre>
 *
 * <p>No gradient passes from one to another: this is what modalities are worth together that never
 * learned together.
 */
public final class LateAverage {

    /** The output that is measured. */
    private static final String OUTPUT = "late-average";

    private LateAverage() {}

    /**
     * Makes it of a plain network.
     *
     * @param plain is changed; it has one output
     * @param alone the networks of single modalities, whose encoders have the same names
     * @throws IllegalArgumentException if they have not one {@link OutputLayer} each
     */
    public static void change(
            ComputationGraphConfiguration plain, Map<String, ComputationGraphConfiguration> alone) {
        Set<String> kept = new HashSet<>();
        List<String> old = List.copyOf(plain.getNetworkOutputs());
        if (old.size() != 1) {
            throw new IllegalArgumentException("a late average needs one output, got " + old);
        }
        alone.values().forEach(own -> kept.addAll(own.getVertices().keySet()));
        kept.removeAll(old);
        plain.getVertices().keySet().retainAll(kept);
        plain.getVertexInputs().keySet().retainAll(kept);
        List<String> answers = new ArrayList<>();
        alone.forEach(
                (modality, own) -> {
                    OwnHeads.add(plain, modality, own);
                    answers.add(last(plain.getNetworkOutputs()));
                });
        List<String> outputs = new ArrayList<>(List.of(OUTPUT));
        for (String answer : answers) {
            outputs.add(split(plain, answer));
        }
        plain.getVertices().put("average", new ShownAverageVertex());
        plain.getVertexInputs().put("average", answers);
        plain.getVertices().put(OUTPUT, plain.getVertices().get(last(outputs)).clone());
        plain.getVertexInputs().put(OUTPUT, List.of("average"));
        plain.setNetworkOutputs(outputs);
    }

    private static String last(List<String> names) {
        return names.get(names.size() - 1);
    }

    /** An output layer becomes a layer with its activation, and a loss behind it. */
    private static String split(ComputationGraphConfiguration conf, String answer) {
        LayerVertex vertex = (LayerVertex) conf.getVertices().get(answer);
        if (!(vertex.getLayerConf().getLayer() instanceof OutputLayer layer)) {
            throw new IllegalArgumentException(
                    "a late average needs an OutputLayer, got "
                            + vertex.getLayerConf().getLayer().getClass().getSimpleName());
        }
        NeuralNetConfiguration behind = vertex.getLayerConf().clone();
        LossLayer loss =
                new LossLayer.Builder(layer.getLossFn()).activation(Activation.IDENTITY).build();
        loss.setNIn(layer.getNOut());
        loss.setNOut(layer.getNOut());
        behind.setLayer(loss);
        vertex.getLayerConf().setLayer(withoutLoss(layer));
        String name = answer + "-loss";
        loss.setLayerName(name);
        conf.getVertices().put(name, new LayerVertex(behind, null));
        conf.getVertexInputs().put(name, List.of(answer));
        return name;
    }

    /** With all its other settings. */
    private static DenseLayer withoutLoss(OutputLayer layer) {
        ObjectMapper mapper = NeuralNetConfiguration.mapper();
        try {
            ObjectNode settings = (ObjectNode) mapper.readTree(mapper.writeValueAsString(layer));
            settings.remove("lossFn");
            settings.put("@class", DenseLayer.class.getName());
            return mapper.treeToValue(settings, DenseLayer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
