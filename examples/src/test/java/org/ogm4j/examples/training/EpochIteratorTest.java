package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;

class EpochIteratorTest {

    @TempDir static Path folder;
    private static Examples examples;

    @BeforeAll
    static void makeExamples() throws IOException {
        DigitData data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 5));
        SignalPath path = SignalPath.fit(data.train(), new NoiseLevels(10, 0.5), 1);
        examples = path.examples(data.train(), 1);
    }

    @Test
    void givesFullBatchesOnly() {
        EpochIterator batches = new EpochIterator(examples, 4, 1);

        for (int step = 0; step < 3; step++) {
            assertEquals(4, batches.next().getFeatures(0).size(0));
        }
        assertFalse(batches.hasNext());
        assertThrows(NoSuchElementException.class, batches::next);
    }

    @Test
    void aBatchIsNeverLargerThanTheData() {
        EpochIterator batches = new EpochIterator(examples, 100, 1);
        assertEquals(examples.size(), batches.next().getFeatures(0).size(0));
        assertFalse(batches.hasNext());
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertArrayEquals(images(1), images(1));
        assertFalse(Arrays.equals(images(1), images(2)));
    }

    private static float[] images(long seed) {
        return new EpochIterator(examples, 15, seed).next().getFeatures(1).data().asFloat();
    }
}
