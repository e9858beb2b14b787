package org.ogm4j.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.examples.network.Modality;

/**
 * A network of its own of those vertices that both modalities reach.
 *
 * @param graph reads the ends of the encoders; its parameters are 0
 * @param modalityOfEnd whose each of its inputs is
 */
record ClassifierPart(ComputationGraph graph, Map<String, Modality> modalityOfEnd) {

    /** Cuts it out of a network that is not modulated. */
    static ClassifierPart of(ComputationGraphConfiguration whole) {
        // DL4J's clone forgets the axis of a merge and the updater of an attention vertex
        ComputationGraphConfiguration conf = ComputationGraphConfiguration.fromJson(whole.toJson());
        Map<String, Modality> ends = modalityOfEnds(conf);
        Map<String, Set<Modality>> reached = reached(conf);
        conf.getVertices().keySet().removeIf(vertex -> reached.get(vertex).size() == 1);
        conf.getVertexInputs().keySet().retainAll(conf.getVertices().keySet());
        conf.setNetworkInputs(new ArrayList<>(ends.keySet()));
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        conf.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        conf.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        ComputationGraph graph = new ComputationGraph(conf);
        long parameters =
                conf.getVertices().values().stream().mapToLong(v -> v.numParams(false)).sum();
        // given parameters keep DL4J from drawing some
        graph.init(Nd4j.zeros(DataType.FLOAT, 1, parameters), false);
        return new ClassifierPart(graph, ends);
    }

    /** The vertices where one modality meets the other, and whose each is. */
    static Map<String, Modality> modalityOfEnds(ComputationGraphConfiguration conf) {
        Map<String, Set<Modality>> reached = reached(conf);
        Map<String, Modality> ends = new LinkedHashMap<>();
        conf.getVertices().keySet().stream()
                .filter(vertex -> reached.get(vertex).size() > 1)
                .flatMap(vertex -> conf.getVertexInputs().get(vertex).stream())
                .filter(input -> reached.get(input).size() == 1)
                .forEach(input -> ends.put(input, reached.get(input).iterator().next()));
        return ends;
    }

    /** Which modalities reach each input and vertex. */
    static Map<String, Set<Modality>> reached(ComputationGraphConfiguration conf) {
        Map<String, Set<Modality>> reached = new LinkedHashMap<>();
        for (Modality modality : Modality.values()) {
            reached.put(modality.input(), EnumSet.of(modality));
        }
        conf.getVertices().keySet().forEach(vertex -> reach(conf, vertex, reached));
        return reached;
    }

    private static Set<Modality> reach(
            ComputationGraphConfiguration conf, String vertex, Map<String, Set<Modality>> reached) {
        Set<Modality> known = reached.get(vertex);
        if (known != null) {
            return known;
        }
        Set<Modality> own = EnumSet.noneOf(Modality.class);
        List<String> inputs = conf.getVertexInputs().get(vertex);
        inputs.forEach(input -> own.addAll(reach(conf, input, reached)));
        reached.put(vertex, own);
        return own;
    }
}
