package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.AdamVariant;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Nets;

/** The p of the Adam variant follows the lead, not the scale of the features. */
class FirstMomentFactorTest {

    private static final int HIDDEN = 16;
    private static final int INPUTS = 12;

    private static AdamVariant variant(Norm norm) {
        return norm == Norm.LITERAL
                ? AdamVariant.standard().withLiteralNorm()
                : AdamVariant.standard();
    }

    private static List<ModalityStep> lastOf(ComputationGraph graph) {
        return List.copyOf(
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities().values());
    }

    /**
     * One modality's features times c and its rows of the head divided by c: the same function, and
     * the same p, unless the norm is the literal one. With this rule p is 1 / rho for the leader.
     */
    @ParameterizedTest
    @EnumSource(Norm.class)
    void theSameFunctionInOtherUnits(Norm norm) {
        double one = ofLeaderInUnits(norm, 1);
        assertTrue(one > 0 && one != 1, "p must act, got " + one);
        for (double c : new double[] {0.01, 1.3, 40}) {
            double p = ofLeaderInUnits(norm, c);
            double ratio = norm == Norm.SCALE_FREE ? 1 : Math.max(c, 1 / c);
            double found = Math.max(p / one, one / p);
            assertEquals(ratio, found, 1e-6 * ratio, "c = %s: %s, %s".formatted(c, one, p));
        }
    }

