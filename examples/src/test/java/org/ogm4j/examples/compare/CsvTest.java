package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.examples.training.Method;
import org.ogm4j.study.data.DataException;

class CsvTest {

    private static final List<Result> RUNS =
            Result.of(
                    List.of(
                            Samples.record(Method.PLAIN, Imbalance.MEDIUM, 1, 0.8),
                            Samples.record(Method.AUDIO_ONLY, Imbalance.MEDIUM, 1, 0.6),
                            Samples.record(Method.OGM, Imbalance.MEDIUM, 2, 0.9)));

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("results.csv");
        Files.writeString(file, Csv.runs(RUNS));

        List<Result> read = Csv.read(file);

        assertEquals(Files.readString(file), Csv.runs(read));
        for (int i = 0; i < RUNS.size(); i++) {
            assertEquals(RUNS.get(i).key(), read.get(i).key());
            for (Metric metric : Metric.values()) {
                assertEquals(RUNS.get(i).of(metric), read.get(i).of(metric), 1e-6);
            }
        }
    }

    /** The probe of the sound is 0.7, the sound alone 0.6; there is no run of pictures alone. */
    @Test
    void aGapIsTheProbeMinusTheModalityAloneOnTheSameSeed() {
        assertEquals(0.1, RUNS.get(0).of(Metric.AUDIO_GAP), 1e-12);
        assertEquals(Double.NaN, RUNS.get(0).of(Metric.VISUAL_GAP));
        assertEquals(Double.NaN, RUNS.get(2).of(Metric.AUDIO_GAP), "another seed");
        assertEquals(0, RUNS.get(1).of(Metric.OVERHEAD), 1e-12);
        assertEquals(4, RUNS.get(1).of(Metric.STEP_MILLIS), 1e-12);
        assertEquals(5, RUNS.get(1).of(Metric.PEAK_MEGABYTES), 1e-12);
    }

    @Test
    void somethingElseIsExplained() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        String message = assertThrows(DataException.class, () -> Csv.read(other)).getMessage();
        assertTrue(message.contains("must begin with the columns key,method,seed"), message);

        Path broken = folder.resolve("broken.csv");
        Files.writeString(broken, Csv.runs(RUNS) + "key,plain,one\n");
        message = assertThrows(DataException.class, () -> Csv.read(broken)).getMessage();
        assertTrue(message.contains("line 5 is no run"), message);
    }
}
