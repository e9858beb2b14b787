package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** Adaptive updaters beside regularization, other updaters and batches that are not modulated. */
class AdaptiveUpdatersTest {

    private static final double K = 0.3;
    private static final String[] ENCODERS = {"audio_fc", "visual_fc"};

    @Test
    void adaBeliefDoesNotWorkInDl4jItself() {
        ComputationGraph plain = Nets.init(Nets.dense(new AdaBelief(0.01)));
        assertThrows(RuntimeException.class, () -> Resuming.train(plain, 0, 1));
    }

    private static ModulatedOptimizer.Builder builder() {
        return ModulatedOptimizer.builder().noise(GradientNoise.none()).adam(AdamVariant.off());
    }

    @ParameterizedTest
    @MethodSource("org.ogm4j.testing.Dl4jUpdaters#adaptive")
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

    /** A variance takes six gradients, and those from before it was modulated were not kept. */
    @Test
    void noiseOfANetworkThatWasTrainedBeforeStartsWithItsSixthStep() {
        ComputationGraph trained = Nets.init(Nets.dense(new RmsProp(0.01)));
        Resuming.train(trained, 0, 5);
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        ComputationGraph noisy = builder.noise(GradientNoise.moments()).build().modulate(trained);
        ComputationGraph quiet = builder.noise(GradientNoise.none()).build().modulate(trained);
        Resuming.train(noisy, 5, 10);
        Resuming.train(quiet, 5, 10);
        Compare.same(quiet.params(), noisy.params(), "first steps");
        Resuming.train(noisy, 10, 11);
        Resuming.train(quiet, 10, 11);
        assertTrue(Compare.differ(quiet.params(), noisy.params()));
    }

    @Test
    void weightDecayIsNotScaled() {
        ComputationGraphConfiguration conf =
                Nets.dense(Nets.base(new Adam(0.01)).weightDecay(0.1, false));
        ComputationGraph stopped =
                Nets.init(builder().rule(new ConstantRule(0)).build().modulate(conf));
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
    void aCoefficientHandedOverIsNotUsedForABatchThatIsNotModulated() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph graph =
                Nets.init(builder().rule(new ConstantRule(K)).build().modulate(conf));
        MultiDataSet bad = Nets.batch(8, 1);
        // a pass without an update, as a gradient check makes, and then one that cannot be scored
        Gradients.of(graph, Nets.batch(8, 0));
        bad.getFeatures(0).putScalar(0, 0, Double.NaN);
        graph.fit(bad);
        plain.fit(bad);
        Compare.same(plain.params(), graph.params(), "parameters");
    }

    /** For a linear updater it is refused, as it undoes the coefficient. */
    @Test
    void normalizationToLengthOneIsAllowedInFrontOfADecoratedUpdater() {
        ComputationGraphConfiguration conf =
                Nets.dense(
                        Nets.base(new RmsProp(0.01))
                                .gradientNormalization(
                                        GradientNormalization.RenormalizeL2PerLayer));
        assertFirstStepIsScaled(conf);
    }

    @Test
    void adaptiveForOneModalityAndLinearForTheOther() {
        ComputationGraphConfiguration conf = Nets.dense();
        setUpdater(conf, "audio_fc", new RmsProp(0.01));
        assertFirstStepIsScaled(conf);
    }

    @Test
    void decoratingTwiceIsAnError() {
        ModulatedUpdater once = decorated();
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new ModulatedUpdater(
                                once, "audio", GradientNoise.none(), 1, 0, AdamVariant.standard()));
    }

    private static ModulatedUpdater decorated() {
        return new ModulatedUpdater(
                new Adam(), "audio", GradientNoise.none(), 1, 0, AdamVariant.standard());
    }

    /** Every encoder's step of the modulated network is K times the plain network's. */
    private static void assertFirstStepIsScaled(ComputationGraphConfiguration conf) {
        ComputationGraph on = Nets.init(builder().rule(new ConstantRule(K)).build().modulate(conf));
        ComputationGraph plain = Nets.init(conf.clone());
        INDArray before = on.params().dup();
        Resuming.train(on, 0, 1);
        Resuming.train(plain, 0, 1);
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
