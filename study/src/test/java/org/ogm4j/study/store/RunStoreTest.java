package org.ogm4j.study.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.run.Samples;

class RunStoreTest {

    private static final RunRecord RUN = Samples.record("ogm", "medium", 3, 0.75);

    @TempDir Path folder;
    private RunStore<RunRecord> store;

    @BeforeEach
    void open() throws IOException {
        store = store();
    }

    private RunStore<RunRecord> store() throws IOException {
        return new RunStore<>(folder.resolve("new/out"), RunRecord.class, RunRecord::key);
    }

    @Test
    void whatWasWrittenIsFound() throws IOException {
        assertEquals(Optional.empty(), store.find(RUN.key()));

        store.finished(RUN);

        assertEquals(Optional.of(RUN), store.find(RUN.key()));
        assertEquals(List.of(RUN.key() + ".json"), files());
        assertTrue(Files.readString(file(RUN.key() + ".json")).contains("\"visual\" : null"));
        assertTrue(store.damaged().isEmpty());
    }

    @Test
    void aFileThatWasCutShortIsPutAsideAndNamed() throws IOException {
        store.finished(RUN);
        Path file = file(RUN.key() + ".json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertEquals(Optional.empty(), store.find(RUN.key()));
        assertEquals(List.of(RUN.key() + ".json.damaged"), files());
        assertTrue(store.damaged().get(RUN.key()).contains(".json.damaged: "), "named");

        store.finished(RUN);
        assertEquals(Optional.of(RUN), store.find(RUN.key()));
    }

    @Test
    void anEmptyFileIsPutAsideAndNamed() throws IOException {
        Files.writeString(file("empty.json"), "");
        Files.writeString(file("null.json"), "null");

        assertEquals(Optional.empty(), store.find("empty"));
        assertEquals(Optional.empty(), store.find("null"));
        assertEquals(2, store.damaged().size());
    }

    @Test
    void aFileOfAnotherRunIsPutAside() throws IOException {
        store.finished(RUN);
        Files.move(file(RUN.key() + ".json"), file("other.json"));

        assertEquals(Optional.empty(), store.find("other"));
        assertTrue(store.damaged().get("other").contains("it is the run " + RUN.key()));
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

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");

        IOException e =
                assertThrows(
                        IOException.class,
                        () -> new RunStore<>(inTheWay, RunRecord.class, RunRecord::key));
        assertTrue(e.getMessage().contains("file/runs cannot be made: "), e.getMessage());
    }

    @Test
    void aRunThatCannotBeWrittenIsNamedAndTheOthersAreKept() throws IOException {
        store.finished(RUN);
        RunRecord other = Samples.record("plain", "medium", 3, 0.7);
        Files.createDirectories(file(other.key() + ".json").resolve("in-the-way"));

        IOException e = assertThrows(IOException.class, () -> store.finished(other));
        assertTrue(e.getMessage().contains(other.key() + ".json cannot be written: "));
        assertEquals(Optional.of(RUN), store.find(RUN.key()));
    }

    @Test
    void aRunIsLockedOnce() throws IOException {
        RunLock lock = store.lock("one").orElseThrow();

        assertEquals(Optional.empty(), store.lock("one"));
        assertEquals(Optional.empty(), store().lock("one"));
        store.lock("two").orElseThrow().close();
        lock.close();

        store.lock("one").orElseThrow().close();
        assertEquals(List.of(), files());
    }

    /** Nobody holds it: the process that wrote it has ended. */
    @Test
    void theLockOfADeadProcessLocksNothing() throws IOException {
        Path file = folder.resolve("new/out/locks/one.lock");
        Files.writeString(file, "process 1, since long ago\n");

        store.lock("one").orElseThrow().close();

        String own = Files.readString(file);
        assertTrue(own.startsWith("process " + ProcessHandle.current().pid()), own);
    }

    @Test
    void anotherProcessIsRefusedAsLongAsTheLockIsHeld() throws Exception {
        RunLock lock = store.lock("one").orElseThrow();
        assertEquals(Optional.empty(), store.lock("one"), "asking must not let go");

        assertEquals(LockProcess.REFUSED, LockProcess.ask(folder.resolve("new/out"), "one"));
        assertEquals(LockProcess.TAKEN, LockProcess.ask(folder.resolve("new/out"), "two"));
        lock.close();
        assertEquals(LockProcess.TAKEN, LockProcess.ask(folder.resolve("new/out"), "one"));
    }

    private Path file(String name) {
        return folder.resolve("new/out/runs").resolve(name);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("new/out/runs"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
