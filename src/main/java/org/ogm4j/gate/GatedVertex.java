package org.ogm4j.gate;

import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.host.Wrapper;
import org.ogm4j.plan.GateConf;

/** Configuration of a vertex without a layer, as a rule the fusion, with a gate at its entrance. */
public final class GatedVertex extends GraphVertex implements Wrapper {

    private static final long serialVersionUID = 1L;

    private final GraphVertex underlying;
    private final GateConf gate;

    /**
     * Puts a gate at a vertex.
     *
     * @param underlying the vertex
     * @param gate the gate
     */
    public GatedVertex(
            @JsonProperty(value = "underlying", required = true) GraphVertex underlying,
            @JsonProperty(value = "gate", required = true) GateConf gate) {
        this.underlying = Objects.requireNonNull(underlying, "underlying");
        this.gate = Objects.requireNonNull(gate, "gate");
    }

    /**
     * The vertex without its gate.
     *
     * @return the vertex
     */
    @JsonProperty("underlying")
    public GraphVertex underlying() {
        return underlying;
    }

    /**
     * The gate.
     *
     * @return the gate
     */
    @JsonProperty("gate")
    public GateConf gate() {
        return gate;
    }

    @Override
    public GraphVertex plain() {
        return underlying;
    }

    @Override
    public GatedVertex clone() {
        return new GatedVertex(VertexCopy.of(underlying), gate.copy());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatedVertex that
                && underlying.equals(that.underlying)
                && gate.equals(that.gate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(underlying, gate);
    }

    @Override
    public long numParams(boolean backprop) {
        return underlying.numParams(backprop);
    }

    @Override
    public int minVertexInputs() {
        return underlying.minVertexInputs();
    }

    @Override
    public int maxVertexInputs() {
        return underlying.maxVertexInputs();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int idx,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDatatype) {
        return new GatedVertexImpl(
                underlying.instantiate(
                        graph, name, idx, paramsView, initializeParams, networkDatatype),
                new Gate(graph, name, gate));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... vertexInputs) {
        return underlying.getOutputType(layerIndex, vertexInputs);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputTypes) {
        return underlying.getMemoryReport(inputTypes);
    }

    @Override
    public void setDataType(DataType dataType) {
        underlying.setDataType(dataType);
    }

    @Override
    public String toString() {
        return "GatedVertex(" + underlying + ", modalities=" + gate.modalities() + ")";
    }
}
