package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** One battery over every adaptive updater of DL4J. */
class AdaptiveUpdatersTest {

    private static final double K = 0.3;
    private static final String[] ENCODERS = {"audio_fc", "visual_fc"};

    /** The same coefficient whatever the ratio, as a record so that it can be saved. */
    public record Constant(double k) implements CoefficientRule {
        @Override
        public double coefficient(double ratio) {
            return k;
        }
    }

    static Stream<IUpdater> adaptive() {
        return Stream.concat(
                Dl4jUpdaters.adaptive(),
                Stream.of(
                        new Adam(
                                new MapSchedule(
                                        ScheduleType.ITERATION, Map.of(0, 0.01, 5, 0.002)))));
    }

    @Test
    void adaBeliefDoesNotWorkInDl4jItself() {
        ComputationGraph plain = Nets.init(Nets.dense(new AdaBelief(0.01)));
        assertThrows(RuntimeException.class, () -> Resuming.train(plain, 0, 1));
    }

    private static ModulatedOptimizer.Builder builder() {
        return ModulatedOptimizer.builder().noise(GradientNoise.none()).adam(AdamVariant.off());
    }

    @ParameterizedTest
    @MethodSource("adaptive")
    void outsideTheWindowParametersAndStateAreThePlainNetworksToTheLastBit(IUpdater updater) {
        ComputationGraphConfiguration conf = Nets.dense(Nets.base(updater).l2(1e-3));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph off = Nets.init(builder().epochs(1, 2).build().modulate(conf));
        ComputationGraph on = Nets.init(builder().build().modulate(conf));
        Resuming.train(plain, 0, 20);
        Resuming.train(off, 0, 20);
        Resuming.train(on, 0, 20);
        Compare.same(plain.params(), off.params(), "parameters");
        Compare.same(
                plain.updaterState(),
                ModulatedOptimizer.strip(off).updaterState(),
                "updater state");
        assertTrue(Compare.differ(plain.params(), on.params()), "on must differ");
    }

    @ParameterizedTest
    @MethodSource("adaptive")
    void everyStepIsTheCoefficientTimesThePlainOneAndTheHeadsIsThePlainOne(IUpdater updater) {
        ComputationGraphConfiguration conf = Nets.dense(updater);
        ComputationGraph on = Nets.init(builder().rule(new Constant(K)).build().modulate(conf));
        Resuming.train(on, 0, 3);
        // from the same parameters and state, the next step of either
        ComputationGraph plain = ModulatedOptimizer.strip(on);
        INDArray before = on.params().dup();
        Resuming.train(on, 3, 4);
        Resuming.train(plain, 3, 4);
        assertEncoderSteps(plain, on, before);
        Compare.same(plain.getLayer("out").params(), on.getLayer("out").params(), "head");
    }

    @ParameterizedTest
    @MethodSource("adaptive")
    void scalingTheGradientInsteadWouldNotDoThat(IUpdater updater) {
        ComputationGraph plain = Nets.init(Nets.dense(updater));
        ComputationGraph scaled = Nets.init(Nets.dense(updater));
        Gradients.of(plain, Nets.batch(8, 0));
        Gradients.of(scaled, Nets.batch(8, 0));
        scaled.getFlattenedGradients().muli(K);
        double step = step(plain);
        double scaledStep = step(scaled);
        assertTrue(scaledStep > 0.9 * step, "the factor cancels: " + scaledStep + " of " + step);
    }

    private static double step(ComputationGraph graph) {
        graph.getUpdater().update(graph.gradient(), 0, 0, 8, LayerWorkspaceMgr.noWorkspaces());
        return graph.getFlattenedGradients().norm2Number().doubleValue();
    }

    @ParameterizedTest
    @MethodSource("adaptive")
    void savedAndResumedEqualsUnbroken(IUpdater updater, @TempDir Path folder) throws IOException {
        ModulatedOptimizer optimizer = builder().rule(CoefficientRule.tpami2024(0.9)).build();
        Resuming.assertEqualsUnbroken(optimizer.modulate(Nets.dense(updater)), folder);
    }

    @ParameterizedTest
    @MethodSource("adaptive")
    void modulateAndStripCarryTheStateOfEveryParameterAcross(IUpdater updater) {
        ComputationGraph plain = Nets.init(Nets.dense(updater));
        Resuming.train(plain, 0, 4);
        ComputationGraph there = builder().epochs(5, 5).build().modulate(plain);
        ComputationGraph back = ModulatedOptimizer.strip(there);
        Compare.same(plain.updaterState(), back.updaterState(), "updater state");
        assertFalse(back.getConfiguration().toJson().contains("ogm4j"));
        Resuming.train(plain, 4, 8);
        Resuming.train(there, 4, 8);
        Compare.same(plain.params(), there.params(), "parameters");
    }

