package org.ogm4j.examples.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;

class SignalPathTest {

    private static final NoiseLevels NOISE = new NoiseLevels(10, 0.5);

    @TempDir static Path folder;
    private static DigitData data;

    @BeforeAll
    static void readData() throws IOException {
        data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 8));
    }

    @Test
    void theTrainingSetIsStandardised() {
        Examples train = SignalPath.fit(data.train(), NOISE, 1).examples(data.train(), 1);

        for (List<float[]> modality : List.of(train.audio(), train.visual())) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (float[] example : modality) {
                for (float x : example) {
                    sum += x;
                    squares += x * x;
                    count++;
                }
            }
            assertEquals(0, sum / count, 1e-4);
            assertEquals(1, Math.sqrt(squares / count), 1e-4);
        }
    }

    @Test
    void aSeedFixesPairingAndNoise() {
        SignalPath path = SignalPath.fit(data.train(), NOISE, 1);

        Examples first = path.examples(data.test(), 5);
        Examples again = path.examples(data.test(), 5);
        Examples other = path.examples(data.test(), 6);

        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.audio().get(i), again.audio().get(i));
            assertArrayEquals(first.visual().get(i), again.visual().get(i));
            assertFalse(Arrays.equals(first.audio().get(i), other.audio().get(i)));
            assertFalse(Arrays.equals(first.visual().get(i), other.visual().get(i)));
        }
    }

    @Test
    void aBatchHoldsTheExamplesInTheOrderGiven() {
        Examples examples = SignalPath.fit(data.train(), NOISE, 1).examples(data.test(), 5);

        MultiDataSet batch = examples.batch(new int[] {4, 2, 0, 1}, 1, 3);

        assertArrayEquals(new long[] {2, 1, 129, 49}, batch.getFeatures(0).shape());
        assertArrayEquals(new long[] {2, 1, 28, 28}, batch.getFeatures(1).shape());
        assertArrayEquals(new long[] {2, 10}, batch.getLabels(0).shape());
        assertEquals(1, batch.getLabels(0).getDouble(0, examples.digit(2)));
        assertEquals(1, batch.getLabels(0).sum().getDouble() / 2);
        assertEquals(
                examples.audio().get(0)[3 * 49 + 7], batch.getFeatures(0).getFloat(1, 0, 3, 7));
        assertEquals(
                examples.visual().get(0)[3 * 28 + 7], batch.getFeatures(1).getFloat(1, 0, 3, 7));
    }
}
