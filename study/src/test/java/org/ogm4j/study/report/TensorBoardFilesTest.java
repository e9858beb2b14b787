package org.ogm4j.study.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.run.Samples;
import org.ogm4j.study.tensorboard.EventFile;
import org.ogm4j.study.tensorboard.Scalars;

class TensorBoardFilesTest {

    private static final RunRecord JOINT = Samples.record("ogm-ge", "medium", 1, 0.8);

    @TempDir Path folder;

    @Test
    void everyRunHasAFileWithItsCurves() throws IOException {
        TensorBoardFiles.write(folder, List.of(JOINT));

        Path file =
                folder.resolve("tensorboard/ogm-ge-seed1-fold0-medium-0123abcd")
                        .resolve("events.out.tfevents.1795514401.ogm4j");
        List<Scalars> read = EventFile.parse(file, Files.readAllBytes(file));
        assertEquals(TensorBoardFiles.scalars(JOINT), read);
        assertEquals(4 + 4, read.size());
        assertEquals(10, read.get(1).step());
        assertEquals(1.0f, read.get(1).values().get("training/loss"));
        assertEquals(1.4f, read.get(1).values().get("ratio/audio"));
        assertEquals(0.9f, read.get(1).values().get("coefficient/audio"));
        assertEquals(-0.2f, read.get(1).values().get("signal_cosine/audio"));
    }

    @Test
    void validationStandsAtTheLastStepOfItsEpoch() {
        List<Scalars> all = TensorBoardFiles.scalars(JOINT);

        assertEquals(
                List.of(5L, 10L, 15L, 20L), all.subList(4, 8).stream().map(Scalars::step).toList());
        assertEquals(0.7f, all.get(4).values().get("validation/fused"));
        assertEquals(0.5f, all.get(4).values().get("validation/audio"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        RunRecord alone = Samples.record("audio-only", "medium", 1, 0.7);

        assertEquals(
                Set.of(
                        "training/loss",
                        "training/accuracy",
                        "score/audio",
                        "score/visual",
                        "ratio/visual",
                        "coefficient/audio",
                        "coefficient/visual"),
                TensorBoardFiles.scalars(alone).get(0).values().keySet());
    }
}
