package org.ogm4j.presence;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of the vertex between a network input and all that read it. */
public final class EntranceVertex extends GraphVertex {

    private static final long serialVersionUID = 1L;

    private final boolean nans;

    /**
     * A vertex for one network input.
     *
     * @param nans whether rows of NaN become zeros; else all passes as it is
     */
    public EntranceVertex(@JsonProperty(value = "nans", required = true) boolean nans) {
        this.nans = nans;
    }

    /**
     * Whether rows of NaN become zeros.
     *
     * @return whether they do
     */
    @JsonProperty("nans")
    public boolean nans() {
        return nans;
    }

    @Override
    public EntranceVertex clone() {
        return new EntranceVertex(nans);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntranceVertex that && nans == that.nans;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(nans);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int idx,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDatatype) {
        return new EntranceVertexImpl(graph, name, idx, networkDatatype, nans);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... vertexInputs) {
        return vertexInputs[0];
    }

    /** A copy of the activations, and no parameters. */
    @Override
    public MemoryReport getMemoryReport(InputType... inputTypes) {
        return new LayerMemoryReport.Builder(
                        null, EntranceVertex.class, inputTypes[0], inputTypes[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public String toString() {
        return "EntranceVertex(nans=" + nans + ")";
    }
}
