package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ogm4j.BalanceRule.Measures;
import org.ogm4j.BalanceRule.Modality;
import org.ogm4j.BalanceRule.Need;
import org.ogm4j.BalanceRule.Step;
import org.ogm4j.testing.Thrown;

/** Every rule against numbers worked out by hand, of two and of three modalities. */
class BalanceRuleTest {

    private static final String[] NAMES = {"a", "b", "c"};

    /** Log scores, and their running means. */
    private static Step logScores(double[] now, double[] mean) {
        Map<String, Modality> modalities = new LinkedHashMap<>();
        for (int u = 0; u < now.length; u++) {
            Measures batch = new Measures(Double.NaN, now[u], Double.NaN);
            Measures before = new Measures(Double.NaN, mean[u], Double.NaN);
            modalities.put(NAMES[u], new Modality(Double.NaN, batch, before));
        }
        return new Step(0, 0, 0, 9, modalities);
    }

    /** Running means of scores, in an epoch. */
    private static Step means(int epoch, double... mean) {
        Map<String, Modality> modalities = new LinkedHashMap<>();
        for (int u = 0; u < mean.length; u++) {
            Measures before = new Measures(mean[u], Double.NaN, Double.NaN);
            modalities.put(NAMES[u], new Modality(Double.NaN, Measures.NONE, before));
        }
        return new Step(0, epoch, 10, 19, modalities);
    }

    private static Step entropies(double... entropy) {
        Map<String, Modality> modalities = new LinkedHashMap<>();
        for (int u = 0; u < entropy.length; u++) {
            Measures batch = new Measures(Double.NaN, Double.NaN, entropy[u]);
            modalities.put(NAMES[u], new Modality(Double.NaN, batch, Measures.NONE));
        }
        return new Step(0, 0, 0, 9, modalities);
    }

    private static void assertGives(BalanceRule rule, Step step, double... expected) {
        Map<String, Double> k = rule.coefficients(step);
        assertEquals(step.modalities().keySet(), k.keySet());
        double[] actual = step.modalities().keySet().stream().mapToDouble(k::get).toArray();
        assertArrayEquals(expected, actual, 1e-14, rule + " " + k);
    }

    /** r_a = e^0.5, tau_a = e^0.2; from Python's decimal with 30 digits, rounded to double. */
    @Test
    void agmOfTwo() {
        Step step = logScores(new double[] {-1, -1.5}, new double[] {-1.2, -1.4});
        assertGives(BalanceRule.agm(0.5), step, 0.807623530797257, 1.1119331161614865);
    }

    /** r_a = e^((0.5 + 1.5) / 2), tau_a = e^((0.1 + 0.8) / 2). */
    @Test
    void agmOfThree() {
        Step step = logScores(new double[] {-0.5, -1, -2}, new double[] {-0.8, -0.9, -1.6});
        assertGives(
                BalanceRule.agm(1),
                step,
                0.3166463816772158,
                1.0680487556869247,
                1.204255767591718);
    }

    @Test
    void agmAtItsEnds() {
        double[] same = {-1, -2};
        assertGives(BalanceRule.agm(3), logScores(same, same), 1, 1);
        // tau_a - r_a = e^3 - 1 > 10
        Step behind = logScores(new double[] {-4, -4}, new double[] {-1, -4});
        assertGives(BalanceRule.agm(0.1), behind, Math.E, Math.exp(0.1 * (Math.exp(-3) - 1)));
        assertTrue(BalanceRule.agm(70).coefficients(behind).get("a") < Double.POSITIVE_INFINITY);
        Step far = logScores(new double[] {0, Math.log(1e-8)}, new double[] {-1, -1});
        assertEquals(0, BalanceRule.agm(1).coefficients(far).get("a"));
    }

    /** Half of ten epochs: the leader rests in epochs 10 to 14. */
    @Test
    void weakestFirstOfTwo() {
        BalanceRule rule = BalanceRule.weakestFirst();
        for (int epoch = 10; epoch < 20; epoch++) {
            double leader = epoch < 15 ? 0 : 1;
            assertGives(rule, means(epoch, 0.6, 0.4), leader, 1);
            assertGives(rule, means(epoch, 0.4, 0.6), 1, leader);
        }
        assertGives(rule, means(10, 0.5, 0.5), 1, 0); // a tie: the first that was declared
    }

    /** Two stages of three epochs: the weakest, then the second weakest. */
    @Test
    void weakestFirstOfThree() {
        BalanceRule rule = BalanceRule.weakestFirst(0.6, 10);
        assertGives(rule, means(10, 0.3, 0.9, 0.6), 1, 0, 0);
        assertGives(rule, means(12, 0.3, 0.9, 0.6), 1, 0, 0);
        assertGives(rule, means(13, 0.3, 0.9, 0.6), 0, 0, 1);
        assertGives(rule, means(15, 0.3, 0.9, 0.6), 0, 0, 1);
        assertGives(rule, means(16, 0.3, 0.9, 0.6), 1, 1, 1);
    }

