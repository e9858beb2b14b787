package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scores and ratios of batches whose examples lack modalities, worked out by hand. */
class StepScoresTest {

    private static final double EXACT = 1e-15;

    /** Losses whose scores are these; NaN: no label. */
    private static Map<String, ExampleLosses> scores(OutputLoss.Kind kind, double... scores) {
        boolean[] counts = new boolean[scores.length];
        double[] losses = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            counts[i] = !Double.isNaN(scores[i]);
            losses[i] = -Math.log(scores[i]);
        }
        return Map.of("out", new ExampleLosses(kind, scores.length, new RowLosses(losses, counts)));
    }

    private static Map<String, ExampleLosses> scores(double... scores) {
        return scores(OutputLoss.Kind.CLASSES, scores);
    }

    /** 1 for an example that has the modality. */
    private static boolean[] has(int... examples) {
        boolean[] has = new boolean[examples.length];
        for (int i = 0; i < has.length; i++) {
            has[i] = examples[i] == 1;
        }
        return has;
    }

    private static StepScores of(List<Map<String, ExampleLosses>> scores, boolean[]... has) {
        return StepScores.of(scores, has);
    }

    @Test
    void twoModalities() {
        StepScores step =
                of(
                        List.of(scores(0.8, 0.6, 0.1, 0.9), scores(0.4, 0.3, 0.5, 0.9)),
                        has(1, 1, 0, 1),
                        has(1, 1, 1, 0));
        assertEquals((0.8 + 0.6 + 0.9) / 3, step.score(0), EXACT);
        assertEquals((0.4 + 0.3 + 0.5) / 3, step.score(1), EXACT);
        // examples 0 and 1 have both
        assertEquals(1.4 / 0.7, step.ratio(0), EXACT);
        assertEquals(0.5, step.ratio(1), EXACT);
        assertTrue(step.isCompared(0) && step.isCompared(1) && step.canBeHeld());
    }

    /** Pairs: a, b on example 0; a, c on example 1; b, c on none; and on 2 all of a and c. */
    @Test
    void threeModalities() {
        StepScores step =
                of(
                        List.of(
                                scores(0.8, 0.6, 0.2),
                                scores(0.2, 0.9, 0.9),
                                scores(0.5, 0.3, 0.1)),
                        null,
                        has(1, 0, 0),
                        has(0, 1, 1));
        assertEquals(1.6 / 3, step.score(0), EXACT);
        assertEquals(0.2, step.score(1), EXACT);
        assertEquals(0.2, step.score(2), EXACT);
        assertEquals((0.8 / 0.2 + 0.8 / 0.4) / 2, step.ratio(0), EXACT);
        assertEquals(0.2 / 0.8, step.ratio(1), EXACT, "one pair, so a mean of one");
        assertEquals(0.4 / 0.8, step.ratio(2), EXACT);
    }

    @Test
    void aModalityInNoPairIsNotCompared() {
        StepScores step =
                of(
                        List.of(scores(0.8, 0.6), scores(0.4, 0.2), scores(0.1, 0.1)),
                        null,
                        null,
                        has(0, 0));
        assertFalse(step.isCompared(2));
        assertFalse(step.canBeHeld());
        assertTrue(Double.isNaN(step.ratio(2)) && Double.isNaN(step.score(2)));
        assertEquals(1.4 / 0.6, step.ratio(0), EXACT, "one pair is left");
    }

    @Test
    void scoresWithoutAnExampleInCommon() {
        StepScores step = of(List.of(scores(0.8, 0.6), scores(0.4, 0.2)), has(1, 0), has(0, 1));
        assertEquals(0.8, step.score(0), EXACT);
        assertEquals(0.2, step.score(1), EXACT);
        assertFalse(step.isCompared(0) || step.isCompared(1));
    }

    @Test
    void rowsWithoutALabelGiveNoScore() {
        StepScores step =
                of(
                        List.of(
                                scores(0.8, Double.NaN, 0.4, 0.9),
                                scores(0.2, Double.NaN, 0.1, 0.5)),
                        has(1, 1, 1, 0),
                        null);
        assertEquals(0.6, step.score(0), EXACT);
        assertEquals(1.2 / 0.3, step.ratio(0), EXACT);
    }

    /** A label on an example that lacks the modality, and none on those that have it. */
    @Test
    void aModalityPresentOnlyWhereThereAreNoLabels() {
        StepScores step =
                of(List.of(scores(0.8, Double.NaN), scores(0.2, Double.NaN)), has(0, 1), null);
        assertFalse(step.isCompared(0));
        assertEquals(0.2, step.score(1), EXACT);
    }

    /** tau is the mean of the losses that count: 1, 2 of one and 3 of the other modality. */
    @Test
    void theUnitOfRegressionIsOfThosePresent() {
        StepScores step =
                of(
                        List.of(
                                scores(OutputLoss.Kind.LOSSES, Math.exp(-1), Math.exp(-2)),
                                scores(OutputLoss.Kind.LOSSES, Math.exp(-3), Math.exp(-50))),
                        null,
                        has(1, 0));
        assertEquals((Math.exp(-0.5) + Math.exp(-1)) / 2, step.score(0), EXACT);
        assertEquals(Math.exp(-1.5), step.score(1), EXACT);
        assertEquals(Math.exp(-0.5) / Math.exp(-1.5), step.ratio(0), 1e-14);
    }

    /** Logits that are not finite are a fault, not a missing modality. */
    @Test
    void aScoreThatIsNotANumberIsCompared() {
        Map<String, ExampleLosses> broken =
                Map.of(
                        "out",
                        new ExampleLosses(
                                OutputLoss.Kind.CLASSES,
                                2,
                                new RowLosses(
                                        new double[] {Double.NaN, 1}, new boolean[] {true, true})));
        StepScores step = of(List.of(broken, scores(0.5, 0.5)), null, has(1, 0));
        assertTrue(step.isCompared(0) && Double.isNaN(step.ratio(0)));
    }

    @Test
    void whatIsHeldIsWhatWasMeasured() {
        StepScores step = of(List.of(scores(0.8, 0.6), scores(0.4, 0.2)), has(1, 0), null);
        StepScores held = StepScores.held(step.measures(), step.ratios());
        assertEquals(step.ratio(0), held.ratio(0));
        assertEquals(2, held.ratio(0), EXACT);
        assertEquals(step.score(1), held.score(1));
        StepScores all = of(List.of(scores(0.8), scores(0.4)), null, null);
        assertEquals(0, all.ratios().length, "they follow from the scores");
        assertEquals(2, StepScores.held(all.measures(), all.ratios()).ratio(0), EXACT);
    }

    /** Three batches: the second has no labels at the output, in the third all have both. */
    @Test
    void severalBatchesAreOneBigOne() {
        StepScores.Batch first =
                new StepScores.Batch(
                        List.of(scores(0.8, Double.NaN), scores(0.4, 0.3)),
                        new boolean[][] {null, has(0, 1)},
                        2);
        StepScores.Batch unlabelled =
                new StepScores.Batch(
                        List.of(Map.of(), Map.of()), new boolean[][] {null, has(1)}, 1);
        StepScores.Batch last =
                new StepScores.Batch(
                        List.of(scores(0.6, 0.1), scores(0.5, 0.9)), new boolean[2][], 2);
        StepScores step = StepScores.of(List.of(first, unlabelled, last), last);
        StepScores big =
                of(
                        List.of(
                                scores(0.8, Double.NaN, Double.NaN, 0.6, 0.1),
                                scores(0.4, 0.3, Double.NaN, 0.5, 0.9)),
                        null,
                        has(0, 1, 1, 1, 1));
        assertEquals(big.measures(), step.measures());
        for (int u = 0; u < 2; u++) {
            assertEquals(big.ratio(u), step.ratio(u), 0);
            assertEquals(big.loss(u), step.loss(u), 0);
        }
        assertArrayEquals(new double[][] {{1, 1}, {1, 1}}, step.counted());
        assertArrayEquals(
                new double[][] {{1, 0}, {0, 1}},
                StepScores.of(List.of(first, unlabelled, last), first).counted());
    }
}
