package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ogm4j.score.OutputLoss.Kind;

class BatchScoresTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static ExampleLosses losses(Kind kind, int examples, double... rows) {
        return losses(kind, examples, rows, new boolean[rows.length]);
    }

    private static ExampleLosses losses(Kind kind, int examples, double[] rows, boolean[] masked) {
        boolean[] counts = new boolean[rows.length];
        for (int row = 0; row < rows.length; row++) {
            counts[row] = !masked[row];
        }
        return new ExampleLosses(kind, examples, new RowLosses(rows, counts));
    }

    private static double score(ExampleLosses... outputs) {
        Map<String, ExampleLosses> byOutput = new LinkedHashMap<>();
        for (ExampleLosses output : outputs) {
            byOutput.put("output" + byOutput.size(), output);
        }
        return BatchScores.of(List.of(byOutput))[0];
    }

    @Test
    void isTheMeanOfExpOfMinusTheLoss() {
        assertEquals((1 + 0.25) / 2, score(losses(Kind.CLASSES, 2, 0, Math.log(4))), 1e-15);
    }

    @Test
    void aSequenceCountsWithTheMeanLossOfItsUnmaskedSteps() {
        // rows: step 0 of examples 0 and 1, step 1 of both, step 2 of both
        boolean[] masked = {false, false, false, false, true, false};
        assertEquals(
                (Math.exp(-2) + Math.exp(-4)) / 2,
                score(losses(Kind.CLASSES, 2, new double[] {1, 2, 3, 4, 100, 6}, masked)),
                1e-15);
    }

    @Test
    void anExampleWithoutLabelsDoesNotCount() {
        boolean[] masked = {false, true, false};
        assertEquals(
                (Math.exp(-1) + Math.exp(-3)) / 2,
                score(losses(Kind.LABELS, 3, new double[] {1, 50, 3}, masked)),
                1e-15);
    }

    /** The second example has one label, the third none. */
    @Test
    void anExampleCountsWithTheMeanOverTheOutputsThatHaveLabels() {
        ExampleLosses first =
                losses(Kind.CLASSES, 3, new double[] {1, 2, 9}, new boolean[] {false, false, true});
        ExampleLosses second =
                losses(Kind.LABELS, 3, new double[] {0.5, 7, 9}, new boolean[] {false, true, true});
        double both = (Math.exp(-1) + Math.exp(-0.5)) / 2;
        assertEquals((both + Math.exp(-2)) / 2, score(first, second), 1e-15);
    }

    /** A task in other units, of whatever loss, weighs as much as any other. */
    @Test
    void lossesOfRegressionAreInUnitsOfTheBatchsOwn() {
        double[] scores = null;
        for (double unit : new double[] {1, 1e6, 1e-6}) {
            List<Map<String, ExampleLosses>> modalities =
                    List.of(
                            Map.of("out", losses(Kind.LOSSES, 2, unit, 3 * unit)),
                            Map.of("out", losses(Kind.LOSSES, 2, 4 * unit, 8 * unit)));
            double tau = (1 + 3 + 4 + 8) / 4.0;
            scores = BatchScores.of(modalities);
            double[] expected = {
                (Math.exp(-1 / tau) + Math.exp(-3 / tau)) / 2,
                (Math.exp(-4 / tau) + Math.exp(-8 / tau)) / 2
            };
            assertArrayEquals(expected, scores, 1e-14);
        }
    }

    /** As a likelihood of densities may be: the smaller loss still has the higher score. */
    @Test
    void lossesMayBeNegative() {
        double[] scores =
                BatchScores.of(
                        List.of(
                                Map.of("out", losses(Kind.LOSSES, 1, -3)),
                                Map.of("out", losses(Kind.LOSSES, 1, -1))));
        assertArrayEquals(new double[] {Math.exp(1.5), Math.exp(0.5)}, scores, 1e-14);
    }

    @Test
    void noLossAnywhereIsScoreOne() {
        assertEquals(1, score(losses(Kind.LOSSES, 2, 0, 0)));
    }

    @Test
    void withoutAnyLabelThereIsNoScore() {
        boolean[] masked = {true, true};
        assertTrue(Double.isNaN(score(losses(Kind.CLASSES, 2, new double[] {1, 1}, masked))));
        assertTrue(Double.isNaN(score()));
    }

    @Test
    void anInfiniteLossIsScoreZeroAndNaNStaysNaN() {
        assertEquals(0, score(losses(Kind.CLASSES, 1, INFINITY)));
        assertTrue(Double.isNaN(score(losses(Kind.CLASSES, 1, Double.NaN))));
        assertTrue(Double.isNaN(score(losses(Kind.LOSSES, 1, INFINITY))), "no unit");
    }
}
