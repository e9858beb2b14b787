package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.RowWeights;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Reference;

/** The exact noise: for given z, through a gate, and its covariance over many draws. */
class SgdNoiseReferenceTest {

    private static final double RTOL = 1e-10;
    private static final double ATOL = 1e-14;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void forGivenZ(int index) {
        JsonNode reference = Reference.cases("sgd_noise.json").get(index);
        double[][] g = perExample(Nets.init(network(reference)), reference);
        double[] z = Reference.vector(reference.get("z"));
        double k = reference.get("k").asDouble();

        double[] ones = new double[g.length];
        Arrays.fill(ones, 1);
        Compare.close(
                Reference.vector(reference.get("gradient_mean")), mean(g, ones), RTOL, ATOL, "g");

        // the reference has no Bessel factor: a scale that takes it out again
        double withoutBessel = Math.sqrt((z.length - 1.0) / z.length);
        Compare.close(
                Reference.vector(reference.get("gradient_modulated")),
                mean(g, RowWeights.of(k, withoutBessel, z)),
                RTOL,
                ATOL,
                "k g + h");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void throughAGateItIsTheSumOfPerExamplePasses(int index) {
        JsonNode reference = Reference.cases("sgd_noise.json").get(index);
        double k = reference.get("k").asDouble();
        double[][] g = perExample(Nets.init(network(reference)), reference);
        ComputationGraph gated =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .rule(rho -> k)
                                .noise(GradientNoise.sgdCovariance().scaledBy(1.7))
                                .seed(99),
                        network(reference));
        setParameters(gated, reference);

        double[] actual = flat(Gradients.of(gated, batch(reference)), g.length);
        double[] weights = RowWeights.of(k, 1.7, CounterGaussian.draw(99, 0, 0, g.length));
        Compare.close(mean(g, weights), actual, 1e-12, ATOL, "k g + h through a gate");
    }

    /**
     * 100,000 draws. An entry (a, b) of the sample covariance of Gaussians has variance {@code
     * (S_aa S_bb + S_ab^2)/n}; bounds are 5 such standard errors, and 5 for the mean: with at most
     * 171 comparisons a case a false alarm has probability 1e-4 for a random seed.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void covarianceOverManyDraws(int index) {
        JsonNode reference = Reference.cases("sgd_noise.json").get(index);
        double[][] g = perExample(Nets.init(network(reference)), reference);
        int m = g.length;
        int size = g[0].length;
        double bessel = m / (m - 1.0);
        double[][] covariance =
                Reference.array(reference.get("covariance")).mul(bessel).toDoubleMatrix();
        double[] sum = new double[size];
        double[][] products = new double[size][size];
        int n = 100_000;
        for (int draw = 0; draw < n; draw++) {
            double[] h = mean(g, RowWeights.of(0, 1, CounterGaussian.draw(11, draw, 0, m)));
            for (int a = 0; a < size; a++) {
                sum[a] += h[a];
                for (int b = 0; b <= a; b++) {
                    products[a][b] += h[a] * h[b];
                }
            }
        }
        for (int a = 0; a < size; a++) {
            assertEquals(0, sum[a] / n, 5 * Math.sqrt(covariance[a][a] / n), "mean");
            for (int b = 0; b <= a; b++) {
                double squares =
                        covariance[a][a] * covariance[b][b] + covariance[a][b] * covariance[a][b];
                double error = Math.sqrt(squares / n);
                assertEquals(covariance[a][b], products[a][b] / n, 5 * error, a + "," + b);
            }
        }
    }

    private static ComputationGraphConfiguration network(JsonNode reference) {
        long[] shape = Reference.array(reference.get("encoder").get("W")).shape();
        long other = reference.get("other_modality_features").get(0).size();
        return Nets.base()
                .graphBuilder()
                .addInputs("u", "other")
                .addLayer("u_fc", new DenseLayer.Builder().nOut(shape[1]).build(), "u")
                .addLayer("other_fc", Nets.linear((int) other), "other")
                .addVertex("concat", new MergeVertex(), "u_fc", "other_fc")
                .addLayer("out", Nets.output(reference.get("head").get("b").size()), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(shape[0]), InputType.feedForward(other))
                .build();
    }

    private static MultiDataSet batch(JsonNode reference) {
        return new MultiDataSet(
                new INDArray[] {
                    Reference.array(reference.get("inputs")),
                    Reference.array(reference.get("other_modality_features"))
                },
                new INDArray[] {
                    Reference.oneHot(reference.get("labels"), reference.get("head").get("b").size())
                });
    }

    private static void setParameters(ComputationGraph graph, JsonNode reference) {
        assign(graph, "u_fc", reference.get("encoder"));
        assign(graph, "out", reference.get("head"));
        INDArray identity = graph.getLayer("other_fc").getParam("W");
        identity.assign(Nd4j.eye(identity.size(0)).castTo(DataType.DOUBLE));
        graph.getLayer("other_fc").getParam("b").assign(0);
    }

    private static void assign(ComputationGraph graph, String layer, JsonNode params) {
        for (String name : new String[] {"W", "b"}) {
            INDArray param = graph.getLayer(layer).getParam(name);
            param.assign(Reference.array(params.get(name)).reshape(param.shape()));
        }
    }

    private static double[][] perExample(ComputationGraph graph, JsonNode reference) {
        setParameters(graph, reference);
        return Arrays.stream(Gradients.perExample(graph, batch(reference)))
                .map(gradient -> flat(gradient, 1))
                .toArray(double[][]::new);
    }

    /** W row-major, then b. */
    private static double[] flat(Map<String, INDArray> gradient, int examples) {
        INDArray w = gradient.get("u_fc_W").dup('c');
        return Nd4j.concat(0, w.reshape(w.length()), gradient.get("u_fc_b").reshape(-1))
                .div(examples)
                .toDoubleVector();
    }

    private static double[] mean(double[][] g, double[] weights) {
        double[] mean = new double[g[0].length];
        for (int i = 0; i < g.length; i++) {
            for (int a = 0; a < mean.length; a++) {
                mean[a] += weights[i] * g[i][a] / g.length;
            }
        }
        return mean;
    }
}
