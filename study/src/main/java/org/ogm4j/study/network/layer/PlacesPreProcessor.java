package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Makes a token of each place of a map, [m, d, h, w] to [m, d, h w], or back.
 *
 * @param rows h
 * @param columns w
 * @param toTokens whether to make tokens, else a map
 */
public record PlacesPreProcessor(
        @JsonProperty("rows") int rows,
        @JsonProperty("columns") int columns,
        @JsonProperty("toTokens") boolean toTokens)
        implements InputPreProcessor {

    private static final long serialVersionUID = 1L;

    @Override
    public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr workspaces) {
        return reshaped(input, toTokens, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public INDArray backprop(INDArray output, int batch, LayerWorkspaceMgr workspaces) {
        return reshaped(output, !toTokens, ArrayType.ACTIVATION_GRAD, workspaces);
    }

    private INDArray reshaped(
            INDArray array, boolean tokens, ArrayType type, LayerWorkspaceMgr workspaces) {
        long batch = array.size(0);
        long size = array.size(1);
        INDArray reshaped =
                tokens
                        ? array.reshape('c', batch, size, (long) rows * columns)
                        : array.reshape('c', batch, size, rows, columns);
        return workspaces.dup(type, reshaped, 'c');
    }

    @Override
    public InputType getOutputType(InputType input) {
        return toTokens
                ? InputType.recurrent(
                        ((InputType.InputTypeConvolutional) input).getChannels(),
                        (long) rows * columns)
                : InputType.convolutional(
                        rows, columns, ((InputType.InputTypeRecurrent) input).getSize());
    }

    @Override
    public InputPreProcessor clone() {
        return this;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
            INDArray mask, MaskState state, int batch) {
        return new Pair<>(mask, state);
    }
}
