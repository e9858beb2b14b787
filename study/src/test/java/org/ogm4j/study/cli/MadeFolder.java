package org.ogm4j.study.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Folders of data that can be learned: classes {@code low} and {@code high}. */
final class MadeFolder {

    private MadeFolder() {}

    /** Sounds of 0.1 s at 8 kHz, one of two tones; grey images, dark or light. */
    static void soundsAndImages(Path folder, int examples) throws IOException {
        StringBuilder labels = new StringBuilder("clip,label\n");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < examples; i++) {
            boolean high = i % 2 == 1;
            labels.append("c%03d,%s%n".formatted(i, high ? "high" : "low"));
            wav(folder.resolve("sound/c%03d.wav".formatted(i)), 8000, high ? 2000 : 500, random);
            png(folder.resolve("picture/c%03d.png".formatted(i)), high ? 170 : 80, random);
        }
        Files.writeString(folder.resolve("labels.csv"), labels);
    }

    static void wav(Path file, int rate, double hertz, SplittableRandom random) throws IOException {
        Files.createDirectories(file.getParent());
        int samples = rate / 10;
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
        bytes.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        double phase = random.nextDouble() * 6;
        for (int n = 0; n < samples; n++) {
            double x = Math.sin(phase + 2 * Math.PI * hertz * n / rate) + random.nextDouble();
            bytes.putShort((short) (8000 * x));
        }
        Files.write(file, bytes.array());
    }

    static void png(Path file, int level, SplittableRandom random) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 12; x++) {
                image.getRaster().setSample(x, y, 0, level + random.nextInt(60) - 30);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /** The layout of CMU-MOSI; the first column of each modality tells the class. */
    static void mosi(Path folder, int train, int test) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        String[] modalities = {"text", "audio", "video"};
        int[] columns = {100, 73, 100};
        for (int u = 0; u < 3; u++) {
            for (boolean training : new boolean[] {true, false}) {
                StringBuilder rows = new StringBuilder();
                for (int r = 0; r < (training ? train : test); r++) {
                    for (int c = 0; c < columns[u]; c++) {
                        double x = random.nextDouble() + (c < 20 ? r % 2 : 0);
                        rows.append(Math.round(1000 * x) / 1000.0).append(',');
                    }
                    rows.append(r % 2).append('\n');
                }
                Files.writeString(
                        folder.resolve(modalities[u] + (training ? "_train0.csv" : "_test0.csv")),
                        rows);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
