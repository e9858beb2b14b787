package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.workspace.WorkspaceUtils;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/**
 * Random networks, options and batches; what must always hold. The seed of a failure is in its
 * message: {@code -Dfuzz.first=SEED -Dfuzz.count=1} runs it again.
 */
class FuzzTest {

    private static final long FIRST = Long.getLong("fuzz.first", 1);
    private static final long COUNT = Long.getLong("fuzz.count", 500);

    @Test
    void whatMustAlwaysHold() {
        long modulated = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            try {
                modulated += check(seed) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                fail("fuzz.first=" + seed + ": " + e, e);
            }
        }
        System.out.printf(
                "Fuzz: seeds %d to %d, %d of them modulated, the others refused with a message%n",
                FIRST, FIRST + COUNT - 1, modulated);
        assertTrue(COUNT < 10 || modulated > COUNT / 2, "most networks must be possible");
    }

    /** Whether the network could be modulated. */
    private static boolean check(long seed) {
        RandomNetwork network = new RandomNetwork(seed);
        Random random = new Random(seed * 31);
        ModulatedOptimizer.Builder options = options(random);
        ComputationGraphConfiguration conf = network.conf();
        String before = conf.toJson();
        ComputationGraphConfiguration modulated;
        try {
            modulated = options.epochs(0, random.nextInt(2)).build().modulate(conf);
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().contains(" must "), refused.getMessage());
            return false;
        }
        assertEquals(before, conf.toJson(), "the argument stays as it is");
        assertEquals(modulated, ComputationGraphConfiguration.fromJson(modulated.toJson()), "JSON");
        ComputationGraph graph = Nets.init(modulated);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        assertTrue(!plain.getConfiguration().toJson().contains("org.ogm4j"), "strip");
        offIsOff(network, plain, options.epochs(5, 5).build());
        for (int epoch = 0; epoch < 3; epoch++) {
            graph.fit(network.batch(seed + epoch));
            graph.getConfiguration().setEpochCount(epoch + 1);
        }
        assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent(), "it acted");
        assertEquals(
                0,
                graph.params().isNaN().castTo(graph.params().dataType()).sumNumber().intValue(),
                "NaN");
        WorkspaceUtils.assertNoWorkspacesOpen("after training");
        return true;
    }

    private static void offIsOff(
            RandomNetwork network, ComputationGraph plain, ModulatedOptimizer off) {
        ComputationGraph one = ModulatedOptimizer.strip(plain);
        ComputationGraph other = off.modulate(plain);
        for (ComputationGraph graph : new ComputationGraph[] {one, other}) {
            Nd4j.getRandom().setSeed(7);
            graph.fit(network.batch(1));
            graph.fit(network.batch(2));
        }
        ComputationGraph stripped = ModulatedOptimizer.strip(other);
        Compare.same(one.params(), stripped.params(), "off is off");
        if (one.updaterState() != null) {
            Compare.same(one.updaterState(), stripped.updaterState(), "updater state");
        }
    }

    private static ModulatedOptimizer.Builder options(Random random) {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .seed(random.nextLong())
                        .scoreEvery(1 + random.nextInt(2));
        if (random.nextBoolean()) {
            options.rule(CoefficientRule.tpami2024(0.8));
        }
        switch (random.nextInt(6)) {
            case 0 -> options.noise(GradientNoise.none());
            case 1 -> options.noise(GradientNoise.moments());
            case 2 -> options.noise(GradientNoise.tensorStd());
            case 3 -> options.noise(GradientNoise.sgdCovariance());
            default -> {} // what suits the updaters
        }
        switch (random.nextInt(4)) {
            case 0 -> options.score(ScoreSource.zeroOut());
            case 1 -> options.score(ScoreSource.probe());
            case 2 -> options.score("m0", ScoreSource.probe());
            default -> {} // automatic
        }
        return options;
    }
}
