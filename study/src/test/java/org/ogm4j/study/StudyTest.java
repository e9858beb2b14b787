package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.ModulatedOptimizer;

class StudyTest {

    @TempDir Path folder;

    @Test
    void makesEveryRunAndWritesTables() throws IOException {
        StudyResult result = Nets.study().run(folder);

        assertEquals(Map.of(), result.failures());
        assertTrue(result.isComplete());
        assertEquals(12, result.runs().size());
        List<String> rows = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals(13, rows.size());
        assertTrue(result.tables().contains("| ogm-ge | 6 |"), result.tables());
        System.out.println(result.tables());
        System.out.println(String.join("\n", rows.subList(0,3)));
        System.out.println(Files.readString(folder.resolve("summary.csv")));
    }
}
