package org.ogm4j.examples;

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
final class CremaFiles {

    private static final int RATE = 16_000;

    private CremaFiles() {}

    /** A clip of half a second at 440 Hz with frames of 40 x 30 whose red grows to the right. */
    static void writeClip(Path folder, String clip, int frames) throws IOException {
        writeSine(folder.resolve("AudioWAV/" + clip + ".wav"));
        for (int frame = 0; frame < frames; frame++) {
            Path file = folder.resolve("Image-01-FPS/%s/%05d.png".formatted(clip, frame));
            Files.createDirectories(file.getParent());
            ImageIO.write(slope(20 * frame), "png", file.toFile());
        }
    }

    private static void writeSine(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RATE).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < RATE / 2; n++) {
            bytes.putShort((short) Math.round(16_383 * Math.sin(2 * Math.PI * 440 * n / RATE)));
        }
        Files.createDirectories(file.getParent());
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(bytes.array()),
                        new AudioFormat(RATE, 16, 1, true, false),
                        RATE / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    /** Red grows by 4 per column, green and blue are constant. */
    private static BufferedImage slope(int green) {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, new Color(4 * x, green, 50).getRGB());
            }
        }
        return image;
    }
}
