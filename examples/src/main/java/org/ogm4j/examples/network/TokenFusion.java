package org.ogm4j.examples.network;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;

/** Fusions of tokens, [m, d, T] from each encoder. Each adds the output too. */
final class TokenFusion {

    private static final int TIME = 2;
    private static final int BLOCKS = 4;

    private TokenFusion() {}

    /**
     * Two streams: each modality's tokens ask the other's, and add what they get; then the means
     * over tokens side by side [m, 2 d], and a softmax layer. Where the other's tokens are 0, a
     * modality's own pass as they are.
     *
     * @param width d
     * @param tokens T of each modality
     */
    static void crossAttention(
            GraphBuilder graph, int width, Map<Modality, Integer> tokens, int classes) {
        for (Modality modality : Modality.values()) {
            String name = modality.input();
            String own = modality.tokens();
            String other = modality.other().tokens();
            graph.addVertex(
                    "attention-of-" + name,
                    new CrossAttention(width, TransformerBlock.HEADS, TransformerBlock.HEAD_SIZE),
                    own,
                    other,
                    other);
            graph.addVertex(
                    "attended-" + name,
                    new ElementWiseVertex(ElementWiseVertex.Op.Add),
                    own,
                    "attention-of-" + name);
            Tokens.mean(graph, "mean-" + name, "attended-" + name, tokens.get(modality));
        }
        graph.addVertex("fusion", new MergeVertex(), "mean-audio", "mean-visual");
        FeatureFusion.head(graph, "fusion", classes);
    }

    /**
     * One stream: the tokens of both as one sequence [m, d, T], audio first, with an embedding for
     * each place in it, which also tells the modalities apart; four transformer blocks, layer norm,
     * the mean over tokens and a softmax layer.
     *
     * @param width d
     * @param tokens of each modality, T in all
     */
    static void selfAttention(
            GraphBuilder graph, int width, Map<Modality, Integer> tokens, int classes) {
        int all = tokens.get(Modality.AUDIO) + tokens.get(Modality.VISUAL);
        MergeVertex joint = new MergeVertex();
        joint.setMergeAxis(TIME);
        graph.addVertex("joint", joint, Modality.AUDIO.tokens(), Modality.VISUAL.tokens());
        graph.addLayer("joint-position", new PositionEmbedding(width, all), "joint");
        String end = "joint-position";
        for (int i = 1; i <= BLOCKS; i++) {
            TransformerBlock.add(graph, "block-" + i, end, width, all, "block-" + i);
            end = "block-" + i;
        }
        graph.addLayer("joint-norm", new TokenNorm(width), end);
        Tokens.mean(graph, "fusion", "joint-norm", all);
        FeatureFusion.head(graph, "fusion", classes);
    }
}