    /** Of a number of epochs, whatever the window is; 0.1 * 30 is a little more than 3. */
    @Test
    void weakestFirstOfSomeEpochs() {
        BalanceRule rule = BalanceRule.weakestFirst(0.1, 30);
        assertGives(rule, means(12, 0.6, 0.4), 0, 1);
        assertGives(rule, means(13, 0.6, 0.4), 1, 1);
        assertGives(BalanceRule.weakestFirst(1, 0), means(19, 0.6, 0.4), 0, 1);
        assertGives(BalanceRule.weakestFirst(0.1, 1), means(10, 0.6, 0.4), 1, 1);
    }

    /** h = 0.8, 1.2: 1/h = 5/4, 5/6, of sum 25/12. */
    @Test
    void inverseEntropyOfTwo() {
        assertGives(BalanceRule.inverseEntropy(), entropies(0.4, 0.6), 1.2, 0.8);
        // h = 0.2, 1.8, the first at its floor of 0.6: 1/h = 5/3, 5/9, of sum 20/9
        assertGives(BalanceRule.inverseEntropy(), entropies(0.1, 0.9), 1.5, 0.5);
        assertGives(BalanceRule.inverseEntropy(0.1), entropies(0.1, 0.9), 1.8, 0.2);
    }

    /** h = 3/4, 3/4, 3/2: 1/h = 4/3, 4/3, 2/3, of sum 10/3. */
    @Test
    void inverseEntropyOfThree() {
        assertGives(BalanceRule.inverseEntropy(), entropies(0.2, 0.2, 0.4), 1.2, 1.2, 0.6);
    }

    @Test
    void inverseEntropyAtItsEnds() {
        assertGives(BalanceRule.inverseEntropy(), entropies(0, 0), 1, 1);
        assertGives(new BalanceRule.InverseEntropy(Double.MIN_VALUE), entropies(0, 1), 2, 0);
        // h = 0.6 and 2: none has more than 4 / (2 + floor)
        assertGives(BalanceRule.inverseEntropy(), entropies(0, 1), 4 / 2.6, 1.2 / 2.6);
    }

    @Test
    void rulesOfTheRatioSeeItAlone() {
        Map<String, Modality> modalities = new LinkedHashMap<>();
        modalities.put("a", new Modality(1.5, Measures.NONE, Measures.NONE));
        modalities.put("b", new Modality(1 / 1.5, Measures.NONE, Measures.NONE));
        modalities.put("c", new Modality(1.2, Measures.NONE, Measures.NONE));
        Step step = new Step(0, 0, 0, 9, modalities);
        // 1 - tanh(1.2), 1 - tanh(0.96); 1 - 0.8 tanh(0.5), 1 - 0.8 tanh(0.2); 1 - tanh(0.32), 1 -
        // tanh(0.08)
        assertGives(CoefficientRule.cvpr2022(0.8), step, 0.1663453929878447, 1, 0.2557231326381626);
        assertGives(
                CoefficientRule.tpami2024(0.8), step, 0.6303062741919921, 1, 0.8420997438200767);
        assertGives(
                CoefficientRule.deadZone(0.8, 0.1),
                step,
                0.6904930787873615,
                1,
                0.9201702308888686);
        assertGives(BalanceRule.none(), step, 1, 1, 1);
    }

    @Test
    void needs() {
        assertEquals(Set.of(), BalanceRule.none().needs());
        assertEquals(Set.of(), CoefficientRule.cvpr2022(1).needs());
        assertEquals(Set.of(Need.MEANS), BalanceRule.agm(1).needs());
        assertEquals(Set.of(Need.MEANS), BalanceRule.weakestFirst().needs());
        assertEquals(Set.of(Need.ENTROPIES), BalanceRule.inverseEntropy().needs());
        BalanceRule own = step -> Map.of();
        assertEquals(Set.of(Need.values()), own.needs());
    }

    @Test
    void settingsOutOfRange() {
        for (double alpha : new double[] {0, -1, 70.1, Double.NaN}) {
            assertEquals(
                    "alpha must be positive and at most 70, got " + alpha,
                    Thrown.message(IllegalArgumentException.class, () -> BalanceRule.agm(alpha)));
        }
        for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
            String rest = " must be above 0 and at most 1, got " + share;
            assertEquals(
                    "part" + rest,
                    Thrown.message(
                            IllegalArgumentException.class,
                            () -> BalanceRule.weakestFirst(share, 9)));
            assertEquals(
                    "floor" + rest,
                    Thrown.message(
                            IllegalArgumentException.class,
                            () -> BalanceRule.inverseEntropy(share)));
        }
        assertThrows(IllegalArgumentException.class, () -> BalanceRule.weakestFirst(0.5, -1));
    }
}
