package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.updater.noise.Span;

/**
 * One battery over all of DL4J's updaters, with noise from moments: the Adam variant as it comes.
 */
class DefaultModulationTest {

    private static ModulatedOptimizer.Builder builder() {
        return ModulatedOptimizer.builder()
                .rule(CoefficientRule.tpami2024(0.9))
                .noise(GradientNoise.moments());
    }

    @ParameterizedTest
    @MethodSource("org.ogm4j.testing.Dl4jUpdaters#all")
    void outsideTheWindowParametersAndStateAreThePlainNetworksToTheLastBit(IUpdater updater) {
        ComputationGraphConfiguration conf = Nets.dense(Nets.base(updater).l2(1e-3));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph off = Nets.init(builder().epochs(1, 2).build().modulate(conf));
        ComputationGraph on = Nets.init(builder().build().modulate(conf));
        Resuming.train(plain, 0, 20);
        Resuming.train(off, 0, 20);
        Resuming.train(on, 0, 20);
        Compare.same(plain.params(), off.params(), "parameters");
        ComputationGraph back = ModulatedOptimizer.strip(off);
        if (plain.updaterState() != null) {
            Compare.same(plain.updaterState(), back.updaterState(), "updater state");
        }
        assertFalse(back.getConfiguration().toJson().contains("ogm4j"));
        assertTrue(Compare.differ(plain.params(), on.params()), "on must differ");
        long inside = plain.updaterState() == null ? 0 : plain.updaterState().length();
        if (updater instanceof Sgd) {
            // the moments of the gradient are kept outside the window too
            assertEquals(inside + 2 * (5 * 4 + 4 + 6 * 7 + 7), off.updaterState().length());
            assertTrue(off.updaterState().amaxNumber().doubleValue() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("org.ogm4j.testing.Dl4jUpdaters#all")
    void savedAndResumedEqualsUnbroken(IUpdater updater, @TempDir Path folder) throws IOException {
        ModulatedOptimizer optimizer = builder().rule(CoefficientRule.tpami2024(0.9)).build();
        Resuming.assertEqualsUnbroken(optimizer.modulate(Nets.dense(updater)), folder);
    }

    @Test
    void theMemoryOfPIsPartOfWhatIsSaved() {
        ComputationGraphConfiguration conf = builder().build().modulate(Nets.dense(new Adam(0.01)));
        ComputationGraph kept = Nets.init(conf.clone());
        ComputationGraph forgotten = Nets.init(conf.clone());
        Resuming.train(kept, 0, 4);
        Resuming.train(forgotten, 0, 4);
        for (var block : forgotten.getUpdater().getUpdaterBlocks()) {
            if (block.getGradientUpdater() instanceof HeadGradientUpdater memory) {
                int moments = 2 * (11 * 3 + 3);
                int all = (int) block.getUpdaterView().length();
                assertEquals(moments + 2 * 2 * (3 + 2), all);
                for (String modality : List.of("audio", "visual")) {
                    assertTrue(memory.columns(modality)[0] > 0);
                }
                new Span(moments, all, false).view(block.getUpdaterView()).assign(0);
            }
        }
        Resuming.train(kept, 4, 5);
        Resuming.train(forgotten, 4, 5);
        assertTrue(Compare.differ(kept.params(), forgotten.params()), "p must come from memory");
    }

    @Test
    void withKAndPOneNoNoiseAndEpsilonOutsideTheVariantIsAdam() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph one =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(new AdaptiveUpdatersTest.Constant(1))
                                .noise(GradientNoise.none())
                                .adam(AdamVariant.standard().withEpsilonOutside())
                                .build()
                                .modulate(conf));
        Resuming.train(plain, 0, 20);
        Resuming.train(one, 0, 20);
        Compare.close(plain.params(), one.params(), 1e-10, 1e-13, "parameters");
    }

    @Test
    void stateSizes() {
        GradientNoise moments = GradientNoise.moments();
        AdamVariant variant = AdamVariant.standard();
        assertEquals(3, size(new Adam(), moments, variant));
        assertEquals(2, size(new Adam(), GradientNoise.none(), variant));
        assertEquals(3, size(new Adam(), GradientNoise.tensorStd(), variant));
        assertEquals(5, size(new Adam(), moments, AdamVariant.off()));
        assertEquals(2, size(new Sgd(), moments, variant));
        assertEquals(3, size(new Nesterovs(), moments, variant));
        assertEquals(0, size(new Sgd(), GradientNoise.tensorStd(), variant));
        assertEquals(3, size(new RmsProp(), moments, variant));
        assertEquals(6, size(new AMSGrad(), moments, variant));
    }

    private static long size(IUpdater updater, GradientNoise noise, AdamVariant adam) {
        return new ModulatedUpdater(updater, "audio", noise, 1, 0, adam).stateSize(1);
    }

    @Test
    void worksInSinglePrecision() {
        for (IUpdater updater : Dl4jUpdaters.all().toList()) {
            ComputationGraph graph =
                    Nets.init(
                            builder()
                                    .build()
                                    .modulate(
                                            Nets.dense(
                                                    Nets.base(updater).dataType(DataType.FLOAT))));
            for (int step = 0; step < 3; step++) {
                graph.fit(Nets.batch(8, step, DataType.FLOAT));
            }
            assertFalse(Double.isNaN(graph.params().sumNumber().doubleValue()), "" + updater);
        }
    }
}
