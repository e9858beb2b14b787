package org.ogm4j.examples.data;

import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Writes small data sets for tests: class c sounds at 200 + 150 c Hz and shows c + 1 bright rows.
 */
public final class DigitFiles {

    private static final int SAMPLES = 4000;

    private DigitFiles() {}

    /** A whole data set in the layout {@link DataFormat#DIGITS}, with the classes 0 to 2. */
    public static Path writeAll(Path folder, int perClass) throws IOException {
        for (String part : new String[] {"train", "validation", "test"}) {
            writePart(folder.resolve(part), perClass, 3);
        }
        return folder;
    }

    static void writePart(Path folder, int perClass, int classes) throws IOException {
        byte[] labels = new byte[perClass * classes];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % classes);
        }
        for (int digit = 0; digit < classes; digit++) {
            writeWav(folder.resolve("audio/%d_voice_0.wav".formatted(digit)), digit);
            writeWav(folder.resolve("audio/%d_voice_1.wav".formatted(digit)), digit);
        }
        writeIdx(folder, labels);
    }

    static void writeWav(Path file, int digit) throws IOException {
        writeWav(file, digit, new AudioFormat(8000, 16, 1, true, false));
    }

    static void writeWav(Path file, int digit, AudioFormat format) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < SAMPLES; n++) {
            double frequency = 200 + 150 * digit;
            bytes.putShort((short) (8000 * Math.sin(2 * Math.PI * frequency * n / 8000)));
        }
        Files.createDirectories(file.getParent());
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(bytes.array()),
                        format,
                        bytes.capacity() / format.getFrameSize()),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    static void writeIdx(Path folder, byte[] labels) throws IOException {
        Files.createDirectories(folder);
        writeLabels(folder, 0x0801, labels);
        try (DataOutputStream out = gzip(folder.resolve("images-idx3-ubyte.gz"))) {
            out.writeInt(0x0803);
            out.writeInt(labels.length);
            out.writeInt(Picture.SIZE);
            out.writeInt(Picture.SIZE);
            SplittableRandom random = new SplittableRandom(7);
            byte[] image = new byte[Picture.SIZE * Picture.SIZE];
            for (byte label : labels) {
                for (int pixel = 0; pixel < image.length; pixel++) {
                    boolean bright = pixel / Picture.SIZE <= label;
                    image[pixel] = (byte) (bright ? 200 + random.nextInt(56) : 0);
                }
                out.write(image);
            }
        }
    }

    static void writeLabels(Path folder, int magic, byte[] labels) throws IOException {
        try (DataOutputStream out = gzip(folder.resolve("labels-idx1-ubyte.gz"))) {
            out.writeInt(magic);
            out.writeInt(labels.length);
            out.write(labels);
        }
    }

    private static DataOutputStream gzip(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }
}
