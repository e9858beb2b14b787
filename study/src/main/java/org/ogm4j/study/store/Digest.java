package org.ogm4j.study.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A short name for contents: the first digits of their SHA-256. */
public final class Digest {

    private static final int DIGITS = 12;

    private final MessageDigest sha;

    /** Of nothing as yet. */
    public Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of a text. */
    public static String of(String text) {
        return new Digest().add(text).hex();
    }

    /** Adds a text. */
    public Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
        return this;
    }

    /** Adds type, shape and values of an array, or that there is none. */
    public Digest add(INDArray array) {
        if (array == null) {
            return add("none");
        }
        add(array.dataType() + Arrays.toString(array.shape()));
        double[] values = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        sha.update(bytes);
        return this;
    }

    /** Adds numbers, or that there are none. */
    public Digest add(float[] numbers) {
        if (numbers == null) {
            return add("none");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Float.BYTES * numbers.length);
        bytes.putInt(numbers.length).asFloatBuffer().put(numbers);
        sha.update(bytes.rewind());
        return this;
    }

    /** The name; nothing can be added after. */
    public String hex() {
        return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    }
}
