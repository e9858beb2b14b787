package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.host.Vertices;

/**
 * The second way to a unimodal loss: a plain network with one more output for each modality and
 * output, a copy of all that comes downstream of the encoders, which reads the others' features
 * times 0.
 */
public final class OwnLosses {

    private final ComputationGraph plain;
    private final Map<String, List<String>> ends;
    private final Map<String, List<String>> outputs;
    private final List<String> labelled = new ArrayList<>();
    private ComputationGraph explicit;

    /**
     * Copies.
     *
     * @param ends of the encoder of each modality
     * @param outputs for each modality those whose losses are its own too
     */
    public OwnLosses(
            ComputationGraph plain,
            Map<String, List<String>> ends,
            Map<String, List<String>> outputs) {
        this(plain, ends, outputs, ends.values().stream().flatMap(List::stream).toList());
    }

    /**
     * Copies for some of the modalities.
     *
     * @param all ends of the encoders of all modalities
     */
    public OwnLosses(
            ComputationGraph plain,
            Map<String, List<String>> ends,
            Map<String, List<String>> outputs,
            Collection<String> all) {
        this.plain = plain;
        this.ends = ends;
        this.outputs = outputs;
        build(all);
    }

    private void build(Collection<String> allEnds) {
        ComputationGraphConfiguration conf = plain.getConfiguration().clone();
        plain.getConfiguration()
                .getVertices()
                .forEach((name, vertex) -> conf.getVertices().put(name, VertexCopy.of(vertex)));
        Set<String> encoders = new LinkedHashSet<>();
        allEnds.forEach(end -> addUpstream(conf, end, encoders));
        Map<String, String> originals = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(conf.getNetworkOutputs());
        labelled.addAll(all);
        for (String modality : ends.keySet()) {
            Set<String> needed = new LinkedHashSet<>();
            for (String output : outputs.get(modality)) {
                addUpstream(conf, output, needed);
                all.add(modality + "-" + output);
                labelled.add(output);
            }
            needed.removeAll(encoders);
            for (String name : needed) {
                copy(conf, modality, name, needed);
                originals.put(modality + "-" + name, name);
            }
        }
        conf.setNetworkOutputs(all);
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        explicit = Nets.init(conf);
        Map<String, INDArray> parameters = plain.paramTable();
        explicit.paramTable()
                .forEach(
                        (name, array) -> {
                            int at = name.lastIndexOf('_');
                            String vertex = name.substring(0, at);
                            String original = originals.getOrDefault(vertex, vertex);
                            array.assign(parameters.get(original + name.substring(at)));
                        });
    }

    private void copy(
            ComputationGraphConfiguration conf, String modality, String name, Set<String> needed) {
        GraphVertex vertex = VertexCopy.of(plain.getConfiguration().getVertices().get(name));
        Vertices.removeDropout(vertex);
        if (vertex instanceof LayerVertex layer) {
            layer.getLayerConf().getLayer().setLayerName(modality + "-" + name);
        }
        List<String> inputs = new ArrayList<>();
        for (String source : conf.getVertexInputs().get(name)) {
            if (needed.contains(source)) {
                inputs.add(modality + "-" + source);
            } else if (ends.get(modality).contains(source)) {
                inputs.add(source);
            } else {
                String zero = modality + "-no-" + source;
                conf.getVertices().put(zero, new ScaleVertex(0));
                conf.getVertexInputs().put(zero, new ArrayList<>(List.of(source)));
                inputs.add(zero);
            }
        }
        conf.getVertices().put(modality + "-" + name, vertex);
        conf.getVertexInputs().put(modality + "-" + name, inputs);
    }

    private static void addUpstream(
            ComputationGraphConfiguration conf, String vertex, Set<String> upstream) {
        if (conf.getVertices().containsKey(vertex)) {
            conf.getVertexInputs()
                    .get(vertex)
                    .forEach(source -> addUpstream(conf, source, upstream));
            upstream.add(vertex);
        }
    }

    /** The network with all losses. */
    public ComputationGraph network() {
        return explicit;
    }

    /** A parameter of the copy of a vertex. */
    public INDArray parameter(String modality, String vertex, String name) {
        return explicit.getLayer(modality + "-" + vertex).getParam(name);
    }

    /** The gradients of the modalities' own losses, by parameter of the plain network. */
    public Map<String, INDArray> gradients(MultiDataSet batch) {
        Nd4j.getRandom().setSeed(5);
        Map<String, INDArray> joint = Gradients.of(plain, batch);
        Nd4j.getRandom().setSeed(5);
        Map<String, INDArray> both = Gradients.of(explicit, repeated(batch));
        Map<String, INDArray> own = new LinkedHashMap<>();
        joint.forEach((name, array) -> own.put(name, both.get(name).sub(array)));
        return own;
    }

    private MultiDataSet repeated(MultiDataSet batch) {
        List<String> outputsOfPlain = plain.getConfiguration().getNetworkOutputs();
        return new MultiDataSet(
                batch.getFeatures(),
                repeated(batch.getLabels(), outputsOfPlain),
                batch.getFeaturesMaskArrays(),
                repeated(batch.getLabelsMaskArrays(), outputsOfPlain));
    }

    private INDArray[] repeated(INDArray[] arrays, List<String> outputsOfPlain) {
        return arrays == null
                ? null
                : labelled.stream()
                        .map(name -> arrays[outputsOfPlain.indexOf(name)])
                        .toArray(INDArray[]::new);
    }

    /** Outputs by modality: the same for all. */
    public static Map<String, List<String>> toAll(Set<String> modalities, List<String> outputs) {
        Map<String, List<String>> same = new LinkedHashMap<>();
        modalities.forEach(modality -> same.put(modality, outputs));
        return same;
    }
}