    /** A variance takes two gradients, and those from before it was modulated were not kept. */
    @Test
    void noiseOfANetworkThatWasTrainedBeforeStartsWithItsSecondStep() {
        ComputationGraph trained = Nets.init(Nets.dense(new RmsProp(0.01)));
        Resuming.train(trained, 0, 5);
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        ComputationGraph noisy = builder.noise(GradientNoise.moments()).build().modulate(trained);
        ComputationGraph quiet = builder.noise(GradientNoise.none()).build().modulate(trained);
        Resuming.train(noisy, 5, 6);
        Resuming.train(quiet, 5, 6);
        Compare.same(quiet.params(), noisy.params(), "first step");
        Resuming.train(noisy, 6, 7);
        Resuming.train(quiet, 6, 7);
        assertTrue(Compare.differ(quiet.params(), noisy.params()));
    }

    @Test
    void weightDecayIsNotScaled() {
        ComputationGraphConfiguration conf =
                Nets.dense(Nets.base(new Adam(0.01)).weightDecay(0.1, false));
        ComputationGraph stopped =
                Nets.init(builder().rule(new Constant(0)).build().modulate(conf));
        Resuming.train(stopped, 0, 1);
        // without sound the gradient of its weights is 0, and what is left is the decay
        ComputationGraph silent = Nets.init(conf.clone());
        INDArray before = silent.getLayer("audio_fc").getParam("W").dup();
        MultiDataSet batch = Nets.batch(8, 0);
        batch.getFeatures(0).assign(0);
        silent.fit(batch);
        INDArray decayed = silent.getLayer("audio_fc").getParam("W");
        assertTrue(Compare.differ(before, decayed));
        Compare.same(decayed, stopped.getLayer("audio_fc").getParam("W"), "decay");
    }

    @Test
    void setLearningRateReachesTheUpdaterInside() {
        ComputationGraph graph =
                Nets.init(
                        builder()
                                .rule(new Constant(1))
                                .build()
                                .modulate(Nets.dense(new Adam(0.01))));
        ComputationGraph plain = Nets.init(Nets.dense(new Adam(0.01)));
        Resuming.train(graph, 0, 2);
        Resuming.train(plain, 0, 2);
        graph.setLearningRate(0.05);
        plain.setLearningRate(0.05);
        assertEquals(0.05, graph.getLearningRate("audio_fc"));
        Resuming.train(graph, 2, 6);
        Resuming.train(plain, 2, 6);
        Compare.same(plain.params(), graph.params(), "parameters");
    }

    @Test
    void aCoefficientHandedOverIsNotUsedForABatchThatIsNotModulated() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph graph = Nets.init(builder().rule(new Constant(K)).build().modulate(conf));
        MultiDataSet bad = Nets.batch(8, 1);
        // a pass without an update, as a gradient check makes, and then one that cannot be scored
        Gradients.of(graph, Nets.batch(8, 0));
        bad.getFeatures(0).putScalar(0, 0, Double.NaN);
        graph.fit(bad);
        plain.fit(bad);
        Compare.same(plain.params(), graph.params(), "parameters");
    }

    @Test
    void normalizationToLengthOneIsAllowedInFrontOfADecoratedUpdater() {
        builder()
                .build()
                .modulate(
                        Nets.dense(
                                Nets.base(new Adam(0.01))
                                        .gradientNormalization(
                                                GradientNormalization.RenormalizeL2PerLayer)));
    }

    @Test
    void adaptiveForOneModalityAndLinearForTheOther() {
        ComputationGraphConfiguration conf = Nets.dense();
        setUpdater(conf, "audio_fc", new RmsProp(0.01));
        ComputationGraph on = Nets.init(builder().rule(new Constant(K)).build().modulate(conf));
        ComputationGraph plain = Nets.init(conf.clone());
        INDArray before = on.params().dup();
        Resuming.train(on, 0, 1);
        Resuming.train(plain, 0, 1);
        assertEncoderSteps(plain, on, before);
    }

    @Test
    void decoratingTwiceIsAnError() {
        ModulatedUpdater once = decorated("audio");
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new ModulatedUpdater(
                                once, "audio", GradientNoise.none(), 1, 0, AdamVariant.standard()));
        assertEquals(once, once.clone());
        assertEquals(once.hashCode(), once.clone().hashCode());
        assertFalse(once.equals(decorated("visual")));
    }

    private static ModulatedUpdater decorated(String modality) {
        return new ModulatedUpdater(
                new Adam(), modality, GradientNoise.none(), 1, 0, AdamVariant.standard());
    }

    /** Every encoder's step of the modulated network is K times the plain network's. */
    private static void assertEncoderSteps(
            ComputationGraph plain, ComputationGraph on, INDArray before) {
        for (String layer : ENCODERS) {
            INDArray start = at(on, layer, before);
            Compare.close(
                    plain.getLayer(layer).params().sub(start).mul(K),
                    on.getLayer(layer).params().sub(start),
                    1e-9,
                    1e-15,
                    layer);
        }
    }

    private static void setUpdater(
            ComputationGraphConfiguration conf, String layer, IUpdater updater) {
        var vertex = (LayerVertex) conf.getVertices().get(layer);
        ((BaseLayer) vertex.getLayerConf().getLayer()).setIUpdater(updater);
    }

    private static INDArray at(ComputationGraph graph, String layer, INDArray params) {
        ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
        copy.init(params, true);
        return copy.getLayer(layer).params();
    }
}
