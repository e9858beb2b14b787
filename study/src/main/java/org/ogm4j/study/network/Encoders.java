package org.ogm4j.study.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.ogm4j.study.network.layer.ConvBlocks;
import org.ogm4j.study.network.layer.Tokens;

/** Adds the encoders to a graph. */
final class Encoders {

    private static final int WORD = 32;

    private Encoders() {}

    /**
     * Adds an encoder, with no vertex behind the end that is asked for.
     *
     * @param dropout share of the end's numbers that training sets to 0; 0 for none
     */
    static void build(GraphBuilder graph, Branch branch, EncoderEnd end, double dropout) {
        String last = end.vertex(branch.name());
        String encoded = dropout > 0 ? branch.name() + "-encoded" : last;
        switch (branch.size().kind()) {
            case CNN -> cnn(graph, branch, end, encoded);
            case RESNET18 ->
                    endMap(graph, ResNet18.map(graph, branch.name()), branch, end, encoded);
            case TRANSFORMER -> transformer(graph, branch, end, encoded);
            case DENSE -> dense(graph, branch, branch.name(), encoded);
            case LSTM -> lstm(graph, branch, end, encoded);
            default -> throw new AssertionError(branch.size().kind());
        }
        if (dropout > 0) {
            graph.addLayer(last, new DropoutLayer.Builder(1 - dropout).build(), encoded);
        }
    }

    private static void cnn(GraphBuilder graph, Branch branch, EncoderEnd end, String last) {
        String map = CnnEncoder.build(graph, branch);
        if (branch.size().sizes() == null) {
            endMap(graph, map, branch, end, last);
        } else {
            dense(graph, branch, map, last);
        }
    }

    private static void endMap(
            GraphBuilder graph, String map, Branch branch, EncoderEnd end, String last) {
        if (end == EncoderEnd.FEATURES) {
            ConvBlocks.globalAverage(graph, last, map);
        } else {
            Tokens.fromMap(
                    graph,
                    last,
                    map,
                    branch.size().kind() == EncoderKind.CNN
                            ? CnnEncoder.map(branch)
                            : ResNet18.map(branch.grid()));
        }
    }

    private static void transformer(
            GraphBuilder graph, Branch branch, EncoderEnd end, String last) {
        if (end == EncoderEnd.TOKENS) {
            TransformerEncoder.build(graph, branch, last);
        } else {
            TransformerEncoder.build(graph, branch, branch.tokensVertex());
            Tokens.mean(graph, last, branch.tokensVertex(), branch.tokens());
        }
    }

    private static void dense(GraphBuilder graph, Branch branch, String input, String last) {
        String from = input;
        int count = branch.layers().size();
        for (int i = 0; i < count; i++) {
            String name = i == count - 1 ? last : "%s-%d".formatted(branch.name(), i + 1);
            graph.addLayer(
                    name,
                    new DenseLayer.Builder()
                            .nOut(branch.layers().get(i))
                            .activation(Activation.RELU)
                            .build(),
                    from);
            from = name;
        }
    }

    /** Steps of the last layer as tokens; of these the last one that is not masked as features. */
    private static void lstm(GraphBuilder graph, Branch branch, EncoderEnd end, String last) {
        String from = branch.indices() ? words(graph, branch, WORD) : branch.name();
        int count = branch.layers().size();
        for (int i = 0; i < count; i++) {
            boolean isEnd = end == EncoderEnd.TOKENS && i == count - 1;
            String name = isEnd ? last : "%s-%d".formatted(branch.name(), i + 1);
            graph.addLayer(
                    name,
                    new LSTM.Builder()
                            .nOut(branch.layers().get(i))
                            .activation(Activation.TANH)
                            .weightInit(WeightInit.XAVIER)
                            .build(),
                    from);
            from = name;
        }
        if (end == EncoderEnd.FEATURES) {
            graph.addVertex(last, new LastTimeStepVertex(branch.name()), from);
        }
    }

    /** A learned vector for each word: indices [m, 1, T] to [m, d, T]. */
    static String words(GraphBuilder graph, Branch branch, int width) {
        String name = branch.name() + "-words";
        graph.addLayer(
                name,
                new EmbeddingSequenceLayer.Builder()
                        .nOut(width)
                        .weightInit(WeightInit.XAVIER)
                        .build(),
                branch.name());
        return name;
    }
}
