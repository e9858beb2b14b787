package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.AdamVariant;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** A whole network against a loop over plain arrays that has only the raw gradient from DL4J. */
class AdamVariantLoopTest {

    private static final int M = 8;
    private static final int STEPS = 10;
    private static final double RATE = 0.01;
    private static final double[] B1 = {0.9, 0.8, 0.7}; // of audio, visual and the head
    private static final double B2 = 0.999;
    private static final double EPS = 1e-3; // large, so that its place shows
    private static final double ALPHA = 0.9;

    private final ComputationGraph plain = Nets.init(conf());
    private final Map<String, INDArray> m = new LinkedHashMap<>();
    private final Map<String, INDArray> v = new LinkedHashMap<>();
    private INDArray headGradient;
    private final double[] lengths = new double[2];
    private double[] lengthsBefore;

    private static ComputationGraphConfiguration conf() {
        ComputationGraphConfiguration conf = Nets.dense();
        List<String> layers = List.of("audio_fc", "visual_fc", "out");
        for (int u = 0; u < layers.size(); u++) {
            LayerVertex vertex = (LayerVertex) conf.getVertices().get(layers.get(u));
            ((BaseLayer) vertex.getLayerConf().getLayer())
                    .setIUpdater(new Adam(RATE, B1[u], B2, EPS));
        }
        return conf;
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void sameParametersAfterTenSteps(Norm norm) {
        AdamVariant variant = AdamVariant.standard();
        ComputationGraph modulated =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .rule(CoefficientRule.tpami2024(ALPHA))
                                .noise(GradientNoise.none())
                                .adam(norm == Norm.LITERAL ? variant.withLiteralNorm() : variant),
                        conf());
        double smallestP = 1;
        double smallestK = 1;
        for (int t = 1; t <= STEPS; t++) {
            MultiDataSet batch = Nets.batch(M, t);
            modulated.fit(batch);
            double[] k = rule(scores(batch));
            double[] p =
                    headGradient == null
                            ? new double[] {1, 1}
                            : ofLeaders(k, rule(pulls(batch, norm)));
            lengthsBefore = lengths.clone();
            step(batch, t, k, p);
            assertReported(modulated, k, p);
            Compare.close(plain.params(), modulated.params(), 1e-9, 1e-12, "step " + t);
            smallestP = Math.min(smallestP, Math.min(p[0], p[1]));
            smallestK = Math.min(smallestK, Math.min(k[0], k[1]));
        }
        assertTrue(smallestP < 0.95, "p must have acted, got " + smallestP);
        assertTrue(smallestK < 0.95, "k must have acted, got " + smallestK);
    }

    private static void assertReported(ComputationGraph graph, double[] k, double[] p) {
        int u = 0;
        for (ModalityStep step :
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities().values()) {
            assertEquals(k[u], step.coefficient(), 1e-9);
            assertEquals(p[u], step.momentCoefficient(), 1e-9);
            u++;
        }
        assertEquals(2, u);
    }

    private void step(MultiDataSet batch, int t, double[] k, double[] p) {
        Map<String, INDArray> gradients = Gradients.of(plain, batch);
        headGradient = gradients.get("out_W").div(M);
        Map<String, INDArray> next = new LinkedHashMap<>();
        for (String name : gradients.keySet()) {
            int u = List.of("audio", "visual", "out").indexOf(name.substring(0, name.indexOf('_')));
            double b1 = B1[u];
            INDArray g = gradients.get(name).div(M);
            INDArray mean = m.computeIfAbsent(name, n -> g.mul(0));
            INDArray square = v.computeIfAbsent(name, n -> g.mul(0));
            mean.muli(b1).addi(g.mul((1 - b1) * (u < 2 ? p[u] : 1)));
            square.muli(B2).addi(g.mul(g).mul(1 - B2));
            INDArray meanHat = mean.div(1 - Math.pow(b1, t));
            double left = 1 - Math.pow(B2, t);
            INDArray step =
                    u < 2
                            ? meanHat.mul(k[u]).div(root(square.div(left).add(EPS)))
                            : meanHat.mul(Math.sqrt(left)).div(root(square).add(EPS));
            next.put(name, parameter(name).sub(step.mul(RATE)));
        }
        next.forEach((name, value) -> parameter(name).assign(value));
    }

    private static INDArray root(INDArray array) {
        return Transforms.sqrt(array, true);
    }

    private INDArray parameter(String name) {
        int at = name.lastIndexOf('_');
        return plain.getLayer(name.substring(0, at)).getParam(name.substring(at + 1));
    }

    private static double[] rule(double[] scores) {
        return Arrays.stream(new double[] {scores[0] / scores[1], scores[1] / scores[0]})
                .map(rho -> rho > 1 ? Math.max(0, 1 - ALPHA * Math.tanh(rho - 1)) : 1)
                .toArray();
    }

    /** What p is by the rule, where k slows a modality too, else 1. */
    private static double[] ofLeaders(double[] k, double[] p) {
        return new double[] {k[0] < 1 ? p[0] : 1, k[1] < 1 ? p[1] : 1};
    }

    private double[] scores(MultiDataSet batch) {
        double[] scores = new double[2];
        for (int u = 0; u < 2; u++) {
            String layer = u == 0 ? "audio_fc" : "visual_fc";
            INDArray features =
                    Transforms.tanh(
                            batch.getFeatures(u)
                                    .mmul(parameter(layer + "_W"))
                                    .addRowVector(parameter(layer + "_b")));
            lengths[u] = features.norm2Number().doubleValue() / Math.sqrt(M);
            INDArray logits =
                    features.mmul(rows(parameter("out_W"), u))
                            .addRowVector(parameter("out_b").div(2));
            INDArray probabilities = Transforms.softmax(logits, true);
            scores[u] = probabilities.mul(batch.getLabels(0)).sumNumber().doubleValue();
        }
        return scores;
    }

    private double[] pulls(MultiDataSet batch, Norm norm) {
        double[] pulls = new double[2];
        for (int u = 0; u < 2; u++) {
            INDArray rows = rows(headGradient, u);
            for (int i = 0; i < M; i++) {
                int label = batch.getLabels(0).getRow(i).argMax().getInt(0);
                double squares = 0;
                for (int d = 0; d < rows.rows(); d++) {
                    squares += Math.pow(RATE * rows.getDouble(d, label), 2);
                }
                pulls[u] += Math.sqrt(squares) / (norm == Norm.LITERAL ? 1 : lengthsBefore[u]);
            }
        }
        return pulls;
    }

    private static INDArray rows(INDArray head, int u) {
        return head.get(
                u == 0 ? NDArrayIndex.interval(0, 4) : NDArrayIndex.interval(4, 11),
                NDArrayIndex.all());
    }
}