    private static double ofLeaderInUnits(Norm norm, double c) {
        ComputationGraphConfiguration conf =
                Nets.dense(Nets.base(new Adam(1e-12)).activation(Activation.IDENTITY));
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(ratio -> 1 / ratio)
                                .adam(variant(norm))
                                .build()
                                .modulate(conf));
        graph.getLayer("visual_fc").params().muli(c);
        rows(graph, 4, 11).divi(c);
        graph.fit(Nets.batch(64, 3));
        graph.fit(Nets.batch(64, 5));
        List<ModalityStep> step = lastOf(graph);
        return step.get(step.get(0).ratio() > 1 ? 0 : 1).momentCoefficient();
    }

    private static INDArray rows(ComputationGraph graph, int from, int to) {
        return graph.getLayer("out")
                .getParam("W")
                .get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    /** Modalities of given strengths and units; class means and noise are Gaussian. */
    private record World(List<Double> strengths, List<Double> units, long seed) {

        MultiDataSet batch(int examples, long draw) {
            Random random = new Random(seed);
            double[][][] means = new double[units.size()][Nets.CLASSES][INPUTS];
            for (double[][] modality : means) {
                for (double[] mean : modality) {
                    Arrays.setAll(mean, i -> random.nextGaussian());
                }
            }
            random.setSeed(draw);
            INDArray labels = Nets.labels(examples, random, DataType.DOUBLE);
            int[] classes = labels.argMax(1).toIntVector();
            INDArray[] features = new INDArray[units.size()];
            for (int u = 0; u < units.size(); u++) {
                double[][] rows = new double[examples][INPUTS];
                for (int i = 0; i < examples; i++) {
                    double[] mean = means[u][classes[i]];
                    for (int j = 0; j < INPUTS; j++) {
                        double x = random.nextGaussian() + strengths.get(u) * mean[j];
                        rows[i][j] = units.get(u) * x;
                    }
                }
                features[u] = Nd4j.createFromArray(rows);
            }
            return new MultiDataSet(features, new INDArray[] {labels});
        }

        ComputationGraphConfiguration network() {
            GraphBuilder builder =
                    Nets.base(new Adam(0.003)).activation(Activation.RELU).graphBuilder();
            String[] ends = new String[units.size()];
            InputType[] types = new InputType[units.size()];
            for (int u = 0; u < ends.length; u++) {
                ends[u] = "fc" + u;
                types[u] = InputType.feedForward(INPUTS);
                builder.addInputs("m" + u)
                        .addLayer(ends[u], new DenseLayer.Builder().nOut(HIDDEN).build(), "m" + u);
            }
            return builder.addVertex("concat", new MergeVertex(), ends)
                    .addLayer("out", Nets.output(), "concat")
                    .setOutputs("out")
                    .setInputTypes(types)
                    .build();
        }

        /** What share of the classes a modality's rows of the head tell alone. */
        double accuracy(ComputationGraph graph, int u) {
            MultiDataSet test = batch(2000, -1);
            INDArray features = graph.feedForward(test.getFeatures(), false).get("fc" + u);
            INDArray bias = graph.getLayer("out").getParam("b").div(units.size());
            INDArray logits =
                    features.mmul(rows(graph, u * HIDDEN, (u + 1) * HIDDEN)).addRowVector(bias);
            return logits.argMax(1)
                    .eq(test.getLabels(0).argMax(1))
                    .castTo(DataType.DOUBLE)
                    .meanNumber()
                    .doubleValue();
        }
    }

    /** What became of one modality in 150 steps. */
    private record Outcome(double accuracy, int slowed, int behind) {}

    private static Outcome train(World world, AdamVariant variant, int watched) {
        ComputationGraphConfiguration conf = world.network();
        ComputationGraph graph =
                Nets.init(
                        variant == null
                                ? conf
                                : ModulatedOptimizer.builder()
                                        .adam(variant)
                                        .build()
                                        .modulate(conf));
        int slowed = 0;
        int behind = 0;
        for (int step = 0; step < 150; step++) {
            graph.fit(world.batch(32, step));
            if (variant != null) {
                ModalityStep weak = lastOf(graph).get(watched);
                behind += weak.ratio() <= 1 ? 1 : 0;
                slowed += weak.momentCoefficient() < 0.13 ? 1 : 0;
                assertTrue(weak.ratio() > 1 || weak.momentCoefficient() == 1, weak.toString());
            }
        }
        return new Outcome(world.accuracy(graph, watched), slowed, behind);
    }

    /** By the literal norm alone, p of it was 0.06 on average: see docs/adr/0022. */
    @Test
    void aWeakModalityAtThreeTimesTheScale() {
        World world = new World(List.of(0.35, 0.6), List.of(3.0, 1.0), 8);
        Outcome plain = train(world, null, 0);
        Outcome scaleFree = train(world, AdamVariant.standard(), 0);
        Outcome literal = train(world, variant(Norm.LITERAL), 0);
        String all = "plain %s, scale-free %s, literal %s".formatted(plain, scaleFree, literal);
        assertTrue(scaleFree.behind() > 100, all);
        assertTrue(scaleFree.slowed() <= 3, all);
        assertTrue(literal.slowed() >= scaleFree.slowed(), all);
        assertTrue(scaleFree.accuracy() > plain.accuracy() - 0.02, all);
    }

    @Test
    void aSensorNetworkWithAWeakThirdModality() {
        World world = new World(List.of(0.6, 0.5, 0.25), List.of(1.0, 1.0, 3.0), 8);
        Outcome plain = train(world, null, 2);
        Outcome scaleFree = train(world, AdamVariant.standard(), 2);
        Outcome literal = train(world, variant(Norm.LITERAL), 2);
        String all = "plain %s, scale-free %s, literal %s".formatted(plain, scaleFree, literal);
        assertTrue(scaleFree.behind() > 100, all);
        assertTrue(scaleFree.slowed() <= 3, all);
        assertTrue(scaleFree.accuracy() > plain.accuracy() - 0.02, all);
    }

    /** Features of zero have no gradient and no length, and slow nobody. */
    @ParameterizedTest
    @EnumSource(Norm.class)
    void featuresOfZero(Norm norm) {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .adam(variant(norm))
                                .build()
                                .modulate(Nets.dense(new Adam(0.01))));
        for (int step = 0; step < 4; step++) {
            MultiDataSet batch = Nets.batch(8, step);
            batch.getFeatures(0).assign(0);
            graph.getLayer("audio_fc").getParam("b").assign(0);
            graph.fit(batch);
            for (ModalityStep modality : lastOf(graph)) {
                assertEquals(1, modality.momentCoefficient());
            }
        }
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
    }

    /** An encoder may have several beta1: p is a number of the step alone. */
    @Test
    void severalBeta1InOneEncoder() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        LayerVertex vertex = (LayerVertex) conf.getVertices().get("audio_fc");
        ((DenseLayer) vertex.getLayerConf().getLayer())
                .setBiasUpdater(new Adam(0.01, 0, 0.999, 1e-8));
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        for (int step = 0; step < 12; step++) {
            graph.fit(Nets.batch(8, step));
        }
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
    }
}
