package org.ogm4j.tokens;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Whose tokens a shared vertex works on.
 *
 * @param output those that it outputs
 * @param attention of attention with projections the tokens of queries, keys and values; empty for
 *     any other vertex
 */
public record TokenPlan(
        @JsonProperty(value = "output", required = true) List<TokenRange> output,
        @JsonProperty("attention") List<List<TokenRange>> attention)
        implements Serializable {

    /** Checks what JSON may lack. */
    public TokenPlan {
        output = List.copyOf(output);
        attention = attention == null ? List.of() : List.copyOf(attention);
    }

    /**
     * Plans one vertex.
     *
     * @param vertex its configuration
     * @param name its name
     * @param reach which modality reaches what
     * @param owners whose tokens are where
     * @return the plan
     */
    public static TokenPlan of(
            GraphVertex vertex, String name, ModalityReach reach, TokenOwners owners) {
        List<TokenRange> output = owners.tokensOf(name);
        boolean self =
                vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof SelfAttentionLayer attention
                        && attention.isProjectInput();
        if (self) {
            return new TokenPlan(
                    output, Collections.nCopies(3, owners.tokensOf(reach.inputsOf(name).get(0))));
        }
        boolean cross = vertex instanceof AttentionVertex attention && attention.isProjectInput();
        return new TokenPlan(
                output,
                cross ? reach.inputsOf(name).stream().map(owners::tokensOf).toList() : List.of());
    }

    /**
     * Whether the vertex is attention with projections.
     *
     * @return whether its gradient can be taken apart by the tokens of queries, keys and values
     */
    public boolean isAttention() {
        return !attention.isEmpty();
    }
}
