package org.ogm4j.testing;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A layer of a user's own: adds a learned vector to each token of [m, d, T]. */
public final class PositionEmbedding extends SameDiffLayer {

    private static final long serialVersionUID = 1L;

    @JsonProperty private int size;
    @JsonProperty private int tokens;

    /** For JSON. */
    @SuppressWarnings("unused")
    private PositionEmbedding() {}

    /** For d features of T tokens. */
    public PositionEmbedding(int size, int tokens) {
        this.size = size;
        this.tokens = tokens;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(size, tokens);
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.clear();
        params.addBiasParam("position", 1, size, tokens);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        params.get("position").assign(0.1);
    }

    @Override
    public SDVariable defineLayer(
            SameDiff sameDiff, SDVariable x, Map<String, SDVariable> parameters, SDVariable mask) {
        return x.add(parameters.get("position"));
    }
}
