package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetTest {

    @TempDir Path folder;

    /** Fuzzing that begins with files that are refused finds little. */
    @ParameterizedTest
    @EnumSource
    void validFilesAreAccepted(Target target) throws IOException {
        List<Path> files;
        try (Stream<Path> seeds = Files.list(Path.of("fuzz/seeds", target.name()))) {
            files = seeds.toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            assertTrue(target.accepts(written(target, Files.readAllBytes(file))), file.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingAtAllIsRefused(Target target) throws IOException {
        assertFalse(target.accepts(written(target, new byte[0])));
    }

    private Path written(Target target, byte[] content) throws IOException {
        Path file = folder.resolve(target.fileName());
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }
}
