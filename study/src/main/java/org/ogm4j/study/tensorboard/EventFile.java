package org.ogm4j.study.tensorboard;

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
import org.ogm4j.study.StudyException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
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
        file.writeBytes(header(all.isEmpty() ? 0 : all.get(0).seconds()));
        all.forEach(each -> file.writeBytes(record(each)));
        return file.toByteArray();
    }

    /** The record that a file begins with. */
    public static byte[] header(double seconds) {
        return record(Event.newBuilder().setWallTime(seconds).setFileVersion(VERSION).build());
    }

    /** Says that what other files of the folder have from this step on is no longer true. */
    public static byte[] restart(long step, double seconds) {
        return record(
                Event.newBuilder()
                        .setWallTime(seconds)
                        .setStep(step)
                        .setSessionLog(
                                SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))
                        .build());
    }

    /** The record of one step. */
    public static byte[] record(Scalars each) {
        Summary.Builder summary = Summary.newBuilder();
        each.values()
                .forEach(
                        (tag, value) ->
                                summary.addValue(
                                        Summary.Value.newBuilder()
                                                .setTag(tag)
                                                .setSimpleValue(value)));
        return record(
                Event.newBuilder()
                        .setWallTime(each.seconds())
                        .setStep(each.step())
                        .setSummary(summary)
                        .build());
    }

    /**
     * Reads the scalars of a file.
     *
     * @param file for messages
     * @throws StudyException if a record is cut short, a checksum is not that of its bytes, or it
     *     is no file of events
     */
    public static List<Scalars> parse(Path file, byte[] content) {
        List<Event> events = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        while (left.hasRemaining()) {
            events.add(next(file, left));
        }
        if (events.isEmpty() || !events.get(0).getFileVersion().equals(VERSION)) {
            throw new StudyException(file + " must begin with version " + VERSION);
        }
        return events.stream().filter(Event::hasSummary).map(EventFile::scalars).toList();
    }

    private static Scalars scalars(Event event) {
        Map<String, Float> values = new LinkedHashMap<>();
        event.getSummary()
                .getValueList()
                .forEach(value -> values.put(value.getTag(), value.getSimpleValue()));
        return new Scalars(event.getStep(), event.getWallTime(), values);
    }

    private static byte[] record(Event event) {
        byte[] data = event.toByteArray();
        byte[] length = bytes(Long.BYTES).putLong(data.length).array();
        return bytes(HEADER + data.length + Integer.BYTES)
                .put(length)
                .putInt(checksum(length))
                .put(data)
                .putInt(checksum(data))
                .array();
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
            throw new StudyException(
                    "%s: the record at byte %d is no event".formatted(file, at), e);
        }
    }

    private static StudyException broken(Path file, int at) {
        return new StudyException(
                file + ": " + "the record at byte %d is cut short or was changed".formatted(at));
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
