package org.ogm4j.study.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.ogm4j.study.network.layer.CrossAttention;
import org.ogm4j.study.network.layer.PositionEmbedding;
import org.ogm4j.study.network.layer.TokenNorm;
import org.ogm4j.study.network.layer.Tokens;
import org.ogm4j.study.network.layer.TransformerBlock;

/** Everything that is made of tokens in a row, in double precision. */
class TransformerBlockTest {

    private static final int SIZE = 4;
    private static final int TOKENS = 3;
    private static final double STEP = 1e-5;

    /** DL4J's own layers of SameDiff operations double them. */
    @Test
    void gradientsAreThoseOfTheLoss() {
        ComputationGraph graph = network();
        Nd4j.getRandom().setSeed(2);
        DataSet batch =
                new DataSet(
                        Nd4j.randn(DataType.DOUBLE, 2, SIZE, TOKENS),
                        Nd4j.eye(2).castTo(DataType.DOUBLE));
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.computeGradientAndScore();
        Map<String, INDArray> gradients = new HashMap<>();
        graph.gradient()
                .gradientForVariable()
                .forEach((name, sum) -> gradients.put(name, sum.div(batch.numExamples())));

        for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
            INDArray parameter = entry.getValue();
            for (int sample = 0; sample < 3; sample++) {
                long[] place = place(parameter, sample);
                double expected = slope(graph, batch, parameter, place);
                double actual = gradients.get(entry.getKey()).getDouble(place);
                assertEquals(expected, actual, 1e-8, entry.getKey());
            }
        }
    }

    private static long[] place(INDArray parameter, int sample) {
        long[] place = new long[parameter.rank()];
        for (int dimension = 0; dimension < place.length; dimension++) {
            place[dimension] = (7L * sample + dimension) % parameter.size(dimension);
        }
        return place;
    }

    private static double slope(
            ComputationGraph graph, DataSet batch, INDArray parameter, long[] place) {
        double value = parameter.getDouble(place);
        parameter.putScalar(place, value + STEP);
        double above = graph.score(batch, false);
        parameter.putScalar(place, value - STEP);
        double below = graph.score(batch, false);
        parameter.putScalar(place, value);
        return (above - below) / (2 * STEP);
    }

    @Test
    void theNormGivesEachTokenMeanZeroAndVarianceOne() {
        ComputationGraph graph = network();
        INDArray x = Nd4j.randn(DataType.DOUBLE, 2, SIZE, TOKENS).muli(100);

        INDArray normed = graph.feedForward(x, false).get("norm");

        assertEquals(0, normed.mean(1).norm2Number().doubleValue(), 1e-6);
        assertEquals(1, normed.var(false, 1).meanNumber().doubleValue(), 1e-4);
    }

    /** As where a modality is set to 0: neither NaN nor anything large. */
    @Test
    void aConstantTokenBecomesZero() {
        ComputationGraph graph = network();
        graph.getLayer("position").params().assign(0);
        graph.getLayer("block-attention").params().assign(0);
        graph.getLayer("block-mlp-2").params().assign(0);
        graph.getVertex("across").params().assign(0);

        INDArray normed =
                graph.feedForward(Nd4j.ones(DataType.DOUBLE, 2, SIZE, TOKENS), false).get("norm");

        assertEquals(0, normed.norm2Number().doubleValue());
    }

    private static ComputationGraph network() {
        GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .dataType(DataType.DOUBLE)
                        .updater(new NoOp())
                        .weightInit(WeightInit.XAVIER)
                        .graphBuilder()
                        .addInputs("tokens")
                        .setInputTypes(InputType.recurrent(SIZE, TOKENS));
        graph.addLayer("position", new PositionEmbedding(SIZE, TOKENS), "tokens");
        TransformerBlock.add(graph, "block", "position", SIZE, TOKENS, "block");
        graph.addVertex("across", new CrossAttention(SIZE, 2, 2), "block", "position", "position");
        graph.addLayer("norm", new TokenNorm(SIZE), "across");
        Tokens.mean(graph, "mean", "norm", TOKENS);
        FeatureFusion.head(graph, "mean", Answer.classes(2));
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }
}
