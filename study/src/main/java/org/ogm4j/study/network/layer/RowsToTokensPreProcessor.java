package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a dense layer made of T tokens per example back to tokens: [m T, d] to [m, d, T].
 *
 * <p>It works m out, because DL4J passes the size of the batch that the network was trained with
 * last, also where it is asked about another one.
 */
public final class RowsToTokensPreProcessor extends FeedForwardToRnnPreProcessor {

    private static final long serialVersionUID = 1L;

    @JsonProperty private final int tokens;

    /**
     * A new one.
     *
     * @param tokens T
     */
    RowsToTokensPreProcessor(@JsonProperty("tokens") int tokens) {
        this.tokens = tokens;
    }

    @Override
    public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr workspaces) {
        return super.preProcess(input, (int) (input.size(0) / tokens), workspaces);
    }

    @Override
    public InputType getOutputType(InputType input) {
        return InputType.recurrent(((InputType.InputTypeFeedForward) input).getSize(), tokens);
    }

    @Override
    public RowsToTokensPreProcessor clone() {
        return new RowsToTokensPreProcessor(tokens);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowsToTokensPreProcessor rows && tokens == rows.tokens;
    }

    @Override
    public int hashCode() {
        return tokens;
    }
}
