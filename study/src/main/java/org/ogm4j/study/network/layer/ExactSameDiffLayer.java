package org.ogm4j.study.network.layer;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer made of SameDiff operations with the right gradients. DL4J 1.0.0-M2.1 counts the error
 * that comes from behind such a layer twice, so that the gradients of its parameters and all in
 * front of it are doubled, once more at each such layer: here half the error goes in.
 */
public final class ExactSameDiffLayer extends SameDiffLayer {

    private static final long serialVersionUID = 1L;

    private ExactSameDiffLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** As DL4J's configurations of such layers make theirs. */
    static Layer instantiate(
            NeuralNetConfiguration conf,
            int index,
            INDArray view,
            boolean initialize,
            DataType type) {
        ExactSameDiffLayer layer = new ExactSameDiffLayer(conf, type);
        layer.setIndex(index);
        layer.setParamsViewArray(view);
        Map<String, INDArray> parameters =
                conf.getLayer().initializer().init(conf, view, initialize);
        layer.setParamTable(parameters);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
        return super.backpropGradient(error.mul(0.5), workspaces);
    }
}
