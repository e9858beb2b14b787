package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.ogm4j.CoefficientRule;
import org.ogm4j.testing.Thrown;

class RulePropertiesTest {

    @Property(seed = "1")
    void coefficientsLieBetweenZeroAndOne(
            @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
            @ForAll @DoubleRange(max = 1e6) double rho) {
        for (CoefficientRule rule : rules(alpha)) {
            double k = rule.coefficient(rho);
            assertTrue(k >= 0 && k <= 1, rule + " at " + rho + " gives " + k);
        }
    }

    @Property(seed = "2")
    void whoeverDoesNotLeadKeepsItsGradient(
            @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
            @ForAll @DoubleRange(max = 1) double rho) {
        for (CoefficientRule rule : rules(alpha)) {
            assertEquals(1, rule.coefficient(rho));
        }
    }

    @Property(seed = "3")
    void furtherAheadIsNeverSlowedLess(
            @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
            @ForAll @DoubleRange(max = 50) double rho,
            @ForAll @DoubleRange(max = 50) double more) {
        for (CoefficientRule rule : rules(alpha)) {
            assertTrue(rule.coefficient(rho + more) <= rule.coefficient(rho));
        }
    }

    @Property(seed = "4")
    void theWeakestModalityKeepsItsGradient(@ForAll("scores") double[] scores) {
        double[] rho = DiscrepancyRatio.of(scores);
        int weakest = 0;
        for (int u = 0; u < scores.length; u++) {
            weakest = scores[u] < scores[weakest] ? u : weakest;
        }
        assertTrue(rho[weakest] <= 1);
    }

    @Property(seed = "5")
    void ratiosFollowTheirModalitiesWhenTheseChangePlaces(@ForAll("scores") double[] scores) {
        double[] rho = DiscrepancyRatio.of(scores);
        double[] turned = new double[scores.length];
        for (int u = 0; u < scores.length; u++) {
            turned[(u + 1) % scores.length] = scores[u];
        }
        double[] rhoTurned = DiscrepancyRatio.of(turned);
        for (int u = 0; u < scores.length; u++) {
            assertEquals(rho[u], rhoTurned[(u + 1) % scores.length], 1e-12 * rho[u]);
        }
    }

    @Provide
    Arbitrary<double[]> scores() {
        return Arbitraries.doubles()
                .between(0.001, 1)
                .ofScale(3)
                .array(double[].class)
                .ofMinSize(2)
                .ofMaxSize(5);
    }

    @Property(seed = "6")
    void ofTwoTheRatiosAreReciprocal(
            @ForAll @DoubleRange(min = 0.01, max = 1) double a,
            @ForAll @DoubleRange(min = 0.01, max = 1) double b) {
        double[] rho = DiscrepancyRatio.of(new double[] {a, b});
        assertEquals(1, rho[0] * rho[1], 1e-12);
    }

    @Example
    void theJournalRuleIsContinuousAtOneAndThePapersRuleJumps() {
        double above = Math.nextUp(1.0);
        assertEquals(1, CoefficientRule.tpami2024(0.5).coefficient(above), 1e-12);
        assertEquals(1 - Math.tanh(0.5), CoefficientRule.cvpr2022(0.5).coefficient(above), 1e-12);
    }

    /** 1 - tanh(0.8 * 0.5) = 0.620051. */
    @Example
    void theDeadZoneEndsWithoutAJump() {
        CoefficientRule rule = CoefficientRule.deadZone(0.8, 0.5);
        assertEquals(1, rule.coefficient(1.5));
        assertEquals(1, rule.coefficient(Math.nextUp(1.5)), 1e-12);
        assertEquals(0.620051, rule.coefficient(2), 1e-6);
        assertEquals(0, rule.coefficient(Double.POSITIVE_INFINITY));
        for (double margin : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "margin must be at least 0 and finite, got " + margin,
                    Thrown.message(
                            IllegalArgumentException.class,
                            () -> CoefficientRule.deadZone(1, margin)));
        }
    }

    @Example
    void limits() {
        assertEquals(
                0,
                CoefficientRule.cvpr2022(1).coefficient(20),
                "1 - tanh(x) is exactly 0 above about 19");
        assertEquals(0, CoefficientRule.cvpr2022(0.1).coefficient(Double.POSITIVE_INFINITY));
        assertEquals(0, CoefficientRule.tpami2024(2).coefficient(Double.POSITIVE_INFINITY));
        assertEquals(1, CoefficientRule.cvpr2022(1).coefficient(0));
        assertEquals(
                1, CoefficientRule.cvpr2022(1).coefficient(1), "exactly balanced is not leading");
    }

    @Example
    void ratiosOfScoresAtTheEdge() {
        double[] rho = DiscrepancyRatio.of(new double[] {0.5, 0});
        assertEquals(Double.POSITIVE_INFINITY, rho[0]);
        assertEquals(0, rho[1]);
        assertTrue(Arrays.stream(DiscrepancyRatio.of(new double[] {0, 0})).allMatch(Double::isNaN));
        assertTrue(
                Arrays.stream(DiscrepancyRatio.of(new double[] {Double.NaN, 1}))
                        .allMatch(Double::isNaN));
        Throwable one =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> DiscrepancyRatio.of(new double[] {1}));
        assertEquals("scores must be of at least 2 modalities, got 1", one.getMessage());
    }

    @Example
    void alphaMustBePositiveAndFinite() {
        for (double alpha : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = "alpha must be positive and finite, got " + alpha;
            assertEquals(
                    message,
                    Thrown.message(
                            IllegalArgumentException.class, () -> CoefficientRule.cvpr2022(alpha)));
            assertEquals(
                    message,
                    Thrown.message(
                            IllegalArgumentException.class,
                            () -> CoefficientRule.tpami2024(alpha)));
            assertEquals(
                    message,
                    Thrown.message(
                            IllegalArgumentException.class,
                            () -> CoefficientRule.deadZone(alpha, 1)));
        }
    }

    private static CoefficientRule[] rules(double alpha) {
        return new CoefficientRule[] {
            CoefficientRule.cvpr2022(alpha),
            CoefficientRule.tpami2024(alpha),
            CoefficientRule.deadZone(alpha, 0),
            CoefficientRule.deadZone(alpha, 0.7)
        };
    }
}
