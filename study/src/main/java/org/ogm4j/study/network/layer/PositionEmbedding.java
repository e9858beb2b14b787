package org.ogm4j.study.network.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adds a learned vector to each of the T tokens of a sequence [m, d, T]. It is a bias parameter to
 * DL4J, so that no weight decay pulls at it.
 */
public final class PositionEmbedding extends TokenLayer {

    private static final long serialVersionUID = 1L;

    private static final double SCALE = 0.1;
    private static final String POSITION = "position";

    @JsonProperty private int size;
    @JsonProperty private int tokens;

    /** For JSON. */
    @SuppressWarnings("unused")
    private PositionEmbedding() {}

    /**
     * A new layer.
     *
     * @param size d
     * @param tokens T
     */
    public PositionEmbedding(int size, int tokens) {
        this.size = size;
        this.tokens = tokens;
    }

    /** [m, d, T], whatever DL4J takes the input for: behind a merge along time it is wrong. */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(size, tokens);
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.clear();
        params.addBiasParam(POSITION, 1, size, tokens);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        params.get(POSITION).assign(Nd4j.randn(1, size, tokens).muli(SCALE));
    }

    @Override
    public SDVariable defineLayer(
            SameDiff sameDiff, SDVariable x, Map<String, SDVariable> parameters, SDVariable mask) {
        return x.add(parameters.get(POSITION));
    }
}
