package org.ogm4j.examples.compare;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.data.Recording;
import org.ogm4j.examples.data.Split;

/** A short name for digits: the first digits of their SHA-256. */
final class Digest {

    private static final int DIGITS = 8;

    private final MessageDigest sha;

    private Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of all sounds, pictures and labels in their order, wherever they were read from. */
    static String of(DigitData data) {
        Digest digest = new Digest();
        for (Split split : new Split[] {data.train(), data.validation(), data.test()}) {
            for (Recording recording : split.recordings()) {
                digest.add(recording.digit(), recording.samples());
            }
            for (Picture picture : split.pictures()) {
                digest.add(picture.digit(), picture.pixels());
            }
        }
        return digest.hex();
    }

    private void add(int digit, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length + 2 * Integer.BYTES);
        bytes.putInt(digit).putInt(values.length);
        bytes.asFloatBuffer().put(values);
        sha.update(bytes.array());
    }

    private String hex() {
        return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    }
}
