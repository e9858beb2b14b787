package org.ogm4j.study.watch.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.core.storage.Persistable;

/**
 * Numbers of a step, as DL4J's storages keep them.
 *
 * <p>Example: {@code storage.putUpdate(new StepUpdate("ogm-ge", time, 0, 0, Map.of("score/audio",
 * 0.4)))}.
 *
 * @since 0.1.0
 */
public final class StepUpdate implements Persistable {

    private static final long serialVersionUID = 1L;

    static final String TYPE = "ogm4j";
    static final String WORKER = "training";

    private String session = "";
    private long time;
    private int iteration;
    private int epoch;
    private final LinkedHashMap<String, Double> values = new LinkedHashMap<>();

    /** To be decoded. */
    public StepUpdate() {}

    /**
     * Of a step, or the mark that steps come again.
     *
     * @param session which training
     * @param time in milliseconds; storages keep one update for each
     * @param iteration from 0
     * @param epoch from 0
     * @param values by name; empty: what was stored of this iteration and later ones is given up
     */
    public StepUpdate(
            String session, long time, int iteration, int epoch, Map<String, Double> values) {
        this.session = session;
        this.time = time;
        this.iteration = iteration;
        this.epoch = epoch;
        this.values.putAll(values);
    }

    int iteration() {
        return iteration;
    }

    int epoch() {
        return epoch;
    }

    Map<String, Double> values() {
        return values;
    }

    @Override
    public String getSessionID() {
        return session;
    }

    @Override
    public String getTypeID() {
        return TYPE;
    }

    @Override
    public String getWorkerID() {
        return WORKER;
    }

    @Override
    public long getTimeStamp() {
        return time;
    }

    @Override
    public int encodingLengthBytes() {
        return encode().length;
    }

    @Override
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            encode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    @Override
    public void encode(ByteBuffer buffer) {
        buffer.put(encode());
    }

    @Override
    public void encode(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeUTF(session);
        out.writeLong(time);
        out.writeInt(iteration);
        out.writeInt(epoch);
        out.writeInt(values.size());
        for (Map.Entry<String, Double> value : values.entrySet()) {
            out.writeUTF(value.getKey());
            out.writeDouble(value.getValue());
        }
        out.flush();
    }

    @Override
    public void decode(byte[] encoded) {
        try {
            decode(new ByteArrayInputStream(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void decode(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        decode(bytes);
    }

    @Override
    public void decode(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        session = in.readUTF();
        time = in.readLong();
        iteration = in.readInt();
        epoch = in.readInt();
        values.clear();
        for (int left = in.readInt(); left > 0; left--) {
            values.put(in.readUTF(), in.readDouble());
        }
    }
}
