package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.math.DiscrepancyRatio;
import org.ogm4j.testing.Reference;
import org.ogm4j.testing.Thrown;

class PredictionModulationTest {

    private static final PredictionModulation PUBLISHED = PredictionModulation.opm(0.5, 0.5);

    @Test
    void ratesEqualTheReference() {
        JsonNode reference = Reference.cases("prediction_modulation.json").get(0);
        for (JsonNode node : reference.get("rates")) {
            double q = PUBLISHED.dropRate(node.get("ratio").asDouble());
            assertEquals(node.get("q").asDouble(), q, 1e-15);
        }
        assertEquals(5, reference.get("rates").size());
    }

    /** tanh(ln 2) = 3/5. */
    @Test
    void ratesByHand() {
        double rho = 1 + Math.log(2);
        assertEquals(0.5 * 1.3, PUBLISHED.dropRate(rho), 1e-15);
        assertEquals(0.2 * 2.2, PredictionModulation.opm(0.2, 2).dropRate(rho), 1e-15);
        assertEquals(0.2, PredictionModulation.opm(0.2, 0).dropRate(rho), 1e-15);
        assertEquals(1, PredictionModulation.opm(0.8, 1).dropRate(rho), "clipped");
        assertEquals(0.75, PUBLISHED.dropRate(Double.POSITIVE_INFINITY));
        assertEquals(0, PUBLISHED.dropRate(1));
        assertEquals(0.5, PUBLISHED.dropRate(Math.nextUp(1.0)), 1e-15);
        assertEquals(0, PUBLISHED.dropRate(Double.NaN));
        assertEquals(0, PredictionModulation.none().dropRate(9));
    }

    /**
     * The weakest modality's ratio is a mean of numbers that are at most 1, in floating point too.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void oneModalityIsNeverDropped(int modalities) {
        Random random = new Random(modalities);
        for (int draw = 0; draw < 20_000; draw++) {
            double[] scores = new double[modalities];
            double spread = Math.pow(10, random.nextInt(20));
            Arrays.setAll(scores, u -> Math.pow(spread, -random.nextDouble()));
            if (draw % 4 == 0) {
                scores[0] = scores[1]; // ties, of the weakest too
            }
            if (draw % 16 == 0) {
                scores[random.nextInt(modalities)] = 0;
            }
            double[] ratios = DiscrepancyRatio.of(scores);
            double least =
                    Arrays.stream(ratios)
                            .map(PredictionModulation.opm(1, 9)::dropRate)
                            .min()
                            .orElseThrow();
            assertEquals(0, least, Arrays.toString(scores));
        }
    }

    @Test
    void valuesAreChecked() {
        assertEquals("baseRate must be positive and finite, got 0.0", problem(0, 0.5, 0.7));
        assertEquals("baseRate must be in [0, 1], got 1.1", problem(1.1, 0.5, 0.7));
        assertEquals("lambda must be at least 0 and finite, got NaN", problem(0.5, Double.NaN, 1));
        assertEquals("probability must be in (0, 1], got 0.0", problem(0.5, 0.5, 0));
        assertEquals("probability must be in (0, 1], got NaN", problem(0.5, 0.5, Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> new PredictionModulation(Double.NaN, 0, 1));
    }

    private static String problem(double baseRate, double lambda, double probability) {
        return Thrown.message(
                IllegalArgumentException.class,
                () -> PredictionModulation.opm(baseRate, lambda).withProbability(probability));
    }

    @Test
    void isPrintedAsItIsWritten() {
        assertEquals("opm(0.5, 0.5)", PUBLISHED.toString());
        assertEquals("opm(0.5, 0.5).withProbability(1.0)", PUBLISHED.withProbability(1).toString());
        assertEquals("none", PredictionModulation.none().toString());
        assertFalse(PredictionModulation.none().active());
        assertTrue(PUBLISHED.active());
    }
}
