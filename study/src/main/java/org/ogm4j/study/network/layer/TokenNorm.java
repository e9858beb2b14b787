package org.ogm4j.study.network.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Layer norm of each token of a sequence [m, d, T] over its d values, with a gain and a bias for
 * each. They are bias parameters to DL4J, so that no weight decay pulls at them.
 *
 * <p>DL4J's own operation adds nothing to the variance, which explodes where a token is constant.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros, Hinton: Layer Normalization</a>
 */
public final class TokenNorm extends TokenLayer {

    private static final long serialVersionUID = 1L;

    private static final double EPSILON = 1e-5;
    private static final String GAIN = "gain";
    private static final String BIAS = "bias";

    @JsonProperty private int size;

    /** For JSON. */
    @SuppressWarnings("unused")
    private TokenNorm() {}

    /**
     * A new layer.
     *
     * @param size d
     */
    public TokenNorm(int size) {
        this.size = size;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.clear();
        params.addBiasParam(GAIN, 1, size, 1);
        params.addBiasParam(BIAS, 1, size, 1);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        params.get(GAIN).assign(1);
        params.get(BIAS).assign(0);
    }

    @Override
    public SDVariable defineLayer(
            SameDiff sameDiff, SDVariable x, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable centred = x.sub(x.mean(true, 1));
        SDVariable variance = sameDiff.math().square(centred).mean(true, 1);
        return centred.div(sameDiff.math().sqrt(variance.add(EPSILON)))
                .mul(parameters.get(GAIN))
                .add(parameters.get(BIAS));
    }
}
