package org.ogm4j.study.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.ogm4j.study.network.layer.CrossAttention;
import org.ogm4j.study.network.layer.PositionEmbedding;
import org.ogm4j.study.network.layer.TokenNorm;
import org.ogm4j.study.network.layer.Tokens;
import org.ogm4j.study.network.layer.TransformerBlock;

/** Fusions of tokens, [m, d, T] from each encoder. Each adds the output too. */
final class TokenFusion {

    private static final int TIME = 2;
    private static final int BLOCKS = 4;

    private TokenFusion() {}

    /**
     * Two streams: each modality's tokens ask the other's, and add what they get; then the means
     * over tokens side by side [m, 2 d], and the output. Where the other's tokens are 0, a
     * modality's own pass as they are.
     *
     * @param both with features of one size d
     */
    static void crossAttention(GraphBuilder graph, List<Branch> both, Answer answer) {
        int width = both.get(0).width();
        for (int i = 0; i < 2; i++) {
            String name = both.get(i).name();
            String own = both.get(i).tokensVertex();
            String other = both.get(1 - i).tokensVertex();
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
            Tokens.mean(graph, "mean-" + name, "attended-" + name, both.get(i).tokens());
        }
        graph.addVertex(
                "fusion",
                new MergeVertex(),
                "mean-" + both.get(0).name(),
                "mean-" + both.get(1).name());
        FeatureFusion.head(graph, "fusion", answer);
    }

    /**
     * One stream: the tokens of all as one sequence [m, d, T], with an embedding for each place in
     * it, which also tells the modalities apart; four transformer blocks, layer norm, the mean over
     * tokens and the output.
     *
     * @param branches with features of one size d
     */
    static void selfAttention(GraphBuilder graph, List<Branch> branches, Answer answer) {
        int width = branches.get(0).width();
        int all = branches.stream().mapToInt(Branch::tokens).sum();
        MergeVertex joint = new MergeVertex();
        joint.setMergeAxis(TIME);
        graph.addVertex(
                "joint", joint, branches.stream().map(Branch::tokensVertex).toArray(String[]::new));
        graph.addLayer("joint-position", new PositionEmbedding(width, all), "joint");
        String end = "joint-position";
        for (int i = 1; i <= BLOCKS; i++) {
            TransformerBlock.add(graph, "block-" + i, end, width, all, "block-" + i);
            end = "block-" + i;
        }
        graph.addLayer("joint-norm", new TokenNorm(width), end);
        Tokens.mean(graph, "fusion", "joint-norm", all);
        FeatureFusion.head(graph, "fusion", answer);
    }
}
