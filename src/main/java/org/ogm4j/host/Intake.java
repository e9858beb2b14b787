package org.ogm4j.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Protects the inputs of a vertex from dropout. DL4J lets the last reader of an activation write
 * its dropout over it, and all other readers hold the same array.
 */
public final class Intake {

    private final ComputationGraph graph;
    private final String vertex;
    private final Map<Integer, Boolean> writtenOver = new HashMap<>();

    public Intake(ComputationGraph graph, String vertex) {
        this.graph = graph;
        this.vertex = vertex;
    }

    /**
     * An input that stays as it came.
     *
     * @param input which one, counted from 0
     * @param given the input, before anything is written over it
     * @return the input, or a copy if dropout is about to be written over it
     */
    public INDArray clean(int input, INDArray given, LayerWorkspaceMgr workspaces) {
        return writtenOver.computeIfAbsent(input, this::lastReaderDropsOut)
                ? workspaces.dup(ArrayType.INPUT, given)
                : given;
    }

    /**
     * A bystander does not count as the last reader, so that the others do what they would without.
     */
    private boolean lastReaderDropsOut(int input) {
        String source = graph.getConfiguration().getVertexInputs().get(vertex).get(input);
        GraphVertex last = null;
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex reader = graph.getVertices()[index];
            if (!(reader instanceof Bystander) && inputsOf(reader).contains(source)) {
                last = reader;
            }
        }
        if (last == null
                || !last.hasLayer()
                || graph.getConfiguration().getNetworkInputs().contains(source)) {
            return false;
        }
        last.getLayer().allowInputModification(true);
        return Vertices.layersOf(graph.getConfiguration().getVertices().get(last.getVertexName()))
                .stream()
                .anyMatch(Vertices::dropsOut);
    }

    private List<String> inputsOf(GraphVertex reader) {
        return graph.getConfiguration()
                .getVertexInputs()
                .getOrDefault(reader.getVertexName(), List.of());
    }
}
