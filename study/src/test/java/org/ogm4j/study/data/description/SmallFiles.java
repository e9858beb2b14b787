package org.ogm4j.study.data.description;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small files in the layouts of real data sets. */
final class SmallFiles {

    private SmallFiles() {}

    static void text(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** 16-bit mono; sample n is amplitude sin(n / 7) but for rounding. */
    static short[] wav(Path file, int rate, int samples, int amplitude) throws IOException {
        Files.createDirectories(file.getParent());
        short[] written = new short[samples];
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
        bytes.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        for (int n = 0; n < samples; n++) {
            written[n] = (short) (amplitude * Math.sin(n / 7.0));
            bytes.putShort(written[n]);
        }
        Files.write(file, bytes.array());
        return written;
    }

    /** Grey levels; PNG keeps them, JPEG nearly. */
    static int[] image(Path file, int width, int height, long seed) throws IOException {
        Files.createDirectories(file.getParent());
        SplittableRandom random = new SplittableRandom(seed);
        int[] levels = new int[width * height];
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = random.nextInt(256);
            image.getRaster().setSample(i % width, i / width, 0, levels[i]);
        }
        String name = file.toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return levels;
    }

    static void npy(Path file, String shape, float... numbers) throws IOException {
        Files.createDirectories(file.getParent());
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape);
        ByteBuffer bytes =
                ByteBuffer.allocate(128 + 4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put(ascii("NUMPY")).put((byte) 1).put((byte) 0);
        bytes.putShort((short) 118).put(ascii("%-117s\n".formatted(header)));
        for (float x : numbers) {
            bytes.putFloat(x);
        }
        Files.write(file, bytes.array());
    }

    /** Images of one level each, and their labels. */
    static void idx(Path folder, int... labels) throws IOException {
        Files.createDirectories(folder);
        try (GZIPOutputStream out =
                new GZIPOutputStream(
                        Files.newOutputStream(folder.resolve("labels-idx1-ubyte.gz")))) {
            out.write(ByteBuffer.allocate(8).putInt(0x801).putInt(labels.length).array());
            for (int label : labels) {
                out.write(label);
            }
        }
        try (GZIPOutputStream out =
                new GZIPOutputStream(
                        Files.newOutputStream(folder.resolve("images-idx3-ubyte.gz")))) {
            ByteBuffer head = ByteBuffer.allocate(16).putInt(0x803).putInt(labels.length);
            out.write(head.putInt(28).putInt(28).array());
            for (int i = 0; i < labels.length; i++) {
                byte[] image = new byte[784];
                image[0] = (byte) (50 + i);
                image[783] = (byte) 200;
                out.write(image);
            }
        }
    }

    /** GRID with 10 clips, 2 per fold. */
    static void grid(Path folder) throws IOException {
        StringBuilder labels =
                new StringBuilder(
                        "clip,command,letter,digit,letter_start_s,letter_end_s,digit_start_s,digit_end_s,fold\n");
        for (int i = 0; i < 10; i++) {
            labels.append(
                    "c%d,bin,%s,%s,0.0%d,0.3,0.3,0.5,%d\n"
                            .formatted(
                                    i, "ab".charAt(i % 2), i % 3 == 0 ? "one" : "two", i, i / 2));
            wav(folder.resolve("audio/c" + i + ".wav"), 16_000, 11_520, 1000 + 1000 * i);
            image(folder.resolve("lips/c" + i + ".jpg"), 64, 720, i);
        }
        text(folder.resolve("labels.csv"), labels.toString());
    }

    /** CMU-MOSI with 6 and 4 utterances; cell c of row r is r + c / 100, shifted by modality. */
    static void mosi(Path folder) throws IOException {
        String[] modalities = {"text", "audio", "video"};
        int[] columns = {100, 73, 100};
        for (int u = 0; u < 3; u++) {
            for (boolean train : new boolean[] {true, false}) {
                StringBuilder rows = new StringBuilder();
                for (int r = 0; r < (train ? 6 : 4); r++) {
                    for (int c = 0; c < columns[u]; c++) {
                        rows.append('"').append(100 * u + r + c / 100.0).append("\",");
                    }
                    rows.append('"').append(r % 2).append("\"\n");
                }
                text(
                        folder.resolve(modalities[u] + (train ? "_train0.csv" : "_test0.csv")),
                        rows.toString());
            }
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
