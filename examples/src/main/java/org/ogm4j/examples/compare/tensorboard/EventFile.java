package org.ogm4j.examples.compare.tensorboard;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.ogm4j.study.data.DataException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * TensorBoard's file: records of {@code length (8 bytes), its checksum (4), an Event, its checksum
 * (4)}, little endian. A checksum is CRC-32C, turned right by 15 bits, plus {@code 0xA282EAD8}.
 */
public final class EventFile {

    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xA282EAD8;
    private static final int HEADER = Long.BYTES + Integer.BYTES;

    private EventFile() {}

    /** The content of a file. */
    public static byte[] of(List<Scalars> all) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        double start = all.isEmpty() ? 0 : all.get(0).seconds();
        append(file, Event.newBuilder().setWallTime(start).setFileVersion(VERSION).build());
        for (Scalars each : all) {
            Summary.Builder summary = Summary.newBuilder();
            each.values()
                    .forEach(
                            (tag, value) ->
                                    summary.addValue(
                                            Summary.Value.newBuilder()
                                                    .setTag(tag)
                                                    .setSimpleValue(value)));
            append(
                    file,
                    Event.newBuilder()
                            .setWallTime(each.seconds())
                            .setStep(each.step())
                            .setSummary(summary)
                            .build());
        }
        return file.toByteArray();
    }

    /**
     * Reads what {@link #of} has made.
     *
     * @param file for messages
     * @throws DataException if a record is cut short, a checksum is not that of its bytes, or it is
     *     no file of events
     */
    public static List<Scalars> parse(Path file, byte[] content) {
        List<Event> events = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        while (left.hasRemaining()) {
            events.add(next(file, left));
        }
        if (events.isEmpty() || !events.get(0).getFileVersion().equals(VERSION)) {
            throw new DataException(file, "must begin with version " + VERSION);
        }
        return events.stream().skip(1).map(EventFile::scalars).toList();
    }

    private static Scalars scalars(Event event) {
        Map<String, Float> values = new LinkedHashMap<>();
        event.getSummary()
                .getValueList()
                .forEach(value -> values.put(value.getTag(), value.getSimpleValue()));
        return new Scalars(event.getStep(), event.getWallTime(), values);
    }

    private static void append(ByteArrayOutputStream file, Event event) {
        byte[] data = event.toByteArray();
        byte[] length = bytes(Long.BYTES).putLong(data.length).array();
        file.writeBytes(length);
        file.writeBytes(bytes(Integer.BYTES).putInt(checksum(length)).array());
        file.writeBytes(data);
        file.writeBytes(bytes(Integer.BYTES).putInt(checksum(data)).array());
    }

    private static Event next(Path file, ByteBuffer left) {
        int at = left.position();
        byte[] length = new byte[Long.BYTES];
        if (left.remaining() < HEADER) {
            throw broken(file, at);
        }
        left.get(length);
        if (left.getInt() != checksum(length)) {
            throw broken(file, at);
        }
        long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (size < 0 || size > left.remaining() - Integer.BYTES) {
            throw broken(file, at);
        }
        byte[] data = new byte[(int) size];
        left.get(data);
        if (left.getInt() != checksum(data)) {
            throw broken(file, at);
        }
        try {
            return Event.parseFrom(data);
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(file, "the record at byte %d is no event".formatted(at), e);
        }
    }

    private static DataException broken(Path file, int at) {
        return new DataException(
                file, "the record at byte %d is cut short or was changed".formatted(at));
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Masked, as it stands in the file. */
    static int checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
