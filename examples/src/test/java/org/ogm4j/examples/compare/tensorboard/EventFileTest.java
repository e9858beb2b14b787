package org.ogm4j.examples.compare.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ogm4j.study.data.DataException;
import org.tensorflow.proto.Event;

class EventFileTest {

    private static final Path FILE = Path.of("events");
    private static final List<Scalars> ALL =
            List.of(
                    new Scalars(7, 1.5e9, Map.of("training/loss", 2.25f)),
                    new Scalars(1L << 40, 1.5e9 + 0.25, Map.of("validation/fused", -0.1f)));

    @Test
    void readsBackWhatItWrote() {
        assertEquals(ALL, EventFile.parse(FILE, EventFile.of(ALL)));
        assertEquals(List.of(), EventFile.parse(FILE, EventFile.of(List.of())));
    }

    /**
     * The first record of a file of TensorFlow's own at time 0: 15 bytes of message, whose last 13
     * are the version.
     */
    @Test
    void beginsWithTheVersion() throws Exception {
        byte[] file = EventFile.of(List.of());

        assertEquals(8 + 4 + 15 + 4, file.length);
        assertArrayEquals(new byte[] {15, 0, 0, 0, 0, 0, 0, 0}, Arrays.copyOf(file, 8));
        Event version = Event.parseFrom(Arrays.copyOfRange(file, 12, 27));
        assertEquals("brain.Event:2", version.getFileVersion());
    }

    /** CRC-32C of "123456789" is 0xE3069283 (RFC 3720); turned and masked by hand. */
    @Test
    void checksumsAreMasked() {
        int crc = 0xE3069283;
        int masked = ((crc >>> 15) | (crc << 17)) + 0xA282EAD8;

        assertEquals(masked, EventFile.checksum("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] file = EventFile.of(ALL);
        for (int i = 0; i < file.length; i++) {
            byte[] broken = file.clone();
            broken[i] ^= 0x10;
            DataException e =
                    assertThrows(
                            DataException.class, () -> EventFile.parse(FILE, broken), "byte " + i);
            assertTrue(e.getMessage().contains("cut short or was changed"), e.getMessage());
        }
    }

    @Test
    void aFileCutShortIsNoticed() {
        byte[] file = EventFile.of(ALL);
        int first = end(file, 0);
        int second = end(file, first);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length != first && length != second) {
                assertThrows(DataException.class, () -> EventFile.parse(FILE, cut), "" + length);
            }
        }
    }

    /** Where the record that starts there ends; none here is longer than 127 bytes. */
    private static int end(byte[] file, int start) {
        return start + 8 + 4 + file[start] + 4;
    }
}
