package org.ogm4j.study.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A second reader of TensorBoard's files that shares nothing with the writer: checksums bit by bit,
 * and the fields of {@code event.proto} by their numbers. It reads a folder as TensorBoard does,
 * file by file in the order of names, and gives up what came before a START mark from its step on.
 */
final class EventReader {

    /** Values by tag, then by step. */
    private final Map<String, NavigableMap<Long, Float>> curves = new TreeMap<>();

    private int events;

    static EventReader of(Path folder) throws IOException {
        EventReader reader = new EventReader();
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            reader.read(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        }
        return reader;
    }

    Map<String, NavigableMap<Long, Float>> curves() {
        return curves;
    }

    int events() {
        return events;
    }

    private void read(ByteBuffer file) {
        while (file.hasRemaining()) {
            byte[] length = new byte[8];
            file.get(length);
            expect(masked(length), file.getInt());
            byte[] data =
                    new byte
                            [(int)
                                    ByteBuffer.wrap(length)
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getLong()];
            file.get(data);
            expect(masked(data), file.getInt());
            event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
            events++;
        }
    }

    private static void expect(int wanted, int found) {
        if (wanted != found) {
            throw new IllegalStateException("checksum " + found + " instead of " + wanted);
        }
    }

    /** CRC-32C by long division, polynomial 0x1EDC6F41 with its bits reversed. */
    private static int masked(byte[] data) {
        int crc = -1;
        for (byte each : data) {
            crc ^= each & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xA282EAD8;
    }

    /** wall_time 1, step 2, file_version 3, summary 5, session_log 7. */
    private void event(ByteBuffer message) {
        long step = 0;
        Map<String, Float> values = new LinkedHashMap<>();
        boolean start = false;
        while (message.hasRemaining()) {
            long key = varint(message);
            switch ((int) (key >>> 3)) {
                case 1 -> message.getDouble();
                case 2 -> step = varint(message);
                case 3 -> text(message);
                case 5 -> summary(nested(message), values);
                case 7 -> start = varint(nested(message).position(1)) == 1;
                default -> throw new IllegalStateException("field " + (key >>> 3));
            }
        }
        long at = step;
        if (start) {
            curves.values().forEach(curve -> curve.tailMap(at, true).clear());
        }
        values.forEach(
                (tag, value) -> {
                    if (curves.computeIfAbsent(tag, t -> new TreeMap<>()).put(at, value) != null) {
                        throw new IllegalStateException(tag + " twice at " + at);
                    }
                });
    }

    /** Summary: value 1; in it tag 1 and simple_value 2. */
    private static void summary(ByteBuffer message, Map<String, Float> values) {
        while (message.hasRemaining()) {
            expect(1, (int) (varint(message) >>> 3));
            ByteBuffer value = nested(message);
            String tag = "";
            float number = 0;
            while (value.hasRemaining()) {
                if (varint(value) >>> 3 == 1) {
                    tag = text(value);
                } else {
                    number = value.getFloat();
                }
            }
            values.put(tag, number);
        }
    }

    private static ByteBuffer nested(ByteBuffer message) {
        byte[] bytes = new byte[(int) varint(message)];
        message.get(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer message) {
        return new String(nested(message).array(), StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
