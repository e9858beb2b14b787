package org.ogm4j.presence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * A vertex between each network input and all that read it, where rows of NaN may come. Each input
 * gets one, also those without NaN: so DL4J visits all other vertices in the same order as without,
 * and lays out and draws their parameters alike.
 */
public final class Entrances {

    private Entrances() {}

    /**
     * The name of the vertex at a network input.
     *
     * @param input the input
     * @return a name that no other vertex may have
     */
    public static String nameAt(String input) {
        return "entrance-" + input;
    }

    /**
     * Adds them.
     *
     * @param conf changed in place
     * @param plans one per modality; without one that reads rows of NaN, nothing is added
     */
    public static void add(ComputationGraphConfiguration conf, List<PresencePlan> plans) {
        Set<String> nans = new HashSet<>();
        for (PresencePlan plan : plans) {
            nans.addAll(plan.readsNans() ? plan.inputs() : List.of());
        }
        if (nans.isEmpty()) {
            return;
        }
        for (String input : conf.getNetworkInputs()) {
            rewire(conf, input, nameAt(input));
            conf.getVertices().put(nameAt(input), new EntranceVertex(nans.contains(input)));
            conf.getVertexInputs().put(nameAt(input), new ArrayList<>(List.of(input)));
        }
        sortAnew(conf);
    }

    /**
     * Takes them out.
     *
     * @param conf changed in place
     */
    public static void remove(ComputationGraphConfiguration conf) {
        for (Map.Entry<String, GraphVertex> vertex : Map.copyOf(conf.getVertices()).entrySet()) {
            if (vertex.getValue() instanceof EntranceVertex) {
                conf.getVertices().remove(vertex.getKey());
                String input = conf.getVertexInputs().remove(vertex.getKey()).get(0);
                rewire(conf, vertex.getKey(), input);
                sortAnew(conf);
            }
        }
    }

    private static void rewire(ComputationGraphConfiguration conf, String from, String to) {
        for (List<String> sources : conf.getVertexInputs().values()) {
            sources.replaceAll(source -> source.equals(from) ? to : source);
        }
    }

    private static void sortAnew(ComputationGraphConfiguration conf) {
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
    }
}
