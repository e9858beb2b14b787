package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.study.Baselines;
import org.ogm4j.study.Point;
import org.ogm4j.study.Trial;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

class UnimodalTest {

    private static final int BATCH = 3;

    static Stream<Architecture> architectures() {
        return Stream.concat(
                Stream.of(Fusion.values()).map(fusion -> new Architecture(Encoder.CNN, fusion)),
                Stream.of(new Architecture(Encoder.TRANSFORMER, Fusion.CONCAT)));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void startsFromThePlainNetworksWeights(Architecture architecture) {
        ComputationGraph plain = plain(architecture);
        ComputationGraph uniform = uniform(plain, architecture);

        Map<String, INDArray> weights = uniform.paramTable();
        plain.paramTable().forEach((name, w) -> assertEquals(w, weights.get(name), name));
        assertEquals(plain.paramTable().size() + 4, weights.size());
        assertArrayEquals(new long[] {BATCH, 10}, uniform.output(batch().getFeatures())[2].shape());
    }

    @ParameterizedTest
    @EnumSource
    void oneModalitysEncoderStartsFromThePlainNetworks(Modality modality) {
        ComputationGraph plain = plain(Architecture.DEFAULT);
        ComputationGraph alone = alone(modality, plain);

        Map<String, INDArray> weights = plain.paramTable();
        assertEquals(1, alone.getNumInputArrays());
        alone.paramTable()
                .forEach(
                        (name, w) ->
                                assertTrue(
                                        name.startsWith("head_") || w.equals(weights.get(name)),
                                        name));
    }

    /** Softmax layers of zeros give each of the ten classes 1/10. */
    @Test
    void withHeadsOfZerosTheLossIsThreeTimesTheLogarithmOfTen() {
        ComputationGraph uniform = uniform(plain(Architecture.DEFAULT), Architecture.DEFAULT);
        for (String head : new String[] {"head", "audio-own-head", "visual-own-head"}) {
            uniform.getLayer(head).getParam("W").assign(0);
        }

        assertEquals(3 * 2.302585093, loss(uniform), 1e-4);
    }

    @Test
    void theLossIsTheSumOfThreeCrossEntropies() {
        ComputationGraph uniform = uniform(plain(Architecture.DEFAULT), Architecture.DEFAULT);

        double sum = 0;
        for (INDArray answer : uniform.output(batch().getFeatures())) {
            INDArray ofTruth = answer.mul(batch().getLabels(0)).sum(1);
            sum -= Transforms.log(ofTruth).meanNumber().doubleValue();
        }

        assertEquals(sum, loss(uniform), 1e-4);
    }

    @Test
    void anEncodersGradientIsTheSumOfThePlainAndTheUnimodalNetworks() {
        ComputationGraph plain = plain(Architecture.DEFAULT);
        ComputationGraph uniform = uniform(plain, Architecture.DEFAULT);
        Map<String, INDArray> joint = gradient(plain);
        Map<String, INDArray> both = gradient(uniform);
        for (Modality modality : Modality.values()) {
            ComputationGraph alone = alone(modality, plain);
            INDArray head = uniform.getLayer(Unimodal.head(modality)).getParam("W");
            alone.getLayer("head").getParam("W").assign(head);
            Map<String, INDArray> own = gradient(alone);

            String name = modality.input() + "-1-conv_W";
            INDArray expected = joint.get(name).add(own.get(name));
            assertTrue(own.get(name).norm2Number().doubleValue() > 1e-3);
            assertTrue(expected.equalsWithEps(both.get(name), 1e-4), name);
            assertTrue(
                    own.get("head_W")
                            .equalsWithEps(both.get(Unimodal.head(modality) + "_W"), 1e-4));
        }
        assertTrue(joint.get("head_W").equalsWithEps(both.get("head_W"), 1e-4));
    }

    /** The three cross-entropies are ln 10 each: (0.5 + 2 + 0.25) ln 10. */
    @Test
    void weightsMultiplyTheLosses() {
        ComputationGraph uniform = uniform(plain(Architecture.DEFAULT), Architecture.DEFAULT);
        for (String head : new String[] {"head", "audio-own-head", "visual-own-head"}) {
            uniform.getLayer(head).getParam("W").assign(0);
        }

        weigh(uniform, 0.5, 2, 0.25);

        assertEquals(2.75 * 2.302585093, loss(uniform), 1e-4);
        assertEquals(2.75 * 2.302585093, loss(uniform.clone()), 1e-4);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONCAT", "SUM"})
    void aWeightMultipliesTheGradientOfItsHead(Fusion fusion) {
        Architecture architecture = new Architecture(Encoder.CNN, fusion);
        ComputationGraph uniform = uniform(plain(architecture), architecture);
        Map<String, INDArray> before = dup(gradient(uniform));

        weigh(uniform, 0.5, 2, 0);
        Map<String, INDArray> after = gradient(uniform);

        assertTrue(
                before.get("audio-own-head_W")
                        .mul(2)
                        .equalsWithEps(after.get("audio-own-head_W"), 1e-5));
        assertEquals(0, after.get("visual-own-head_W").norm2Number().doubleValue());
        String fused = fusion == Fusion.SUM ? "audio-head_W" : "head_W";
        assertTrue(before.get(fused).mul(0.5).equalsWithEps(after.get(fused), 1e-5));
    }

    /** Targets that are 0.5 away in every feature: cross-entropy + 2 * 3 * 0.25. */
    @Test
    void targetsAddTheMeanSquaredDistanceOfEachModality() {
        ComputationGraph plain = plain(Architecture.DEFAULT);
        ComputationGraph student =
                Unimodal.withTargets(plain, Architecture.DEFAULT, Updater.SGD, 0.1, 1, 3);
        MultiDataSet batch = feed(student, batch());
        INDArray[] outputs = student.output(batch.getFeatures());
        batch.setLabels(1, outputs[1].add(0.5));
        batch.setLabels(2, outputs[2].sub(0.5));

        double ofTargets = student.score(batch, false) - student.calcRegularizationScore(true);

        assertEquals(loss(plain) + 2 * 3 * 0.25, ofTargets, 1e-4);
        assertArrayEquals(new long[] {BATCH, 96}, outputs[1].shape());
    }

    @Test
    void feedsWhatTheNetworkReads() {
        ComputationGraph plain = plain(Architecture.DEFAULT);
        MultiDataSet both = batch();

        MultiDataSet visual = feed(alone(Modality.VISUAL, plain), both);
        MultiDataSet three = feed(uniform(plain, Architecture.DEFAULT), both);

        assertEquals(1, visual.numFeatureArrays());
        assertEquals(both.getFeatures(1), visual.getFeatures(0));
        assertArrayEquals(both.getFeatures(), three.getFeatures());
        assertEquals(3, three.numLabelsArrays());
        assertTrue(Arrays.stream(three.getLabels()).allMatch(both.getLabels(0)::equals));
    }

    private static ComputationGraph plain(Architecture architecture) {
        ComputationGraph graph =
                new ComputationGraph(
                        AudioVisualNet.configuration(
                                architecture.encoder(),
                                architecture.fusion(),
                                Updater.SGD,
                                0.1,
                                1));
        graph.init();
        return graph;
    }

    private static ComputationGraph uniform(ComputationGraph plain, Architecture architecture) {
        return Unimodal.withHeads(plain, architecture, Updater.SGD, 0.1, 1);
    }

    private static ComputationGraph alone(Modality modality, ComputationGraph plain) {
        return Unimodal.alone(modality, plain, Architecture.DEFAULT, Updater.SGD, 0.1, 1);
    }

    private static void weigh(ComputationGraph graph, double fused, double audio, double visual) {
        Map<String, Double> weights =
                Map.of("head", fused, "audio-own-head", audio, "visual-own-head", visual);
        Baselines.weigh(graph, 10, weights);
    }

    private static MultiDataSet feed(ComputationGraph graph, MultiDataSet batch) {
        Trial trial =
                new Trial(
                        AudioVisualNet.configuration(Updater.SGD, 0.1, 1),
                        Map.of(),
                        () -> null,
                        Point.OWN,
                        1,
                        1,
                        task -> {});
        return trial.feed(graph, batch);
    }

    /** Without weight decay. */
    private static double loss(ComputationGraph graph) {
        double decay = graph.calcRegularizationScore(true);
        return graph.score(feed(graph, batch()), false) - decay;
    }

    private static Map<String, INDArray> gradient(ComputationGraph graph) {
        MultiDataSet batch = feed(graph, batch());
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.computeGradientAndScore();
        return graph.gradient().gradientForVariable();
    }

    private static Map<String, INDArray> dup(Map<String, INDArray> gradient) {
        Map<String, INDArray> copy = new HashMap<>();
        gradient.forEach((name, own) -> copy.put(name, own.dup()));
        return copy;
    }

    private static MultiDataSet batch() {
        Nd4j.getRandom().setSeed(3);
        INDArray[] features = {Nd4j.randn(BATCH, 1, 129, 49), Nd4j.randn(BATCH, 1, 28, 28)};
        INDArray labels = Nd4j.eye(10).get(NDArrayIndex.interval(0, BATCH)).dup();
        return new MultiDataSet(features, new INDArray[] {labels});
    }
}
