package org.ogm4j.tokens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;

/**
 * Whose tokens the sequences downstream of a fusion are, place by place.
 *
 * <pre>
 * vertex                                    its tokens
 * reached by one modality                   that modality's
 * MergeVertex on the time axis              those of its inputs, one after the other
 * AttentionVertex                           those of its queries
 * self-attention, dense, norm, activation,
 *   reshape, preprocessor                   those of its input
 * sum, product, merge of features           those of its inputs, where these agree, else of several
 * learned queries, another length           of several
 * mean over time, last step, classifier     none
 * features behind the steps (NWC)           none
 * </pre>
 *
 * <p>Attention mixes what tokens say, not whose place they are at: the token at a place stays its
 * modality's through a residual trunk.
 */
public final class TokenOwners {

    /** As {@code MergeVertex} numbers the axes of [m, d, T]. */
    private static final int TIME_AXIS = 2;

    private final ComputationGraphConfiguration conf;
    private final ModalityReach reach;
    private final OutputTypes types;
    private final Map<String, List<TokenRange>> ranges = new LinkedHashMap<>();

    /**
     * Walks the network.
     *
     * @param conf a network that is not modulated
     * @param reach which modality reaches what
     */
    public TokenOwners(ComputationGraphConfiguration conf, ModalityReach reach) {
        this.conf = conf;
        this.reach = reach;
        types = new OutputTypes(conf);
        for (String vertex : reach.inOrder()) {
            ranges.put(vertex, reach.isFused(vertex) ? fused(vertex) : own(vertex));
        }
    }

    /**
     * The tokens that a vertex outputs.
     *
     * @param vertex a vertex or network input
     * @return ranges in the order of time; empty after the last sequence of a trunk. For a vertex
     *     of one modality one range, also if it should not output a sequence
     */
    public List<TokenRange> tokensOf(String vertex) {
        return ranges.get(vertex);
    }

    private List<TokenRange> own(String vertex) {
        return reach.modalitiesOf(vertex).isEmpty()
                ? List.of()
                : List.of(new TokenRange(reach.modalitiesOf(vertex).iterator().next(), vertex));
    }

    private List<TokenRange> fused(String name) {
        GraphVertex vertex = conf.getVertices().get(name);
        List<String> inputs = reach.inputsOf(name);
        if (types.isChannelsLast(name) || inputs.stream().anyMatch(types::isChannelsLast)) {
            return List.of(); // steps are on another axis
        }
        if (vertex instanceof MergeVertex merge
                && merge.getMergeAxis() == TIME_AXIS
                && !isImage(inputs.get(0))) {
            return inputs.stream().flatMap(input -> tokensOf(input).stream()).toList();
        }
        if (vertex instanceof AttentionVertex) {
            return tokensOf(inputs.get(0));
        }
        Layer layer = vertex instanceof LayerVertex own ? own.getLayerConf().getLayer() : null;
        if (changesLength(layer)) {
            return List.of(new TokenRange(null, name));
        }
        if (endsSequence(layer) || vertex instanceof LastTimeStepVertex) {
            return List.of();
        }
        if (vertex instanceof ReshapeVertex reshape && reshape.getNewShape().length == 2) {
            return List.of(); // rows of examples, not of tokens
        }
        boolean keeps =
                layer != null
                        || vertex instanceof PreprocessorVertex
                        || vertex instanceof ReshapeVertex;
        return keeps || inputs.size() == 1 ? tokensOf(inputs.get(0)) : joined(name, vertex, inputs);
    }

    private boolean isImage(String name) {
        return types.of(name).filter(type -> Formats.of(type).rank() > 3).isPresent();
    }

    private static boolean changesLength(Layer layer) {
        return layer instanceof LearnedSelfAttentionLayer
                || layer instanceof Subsampling1DLayer
                || (layer instanceof Convolution1DLayer convolution
                        && convolution.getStride()[0] != 1);
    }

    private static boolean endsSequence(Layer layer) {
        boolean classifier =
                (layer instanceof BaseOutputLayer && !(layer instanceof RnnOutputLayer))
                        || layer instanceof LossLayer;
        return classifier || layer instanceof GlobalPoolingLayer || layer instanceof LastTimeStep;
    }

    /** Place by place; where inputs have different owners, the token is of several. */
    private List<TokenRange> joined(String name, GraphVertex vertex, List<String> inputs) {
        List<TokenRange> first = tokensOf(inputs.get(0));
        boolean known = vertex instanceof ElementWiseVertex || vertex instanceof MergeVertex;
        boolean sameLength =
                inputs.stream().allMatch(input -> tokensOf(input).size() == first.size());
        if (first.isEmpty() || inputs.stream().anyMatch(input -> tokensOf(input).isEmpty())) {
            return List.of();
        }
        if (!known || !sameLength) {
            return List.of(new TokenRange(null, name));
        }
        List<TokenRange> joined = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int place = i;
            String owner = first.get(i).owner();
            boolean agree =
                    inputs.stream()
                            .allMatch(
                                    input ->
                                            Objects.equals(
                                                    tokensOf(input).get(place).owner(), owner));
            joined.add(new TokenRange(agree ? owner : null, first.get(i).of()));
        }
        return joined;
    }
}
