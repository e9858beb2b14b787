package org.ogm4j.study.data.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class CsvTableTest {

    @TempDir Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.csv"), text);
    }

    private CsvTable read(String text) throws IOException {
        return CsvTable.read(write(text), ',', true);
    }

    @Test
    void cellsAreAsRfc4180HasThem() throws IOException {
        CsvTable table =
                read(
                        "\uFEFFid,text, n \r\na,\"say \"\"hi\"\", now\",1\r\n\r\nb,\"two\nlines\",2e1\r\nc,,-.5");

        assertEquals(List.of("id", "text", "n"), table.columns());
        assertEquals(3, table.rows());
        assertEquals("say \"hi\", now", table.text(0, 1));
        assertEquals("two\nlines", table.text(1, 1));
        assertEquals("", table.text(2, 1));
        assertEquals(1, table.number(0, 2));
        assertEquals(20, table.number(1, 2));
        assertEquals(-0.5, table.number(2, 2));
    }

    @Test
    void withoutAHeaderColumnsHaveNumbers() throws IOException {
        CsvTable table = CsvTable.read(write("1;2\n3;4\n"), ';', false);
        assertEquals(List.of("1", "2"), table.columns());
        assertEquals(2, table.rows());
        assertEquals(4, table.number(1, table.column("2")));
    }

    @Test
    void anEmptyLastCellIsACell() throws IOException {
        assertEquals("", read("a,b\n1,").text(0, 1));
        assertEquals("", read("a,b\n1,\n").text(0, 1));
    }

    @Test
    void badNumbersNameFileLineAndColumn() throws IOException {
        for (String bad :
                List.of("", " ", "NaN", "Infinity", "1e999", "0x1p3", "1f", "one", "1,5")) {
            String cell = bad.contains(",") ? "\"" + bad + "\"" : bad;
            CsvTable table = read("a,b\n\"x\ny\",1\nz," + cell + "\n");
            String got = bad.isBlank() ? "an empty cell" : bad;
            assertEquals(
                    folder.resolve("a.csv") + ":4: column b must be a finite number, got " + got,
                    assertThrows(DataException.class, () -> table.number(1, 1)).getMessage());
        }
    }

    @Test
    void refusesWhatIsNoTable() throws IOException {
        assertFails("a,b\n1,2\n3\n", ":3: a row must have 2 cells as the first, got 1");
        assertFails("a,b\n1,2,3\n", ":2: a row must have 2 cells as the first, got 3");
        assertFails("a,b\n1,\"2\n3\n", ":2: a quote must be closed, got the end of the file");
        assertFails("a\n\"1\"2\n", ":2: a quoted cell must end with its quote, got more");
        assertFails("", ": must have a row, got none");
        assertFails("a,a\n1,2\n", ":1: columns must have different names, got [a, a]");
        Files.write(folder.resolve("a.csv"), "é".getBytes(StandardCharsets.ISO_8859_1));
        String message =
                assertThrows(
                                DataException.class,
                                () -> CsvTable.read(folder.resolve("a.csv"), ',', true))
                        .getMessage();
        assertTrue(message.endsWith("must be text in UTF-8, got other bytes"), message);
    }

    private void assertFails(String text, String problem) {
        String message = assertThrows(DataException.class, () -> read(text)).getMessage();
        assertEquals(folder.resolve("a.csv") + problem, message);
    }
}
