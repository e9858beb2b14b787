package org.ogm4j.study.data.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class IdxFileTest {

    private static final byte[] TWO_OF_TWO_BY_THREE = {
        0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1
    };

    @TempDir Path folder;

    @Test
    void readsBytesGzippedOrNot() throws IOException {
        Path plain = Files.write(folder.resolve("a"), TWO_OF_TWO_BY_THREE);
        Path packed = folder.resolve("a.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(TWO_OF_TWO_BY_THREE);
        }
        for (Path file : new Path[] {plain, packed}) {
            IdxFile idx = IdxFile.read(file, 3);
            assertArrayEquals(new int[] {2, 2, 3}, idx.shape());
            assertEquals(7, idx.at(6));
            assertEquals(255, idx.at(11));
        }
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertFails(TWO_OF_TWO_BY_THREE, 1, "must be an IDX file of labels with magic number 2049");
        assertFails(Arrays.copyOf(TWO_OF_TWO_BY_THREE, 20), 3, "is cut short");
        assertFails(Arrays.copyOf(TWO_OF_TWO_BY_THREE, 10), 3, "is cut short");
        assertFails(new byte[2], 3, "is cut short");
        byte[] negative = TWO_OF_TWO_BY_THREE.clone();
        negative[8] = -1;
        assertFails(negative, 3, "at byte 8: sizes must not be negative");
    }

    private void assertFails(byte[] bytes, int dimensions, String problem) throws IOException {
        Path file = Files.write(folder.resolve("a"), bytes);
        String message =
                assertThrows(DataException.class, () -> IdxFile.read(file, dimensions))
                        .getMessage();
        assertTrue(message.startsWith(file + ": " + problem), message);
    }
}
