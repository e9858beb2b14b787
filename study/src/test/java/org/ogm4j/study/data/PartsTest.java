package org.ogm4j.study.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final int SIZE = 40;

    /** [3, 4] with other means and deviations in each of the 3 rows. */
    private static float[] numbers(int example, float shift) {
        SplittableRandom random = new SplittableRandom(example);
        float[] numbers = new float[12];
        for (int i = 0; i < 12; i++) {
            numbers[i] = (float) (shift + 10 * (i / 4) + (1 + i / 4) * random.nextDouble());
        }
        return numbers;
    }

    /** Test examples, the last ten, are shifted. */
    private static Parts parts(Fit fit, float shift) {
        Modality x =
                Modality.load(
                        "x",
                        SIZE,
                        i -> i == 5 ? null : new Values(numbers(i, i < 30 ? 0 : shift), 3, 4),
                        fit,
                        Memory.quarterOfHeap());
        Modality y =
                Modality.load(
                        "y", SIZE, i -> new Values(new float[1], 1), Fit.NONE, Memory.bytes(0));
        MultimodalData data = Made.data(Made.examples(new int[SIZE]), x, y);
        List<Integer> all = java.util.stream.IntStream.range(0, SIZE).boxed().toList();
        return data.parts(
                new Partition(all.subList(0, 20), all.subList(20, 30), all.subList(30, 40)));
    }

    /** The definition, by hand, over a stretch of each training example. */
    private static double[] measured(int from, int to) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            double mean = count == 0 ? 0 : sum / count;
            for (int i = 0; i < 20; i++) {
                for (int k = from; i != 5 && k < to; k++) {
                    double x = numbers(i, 0)[k];
                    if (pass == 0) {
                        sum += x;
                        count++;
                    } else {
                        squares += (x - mean) * (x - mean);
                    }
                }
            }
        }
        return new double[] {sum / count, Math.sqrt(squares / count)};
    }

    @Test
    void featuresHaveTheMeanAndDeviationOfTheTrainingPart() {
        Parts parts = parts(Modality.standardizedAlong(0), 100);
        for (int example : new int[] {0, 19, 25, 35}) {
            float[] prepared = parts.get(0, example).numbers();
            float[] raw = numbers(example, example < 30 ? 0 : 100);
            for (int i = 0; i < 12; i++) {
                double[] expected = measured(i / 4 * 4, i / 4 * 4 + 4);
                assertEquals((raw[i] - expected[0]) / expected[1], prepared[i], 1e-4);
            }
        }
    }

    @Test
    void orAllNumbersHaveOne() {
        float[] prepared = parts(Modality.standardized(), 100).get(0, 35).numbers();
        double[] expected = measured(0, 12);
        for (int i = 0; i < 12; i++) {
            assertEquals((numbers(35, 100)[i] - expected[0]) / expected[1], prepared[i], 1e-4);
        }
    }

    @Test
    void orPlacesAlongAnotherAxis() {
        float[] prepared = parts(Modality.standardizedAlong(1), 0).get(0, 0).numbers();
        double sum = 0;
        double squares = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < 20; i++) {
                for (int row = 0; i != 5 && row < 3; row++) {
                    double x = numbers(i, 0)[4 * row + 2];
                    sum += pass == 0 ? x : 0;
                    squares += pass == 0 ? 0 : Math.pow(x - sum / 57, 2);
                }
            }
        }
        assertEquals((numbers(0, 0)[6] - sum / 57) / Math.sqrt(squares / 57), prepared[6], 1e-4);
    }

    @Test
    void nothingOfValidationAndTestGetsIntoTraining() {
        for (Fit fit : List.of(Modality.standardized(), Modality.standardizedAlong(0))) {
            Parts usual = parts(fit, 0);
            Parts shifted = parts(fit, 1e6f);
            for (int i = 0; i < 30; i++) {
                if (i != 5) {
                    assertArrayEquals(usual.get(0, i).numbers(), shifted.get(0, i).numbers());
                }
            }
        }
    }

    @Test
    void equalNumbersBecomeZero() {
        Modality x =
                Modality.load(
                        "x",
                        4,
                        i -> new Values(new float[] {0.1f, i}, 2),
                        Modality.standardizedAlong(0),
                        Memory.quarterOfHeap());
        Parts parts =
                Made.data(Made.examples(0, 1, 0, 1), x)
                        .parts(new Partition(List.of(0, 1, 2, 3), List.of(), List.of()));

        assertEquals(0, parts.get(0, 2).numbers()[0], 1e-6);
        assertEquals(0.5 / Math.sqrt(1.25), parts.get(0, 2).numbers()[1], 1e-6);
    }

    @Test
    void everyThirdExampleOfEachClass() {
        Parts parts =
                Made.data(0, 0, 0, 1, 1, 0, 1, 1, 0, 0)
                        .parts(
                                new Partition(
                                        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), List.of(9), List.of()));

        assertEquals(List.of(0, 3, 5, 7), parts.every(3).partition().training());
        assertEquals(List.of(1, 2, 4, 6, 8), parts.without(3).partition().training());
        assertEquals(List.of(9), parts.every(3).partition().validation());
        assertThrows(IllegalArgumentException.class, () -> parts.every(1));
    }

    @Test
    void whatWasMeasuredStaysWithPartsOfTheTrainingPart() {
        Parts parts = parts(Modality.standardized(), 0);
        assertArrayEquals(parts.get(0, 3).numbers(), parts.every(2).get(0, 3).numbers());
    }
}
