package org.ogm4j.probe;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.host.RandomState;
import org.ogm4j.host.Wrapper;
import org.ogm4j.presence.PresencePlan;

/**
 * Configuration of a layer of a probe: a layer like any other, but the network does not notice it.
 * Its gradient ends where the probe begins, and it leaves ND4J's random stream as it found it.
 */
public final class ProbeVertex extends LayerVertex implements Wrapper {

    private static final long serialVersionUID = 1L;

    private final boolean stopsGradient;
    private final String judge;
    private final PresencePlan presence;

    /**
     * A layer of a probe.
     *
     * @param layerConf the layer
     * @param preProcessor what stands between its input and the layer, or null
     * @param stopsGradient whether it is the first, which reads the network itself
     * @param judge of the last, the classifier: the output whose labels it is trained with; else
     *     null
     * @param presence of a classifier: how to tell which examples have its modality, since it
     *     learns from no others; null: all have it
     */
    public ProbeVertex(
            @JsonProperty("layerConf") NeuralNetConfiguration layerConf,
            @JsonProperty("preProcessor") InputPreProcessor preProcessor,
            @JsonProperty("stopsGradient") boolean stopsGradient,
            @JsonProperty("judge") String judge,
            @JsonProperty("presence") PresencePlan presence) {
        super(layerConf, preProcessor);
        this.stopsGradient = stopsGradient;
        this.judge = judge;
        this.presence = presence;
    }

    /**
     * Whether the gradient ends here.
     *
     * @return whether it does
     */
    @JsonProperty("stopsGradient")
    public boolean stopsGradient() {
        return stopsGradient;
    }

    /**
     * The output whose labels a classifier is trained with.
     *
     * @return its name, null for any other layer
     */
    @JsonProperty("judge")
    public String judge() {
        return judge;
    }

    /**
     * How to tell which examples have the modality.
     *
     * @return null if all have it, or for a layer that is no classifier
     */
    @JsonProperty("presence")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public PresencePlan presence() {
        return presence;
    }

    @Override
    public LayerVertex plain() {
        return new LayerVertex(getLayerConf(), getPreProcessor());
    }

    @Override
    public ProbeVertex clone() {
        LayerVertex copy = (LayerVertex) super.clone();
        return new ProbeVertex(
                copy.getLayerConf(), copy.getPreProcessor(), stopsGradient, judge, presence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProbeVertex that
                && super.equals(that)
                && stopsGradient == that.stopsGradient
                && Objects.equals(judge, that.judge)
                && Objects.equals(presence, that.presence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), stopsGradient, judge, presence);
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int idx,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDatatype) {
        RandomState before = RandomState.now();
        var plain =
                (org.deeplearning4j.nn.graph.vertex.impl.LayerVertex)
                        super.instantiate(
                                graph, name, idx, paramsView, initializeParams, networkDatatype);
        before.restore();
        return new ProbeVertexImpl(plain, networkDatatype, stopsGradient, judge, presence);
    }
}
