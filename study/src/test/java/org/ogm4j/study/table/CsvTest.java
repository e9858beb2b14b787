package org.ogm4j.study.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.run.Samples;
import org.ogm4j.study.table.Metric.Kind;

class CsvTest {

    private static final List<Result> RUNS =
            Result.of(
                    List.of(
                            Samples.record("plain", "some \"data\", loud", 1, 0.8),
                            Samples.record("audio-only", "some \"data\", loud", 1, 0.6),
                            Samples.record("ogm", "some \"data\", loud", 2, 0.9)),
                    "plain");

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("results.csv");
        Files.writeString(file, Csv.runs(RUNS));

        List<Result> read = ResultReader.read(List.of(new ResultFile("", file)));

        assertEquals(Files.readString(file), Csv.runs(read));
        for (int i = 0; i < RUNS.size(); i++) {
            assertEquals(RUNS.get(i).key(), read.get(i).key());
            assertEquals(RUNS.get(i).data(), read.get(i).data());
            for (Metric metric : RUNS.get(i).values().keySet()) {
                assertEquals(RUNS.get(i).of(metric), read.get(i).of(metric), 1e-6);
            }
        }
    }

    /** The probe of the sound is 0.7, the sound alone 0.6; there is no run of pictures alone. */
    @Test
    void aGapIsTheProbeMinusTheModalityAloneInAnEqualRun() {
        Metric gap = new Metric(Kind.GAP, "audio");
        assertEquals(0.1, RUNS.get(0).of(gap), 1e-12);
        assertEquals(Double.NaN, RUNS.get(0).of(new Metric(Kind.GAP, "visual")));
        assertEquals(Double.NaN, RUNS.get(2).of(gap), "another seed");
        assertEquals(0, RUNS.get(1).of(Metric.OVERHEAD), 1e-12);
        assertEquals(4, RUNS.get(1).of(Metric.STEP_MILLIS), 1e-12);
        assertEquals(5, RUNS.get(1).of(Metric.PEAK_MEGABYTES), 1e-12);
    }
}
