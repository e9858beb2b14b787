package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.examples.training.Method;

class RunStoreTest {

    private static final RunRecord RUN = Samples.record(Method.OGM, Imbalance.MEDIUM, 3, 0.75);

    @TempDir Path folder;
    private RunStore store;

    @BeforeEach
    void open() throws IOException {
        store = new RunStore(folder.resolve("new/out"));
    }

    @Test
    void whatWasWrittenIsFound() throws IOException {
        assertEquals(Optional.empty(), store.find(RUN.key()));

        store.finished(RUN);

        assertEquals(Optional.of(RUN), store.find(RUN.key()));
        assertEquals(List.of(RUN.key() + ".json"), files());
        assertTrue(Files.readString(file(RUN.key() + ".json")).contains("\"visual\" : null"));
    }

    @Test
    void aFileThatWasCutShortIsNoRun() throws IOException {
        store.finished(RUN);
        Path file = file(RUN.key() + ".json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertEquals(Optional.empty(), store.find(RUN.key()));
    }

    @Test
    void aFileOfAnotherRunIsNoRun() throws IOException {
        store.finished(RUN);
        Files.move(file(RUN.key() + ".json"), file("other.json"));

        assertEquals(Optional.empty(), store.find("other"));
    }

    @Test
    void anErrorIsThereUntilTheRunSucceeds() throws IOException {
        store.failed(RUN.key(), new IllegalStateException("no luck"));

        assertEquals(Optional.empty(), store.find(RUN.key()));
        String error = Files.readString(file(RUN.key() + ".error.json"));
        assertTrue(error.contains("IllegalStateException: no luck"), error);

        store.finished(RUN);
        assertFalse(Files.exists(file(RUN.key() + ".error.json")));
    }

    private Path file(String name) {
        return folder.resolve("new/out/runs").resolve(name);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("new/out/runs"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
