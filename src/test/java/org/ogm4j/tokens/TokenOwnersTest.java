package org.ogm4j.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Whose tokens a vertex of a trunk outputs, kind by kind. */
class TokenOwnersTest {

    private static final TokenRange AUDIO = new TokenRange("audio", "audio_fc");
    private static final TokenRange VISUAL = new TokenRange("visual", "visual_fc");
    private static final List<TokenRange> BOTH = List.of(AUDIO, VISUAL);
    private static final List<TokenRange> SEVERAL = List.of(new TokenRange(null, "end"));
    private static final List<TokenRange> NONE = List.of();

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(Fusions.attention(), BOTH),
                Arguments.of(Nets.layer(4), BOTH),
                Arguments.of(Nets.lstm(4), BOTH),
                Arguments.of(new ActivationLayer(Activation.RELU), BOTH),
                Arguments.of(convolution(1), BOTH),
                Arguments.of(new RnnOutputLayer.Builder(LossFunction.MSE).nOut(4).build(), BOTH),
                Arguments.of(convolution(2), SEVERAL),
                Arguments.of(new Subsampling1DLayer.Builder(2, 2, 0).build(), SEVERAL),
                Arguments.of(
                        new LearnedSelfAttentionLayer.Builder()
                                .nIn(4)
                                .nOut(4)
                                .nHeads(1)
                                .nQueries(2)
                                .projectInput(true)
                                .build(),
                        SEVERAL),
                Arguments.of(new GlobalPoolingLayer(PoolingType.AVG), NONE),
                Arguments.of(new LastTimeStep(Nets.lstm(4)), NONE),
                Arguments.of(Nets.output(), NONE),
                Arguments.of(Nets.loss(), NONE));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void ofALayer(Layer layer, List<TokenRange> tokens) {
        assertEquals(tokens, trace(layer, "joined").tokensOf("end"));
    }

    static Stream<Arguments> vertices() {
        return Stream.of(
                Arguments.of(new ScaleVertex(2), BOTH),
                Arguments.of(new ReshapeVertex('c', new int[] {-1, 4, 7}, null), BOTH),
                Arguments.of(new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), BOTH),
                Arguments.of(new LastTimeStepVertex("audio"), NONE));
    }

    @ParameterizedTest
    @MethodSource("vertices")
    void ofAVertexWithOneInput(GraphVertex vertex, List<TokenRange> tokens) {
        assertEquals(tokens, trace(vertex, "joined").tokensOf("end"));
    }

    @Test
    void ofSequencesOneBehindTheOther() {
        assertEquals(BOTH, trace(new ScaleVertex(2), "joined").tokensOf("joined"));
        assertEquals(
                List.of(VISUAL, AUDIO, VISUAL),
                trace(Fusions.joined(), "visual_fc", "joined").tokensOf("end"));
    }

    @Test
    void ofAttentionThoseOfItsQueries() {
        assertEquals(
                List.of(AUDIO),
                trace(Fusions.cross(), "audio_fc", "joined", "joined").tokensOf("end"));
        assertEquals(
                BOTH, trace(Fusions.cross(), "joined", "audio_fc", "audio_fc").tokensOf("end"));
    }

    /** At one place are those of all inputs. */
    @Test
    void ofSumsAndConcatenations() {
        for (GraphVertex vertex : List.of(Nets.add(), new MergeVertex())) {
            assertEquals(BOTH, trace(vertex, "joined", "mixed").tokensOf("end"));
            assertEquals(
                    List.of(new TokenRange(null, "audio_fc")),
                    trace(vertex, "audio_fc", "visual_fc").tokensOf("end"));
            assertEquals(
                    List.of(new TokenRange(null, "audio_fc"), new TokenRange(null, "visual_fc")),
                    trace(vertex, "joined", "turned").tokensOf("end"));
            assertEquals(SEVERAL, trace(vertex, "joined", "audio_fc").tokensOf("end"));
            assertEquals(SEVERAL, trace(vertex, "audio_fc", "joined").tokensOf("end"));
            assertEquals(NONE, trace(vertex, "joined", "mean").tokensOf("end"));
            assertEquals(NONE, trace(vertex, "mean", "joined").tokensOf("end"));
        }
        GraphVertex other = new L2Vertex();
        assertEquals(SEVERAL, trace(other, "joined", "mixed").tokensOf("end"));
    }

    @Test
    void ofOneModalityTheyAreItsOwn() {
        TokenOwners trace = trace(new ScaleVertex(2), "audio_fc");
        assertEquals(List.of(new TokenRange("audio", "audio")), trace.tokensOf("audio"));
        assertEquals(List.of(new TokenRange("audio", "end")), trace.tokensOf("end"));
        assertEquals(NONE, trace(new ScaleVertex(2), "clock").tokensOf("end"));
    }

    private static TokenOwners trace(Object end, String... inputs) {
        var builder =
                Fusions.tokens(new Sgd(0.1))
                        .addInputs("clock")
                        .addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                        .addVertex("turned", Fusions.joined(), "visual_fc", "audio_fc")
                        .addLayer("mixed", Fusions.attention(), "joined")
                        .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "mixed");
        if (end instanceof Layer layer) {
            builder.addLayer("end", layer, inputs);
        } else {
            builder.addVertex("end", (GraphVertex) end, inputs);
        }
        ComputationGraphConfiguration conf =
                builder.setOutputs("end")
                        .allowDisconnected(true)
                        .validateOutputLayerConfig(false)
                        .build();
        return new TokenOwners(
                conf, new ModalityReach(conf, Map.of("audio", "audio", "visual", "visual")));
    }

    private static Convolution1DLayer convolution(int stride) {
        return new Convolution1DLayer.Builder(2, stride).nOut(4).build();
    }
}
