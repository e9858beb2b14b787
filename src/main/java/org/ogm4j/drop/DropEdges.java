package org.ogm4j.drop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.Edge;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.tokens.ModalityReach;

/**
 * Where the features of each modality enter the fusion: the inputs of gates from which a vertex can
 * be reached that several modalities reach. A modality's own output is none: it keeps its features.
 */
public final class DropEdges {

    private final ComputationGraphConfiguration conf;
    private final ModalityReach reach;
    private final Map<String, List<Edge>> edges = new LinkedHashMap<>();
    private final Set<String> leadsToFusion = new HashSet<>();
    private final Set<String> dropped = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param conf the network
     * @param reach which modality reaches what
     * @param classifier the vertices that are of no encoder
     * @param gates for each vertex with a gate the modality of each of its inputs, null for one
     *     that is not an encoder's
     */
    public DropEdges(
            ComputationGraphConfiguration conf,
            ModalityReach reach,
            Set<String> classifier,
            Map<String, List<String>> gates) {
        this.conf = conf;
        this.reach = reach;
        conf.getVertices().keySet().stream().filter(reach::isFused).forEach(this::addUpstream);
        for (Map.Entry<String, List<String>> gate : gates.entrySet()) {
            for (int input = 0; input < gate.getValue().size(); input++) {
                String modality = gate.getValue().get(input);
                if (modality != null && leadsToFusion.contains(gate.getKey())) {
                    edges.computeIfAbsent(modality, name -> new ArrayList<>())
                            .add(new Edge(gate.getKey(), input));
                }
            }
        }
        classifier.stream().filter(leadsToFusion::contains).forEach(this::checkInputs);
        for (String vertex : gates.keySet()) {
            if (leadsToFusion.contains(vertex)) {
                checkStoredState(vertex);
                addDownstream(vertex);
            }
        }
    }

    /** For each modality its edges, in the order of the gates. */
    public Map<String, List<Edge>> edges() {
        return edges;
    }

    /** What stands in the way, with the way out. */
    public List<String> problems() {
        return problems;
    }

    private void addUpstream(String vertex) {
        if (conf.getVertices().containsKey(vertex) && leadsToFusion.add(vertex)) {
            reach.inputsOf(vertex).forEach(this::addUpstream);
        }
    }

    private void addDownstream(String vertex) {
        if (dropped.add(vertex)) {
            conf.getVertexInputs().entrySet().stream()
                    .filter(reader -> reader.getValue().contains(vertex))
                    .forEach(reader -> addDownstream(reader.getKey()));
        }
    }

    private void checkInputs(String vertex) {
        for (String source : reach.inputsOf(vertex)) {
            if (conf.getNetworkInputs().contains(source)) {
                problems.add(
                        "features of modality \"%s\" must enter the fusion from a vertex for them to be dropped, got network input \"%s\", which \"%s\" reads: put a ScaleVertex(1) between the two"
                                .formatted(
                                        reach.modalitiesOf(source).iterator().next(),
                                        source,
                                        vertex));
            }
        }
    }

    /** There DL4J runs a recurrent layer without asking its vertex. */
    private void checkStoredState(String vertex) {
        boolean recurrent =
                Vertices.layersOf(conf.getVertices().get(vertex)).stream()
                        .anyMatch(BaseRecurrentLayer.class::isInstance);
        if (recurrent && conf.getBackpropType() == BackpropType.TruncatedBPTT) {
            problems.add(
                    "vertex \"%s\", which reads features that are to be dropped, must not be a recurrent layer with truncated backpropagation, got one: put a ScaleVertex(1) in front of it, or use BackpropType.Standard"
                            .formatted(vertex));
        }
    }

    /**
     * Checks that the scores of a modality are of all its features.
     *
     * @param modality its name
     * @param readouts where its logits come from, its probe aside
     * @param probe the vertex that its probe reads, null for none
     */
    public void checkScores(String modality, List<Readout> readouts, String probe) {
        Set<String> read = new LinkedHashSet<>();
        if (probe != null) {
            read.add(probe);
        }
        for (Readout readout : readouts) {
            if (readout instanceof HeadReadout head) {
                for (Edge edge : head.ownEdges()) {
                    read.add(reach.inputsOf(edge.vertex()).get(edge.input()));
                }
            }
        }
        read.retainAll(dropped);
        for (String vertex : read) {
            problems.add(
                    "score of modality \"%s\" must be read upstream of where its features are dropped, got \"%s\": use score(\"%s\", ScoreSource.zeroOut()), or a probe at the end of the encoder"
                            .formatted(modality, vertex, modality));
        }
    }
}
