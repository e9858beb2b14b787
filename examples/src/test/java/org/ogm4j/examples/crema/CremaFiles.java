package org.ogm4j.examples.crema;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes small trees in CREMA-D's layout for tests. */
public final class CremaFiles {

    static final int RATE = 16_000;
    static final float AMPLITUDE = 0.5f;

    private CremaFiles() {}

    /** A clip of half a second at 440 Hz with frames of 40 x 30 whose red grows to the right. */
    public static void writeClip(Path folder, String clip, int frames) throws IOException {
        writeSine(wav(folder, clip), 440, RATE, RATE / 2);
        for (int frame = 0; frame < frames; frame++) {
            writeImage(frame(folder, clip, "%05d.png".formatted(frame)), slope(40, 30, 20 * frame));
        }
    }

    static Path wav(Path folder, String clip) {
        return folder.resolve("AudioWAV/" + clip + ".wav");
    }

    static Path frame(Path folder, String clip, String file) {
        return folder.resolve(CremaFolder.FRAMES).resolve(clip).resolve(file);
    }

    static void writeSine(Path file, double frequency, int rate, int samples) throws IOException {
        write(
                file,
                new AudioFormat(rate, 16, 1, true, false),
                sine(frequency, rate, samples, AMPLITUDE));
    }

    static void write(Path file, AudioFormat format, float[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            bytes.putShort((short) Math.round(32767 * sample));
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

    static float[] sine(double frequency, int rate, int samples, double amplitude) {
        float[] sine = new float[samples];
        for (int n = 0; n < samples; n++) {
            sine[n] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * n / rate));
        }
        return sine;
    }

    /** Red grows by 4 per column, green and blue are constant. */
    static BufferedImage slope(int width, int height, int green) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(4 * x, green, 50).getRGB());
            }
        }
        return image;
    }

    static void writeImage(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ImageIO.write(image, name.endsWith(".png") ? "png" : "jpg", file.toFile());
    }
}
