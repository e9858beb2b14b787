package org.ogm4j.gate;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.host.Wrapper;
import org.ogm4j.plan.GateConf;

/**
 * Configuration of a layer, as a rule a modality's own head, with a gate at its entrance. It stays
 * a {@link LayerVertex}, because DL4J asks for that type in many places.
 */
public final class GatedLayerVertex extends LayerVertex implements Wrapper {

    private static final long serialVersionUID = 1L;

    private final GateConf gate;

    /**
     * Puts a gate at a layer.
     *
     * @param layerConf the layer
     * @param preProcessor what stands between its input and the layer, or null
     * @param gate the gate
     */
    public GatedLayerVertex(
            @JsonProperty("layerConf") NeuralNetConfiguration layerConf,
            @JsonProperty("preProcessor") InputPreProcessor preProcessor,
            @JsonProperty(value = "gate", required = true) GateConf gate) {
        super(layerConf, preProcessor);
        this.gate = Objects.requireNonNull(gate, "gate");
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
    public LayerVertex plain() {
        return new LayerVertex(getLayerConf(), getPreProcessor());
    }

    @Override
    public GatedLayerVertex clone() {
        LayerVertex copy = (LayerVertex) super.clone();
        return new GatedLayerVertex(copy.getLayerConf(), copy.getPreProcessor(), gate.copy());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatedLayerVertex that
                && super.equals(that)
                && gate.equals(that.gate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), gate);
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int idx,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDatatype) {
        var plain =
                (org.deeplearning4j.nn.graph.vertex.impl.LayerVertex)
                        super.instantiate(
                                graph, name, idx, paramsView, initializeParams, networkDatatype);
        return new GatedLayerVertexImpl(plain, networkDatatype, new Gate(graph, name, gate));
    }
}
