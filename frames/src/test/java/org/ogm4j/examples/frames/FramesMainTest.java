package org.ogm4j.examples.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.description.KnownData;

/** On videos of 25 frames per second whose frame i has the grey level 4 i. */
class FramesMainTest {

    private static final int RATE = 25;

    @TempDir Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void quiet() {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    }

    @Test
    void takesOneFrameASecondFromFlashAndMp4() throws IOException {
        record("1001_DFA_NEU_XX.flv", 60);
        record("1001_DFA_ANG_XX.mp4", 25);

        assertEquals(0, run(), err.toString());

        assertLevels(List.of(0, 100, 200), "Image-01-FPS/1001_DFA_NEU_XX");
        assertLevels(List.of(0), "Image-01-FPS/1001_DFA_ANG_XX");
        assertTrue(out.toString().contains("4 frames of 2 videos written"), out.toString());
    }

    @Test
    void takesMoreFramesIfAsked() throws IOException {
        record("1001_DFA_NEU_XX.flv", 60);

        assertEquals(0, run("--fps", "5"), err.toString());

        assertLevels(
                List.of(0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220),
                "Image-05-FPS/1001_DFA_NEU_XX");
    }

    @Test
    void goesOnWhereItWasStopped() throws IOException {
        record("1001_DFA_NEU_XX.flv", 30);
        record("1001_DFA_ANG_XX.flv", 30);
        assertEquals(0, run(), err.toString());
        Path frames = data.resolve("Image-01-FPS");
        Path kept = frames.resolve("1001_DFA_NEU_XX/00000.jpg");
        Files.delete(frames.resolve("1001_DFA_ANG_XX/00001.jpg"));
        Files.move(frames.resolve("1001_DFA_ANG_XX"), frames.resolve(".1001_DFA_ANG_XX.part"));
        FileTime before = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(kept, before);

        assertEquals(0, run(), err.toString());

        assertEquals(before, Files.getLastModifiedTime(kept));
        assertLevels(List.of(0, 100), "Image-01-FPS/1001_DFA_ANG_XX");
        assertFalse(Files.exists(frames.resolve(".1001_DFA_ANG_XX.part")));
        assertTrue(out.toString().contains("2 frames of 1 videos written"), out.toString());
    }

    @Test
    void aVideoThatCannotBeDecodedIsNamedAndTheOthersAreMade() throws IOException {
        record("1001_DFA_NEU_XX.flv", 10);
        Path broken = data.resolve("VideoFlash/1001_DFA_ANG_XX.flv");
        Files.writeString(broken, "no video");

        assertEquals(1, run());

        assertTrue(err.toString().contains(broken + ": cannot be decoded"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(Files.exists(data.resolve("Image-01-FPS/1001_DFA_ANG_XX")));
        assertLevels(List.of(0), "Image-01-FPS/1001_DFA_NEU_XX");
    }

    @Test
    void theLoaderReadsWhatIsWritten() throws IOException {
        for (int actor = 1001; actor <= 1003; actor++) {
            String clip = actor + "_DFA_NEU_XX";
            record(clip + ".flv", 30);
            writeSilence(data.resolve("AudioWAV/" + clip + ".wav"));
        }
        assertEquals(0, run(), err.toString());

        MultimodalData clips = KnownData.crema().load(data);

        assertEquals(3, clips.size());
        assertEquals(Map.of(), clips.leftOut());
        try (Stream<Path> frames = Files.list(data.resolve("Image-01-FPS/1001_DFA_NEU_XX"))) {
            assertEquals(2, frames.count());
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(1, run());
        assertTrue(err.toString().contains("VideoFlash: no such folder"), err.toString());
        assertEquals(2, run("--fps", "0"));
        assertTrue(err.toString().contains("fps must be at least 1"), err.toString());
    }

    /** Half a second. */
    private static void writeSilence(Path file) throws IOException {
        int samples = 8000;
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        Files.createDirectories(file.getParent());
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(new byte[samples * format.getFrameSize()]),
                        format,
                        samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    private int run(String... options) {
        String[] args =
                Stream.concat(Stream.of("--data", data.toString()), Stream.of(options))
                        .toArray(String[]::new);
        return FramesMain.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void record(String name, int frames) throws IOException {
        Path file = data.resolve("VideoFlash").resolve(name);
        Files.createDirectories(file.getParent());
        boolean flash = name.endsWith(".flv");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 48, 32);
                Java2DFrameConverter converter = new Java2DFrameConverter()) {
            recorder.setFormat(flash ? "flv" : "mp4");
            recorder.setVideoCodec(flash ? avcodec.AV_CODEC_ID_FLV1 : avcodec.AV_CODEC_ID_MPEG4);
            recorder.setFrameRate(RATE);
            recorder.setVideoBitrate(2_000_000);
            recorder.start();
            for (int i = 0; i < frames; i++) {
                recorder.record(converter.convert(grey(4 * i)));
            }
            recorder.stop();
        }
    }

    private static BufferedImage grey(int level) {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                image.setRGB(x, y, new Color(level, level, level).getRGB());
            }
        }
        return image;
    }

    /** These codecs darken a level by 3 or 4; the frames beside are 4 away. */
    private void assertLevels(List<Integer> expected, String folder) throws IOException {
        List<Integer> levels;
        try (Stream<Path> files = Files.list(data.resolve(folder))) {
            levels = files.sorted().map(FramesMainTest::level).toList();
        }
        assertEquals(expected.size(), levels.size(), levels.toString());
        for (int i = 0; i < expected.size(); i++) {
            int dark = Math.max(0, expected.get(i) - 3);
            assertEquals(dark, levels.get(i), 1, levels.toString());
        }
    }

    private static int level(Path file) {
        try {
            return ImageIO.read(file.toFile()).getRGB(24, 16) >> 8 & 0xff;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
