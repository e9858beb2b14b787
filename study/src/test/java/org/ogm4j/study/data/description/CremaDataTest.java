package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.study.data.Batches;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Parts;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.Standardize;
import org.ogm4j.study.data.sound.LogSpectrogram;
import org.ogm4j.study.data.sound.Resampler;
import org.ogm4j.study.data.sound.WavFile;

/** What CREMA-D becomes, in training and out of it. */
class CremaDataTest {

    private static final String[] EMOTIONS = {"NEU", "HAP", "SAD", "FEA", "DIS", "ANG"};
    private static final int PLANE = 224 * 224;

    @TempDir Path folder;

    /** Five frames; the green of frame i is 20 i, red grows to the right. */
    private void clip(String clip, int samples) throws IOException {
        SmallFiles.wav(folder.resolve("AudioWAV/" + clip + ".wav"), 16_000, samples, 32_767);
        for (int i = 0; i < 5; i++) {
            BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 1200; p++) {
                image.setRGB(p % 40, p / 40, new Color(4 * (p % 40), 20 * i, 50).getRGB());
            }
            // the order is that of numbers
            Path file = folder.resolve("Image-01-FPS/%s/f%d.png".formatted(clip, 8 + i));
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
    }

    private void actors(int first, int last) throws IOException {
        for (int actor = first; actor <= last; actor++) {
            for (String emotion : EMOTIONS) {
                clip("%d_DFA_%s_XX".formatted(actor, emotion), 9000);
            }
        }
    }

    @Test
    void theNumbersOfThePublishedCode() throws IOException {
        clip("1001_DFA_SAD_XX", 9000);
        MultimodalData data = KnownData.crema().load(folder);

        float[] visual = data.modalities().get(1).get(0).numbers();
        assertEquals((0 - 0.485) / 0.229, visual[0], 1e-6);
        assertEquals((40 / 255.0 - 0.456) / 0.224, visual[PLANE + 7], 1e-6, "the third frame");
        assertEquals((50 / 255.0 - 0.406) / 0.225, visual[3 * PLANE - 1], 1e-6);
        assertTrue(visual[0] < visual[223]);
        assertEquals(List.of("NEU", "HAP", "SAD", "FEA", "DIS", "ANG"), data.target().names());
        assertEquals(List.of(2.0), data.examples().get(0).label());
        // 9,000 samples are repeated up to 3 s; sin(n / 7) at 16 kHz is 364 Hz
        float[] audio = data.modalities().get(0).get(0).numbers();
        int bin = (int) Math.round(16_000 / (2 * Math.PI * 7) * 512 / 22_050);
        for (int t : new int[] {5, 100, 180}) {
            for (int f = 0; f < 257; f++) {
                assertTrue(audio[f * 188 + t] <= audio[bin * 188 + t], "bin " + f);
            }
        }
        assertEquals(Math.log(128), audio[bin * 188 + 5], 0.3);
    }

    /**
     * An amplitude that wraps around is noise of full scale, which resampling carries beyond it.
     */
    @Test
    void resampledSoundIsLimitedToFullScale() throws IOException {
        clip("1001_DFA_SAD_XX", 3000);
        Path file = folder.resolve("AudioWAV/1001_DFA_SAD_XX.wav");
        SmallFiles.wav(file, 16_000, 3000, 1_000_000);
        float[] resampled = Resampler.between(16_000, 22_050).resample(WavFile.read(file).floats());
        double[] signal = new double[66_150];
        int beyond = 0;
        for (int n = 0; n < signal.length; n++) {
            float x = resampled[n % resampled.length];
            beyond += Math.abs(x) > 1 ? 1 : 0;
            signal[n] = Math.max(-1, Math.min(1, x));
        }

        assertTrue(beyond > 0);
        assertArrayEquals(
                new LogSpectrogram(512, 353, true, 0, true, 1e-7, 22_050).of(signal),
                KnownData.crema().load(folder).modalities().get(0).get(0).numbers());
    }

    @Test
    void everyEpochOfTrainingSeesAnotherPartOfAnyFrame() throws IOException {
        actors(1001, 1003);
        MultimodalData data = KnownData.crema().load(folder);
        Parts parts = data.parts(Partition.byGroup(data.examples(), 1, 1));
        Batches training = parts.training(6, 3);
        TreeSet<Integer> frames = new TreeSet<>();
        int mirrored = 0;
        for (int epoch = 0; epoch < 10; epoch++) {
            INDArray images = training.next().getFeatures(1);
            for (int i = 0; i < 6; i++) {
                float[] image = images.slice(i).dup('c').data().asFloat();
                frames.add(Math.round((image[PLANE] * 0.224f + 0.456f) * 255 / 20));
                mirrored += image[0] > image[223] ? 1 : 0;
                // at least 0.08 of the area in at most 4/3 of its height: 0.23 of the columns
                double range = 0.229 * 255 * Math.abs(image[0] - image[223]) / 4;
                assertTrue(range > 5 && range < 40, "columns " + range);
            }
            training.reset();
        }

        assertEquals(5, frames.size());
        // 60 draws: outside with probability 4e-6, were there another seed
        assertTrue(mirrored >= 13 && mirrored <= 47, "mirrored " + mirrored);
    }

    @Test
    void whatIsDrawnFollowsFromSeedAndEpochWhereverTrainingBegins() throws IOException {
        actors(1001, 1003);
        MultimodalData kept = KnownData.crema().load(folder);
        MultimodalData decoded = KnownData.crema().load(folder, Memory.bytes(0));
        Parts parts = kept.parts(Partition.byGroup(kept.examples(), 1, 1));
        Parts others = decoded.parts(Partition.byGroup(decoded.examples(), 1, 1));
        Batches all = parts.training(6, 3);
        MultiDataSet first = all.next();
        all.reset();
        MultiDataSet second = all.next();

        assertEquals(second, others.training(6, 3, 1).next());
        assertTrue(!first.getFeatures(1).equals(second.getFeatures(1)));
        assertTrue(!first.equals(parts.training(6, 4).next()));
        assertEquals(parts.validation(6).next(), others.validation(6).next());
        assertEquals(parts.trainingInOrder(6).next(), others.trainingInOrder(6).next());
        assertArrayEquals(
                kept.modalities().get(1).get(0).numbers(),
                parts.trainingInOrder(1).next().getFeatures(1).data().asFloat());
    }

    @Test
    void theLastActorsAreSetApart() throws IOException {
        actors(1001, 1004);
        Files.writeString(
                folder.resolve("train.csv"),
                """
                1003_DFA_NEU_XX,NEU
                1001_DFA_HAP_XX,ANG

                1003_DFA_SAD_XX,SAD
                1002_DFA_FEA_XX,FEA
                1009_DFA_FEA_XX,FEA
                """);
        Files.writeString(folder.resolve("test.csv"), "1004_DFA_DIS_XX,DIS\r\n");

        MultimodalData byNames = KnownData.crema().load(folder);
        Partition actors = Partition.byGroup(byNames.examples(), 1, 2);
        assertEquals(6, actors.training().size());
        assertEquals("1001", byNames.examples().get(actors.training().get(5)).group());
        assertEquals("1002", byNames.examples().get(actors.validation().get(0)).group());

        MultimodalData byLists = KnownData.cremaByLists().load(folder);
        Partition lists = Partition.byGroup(byLists.examples(), 1, List.of("test"));
        assertEquals(List.of(1, 3), lists.training());
        assertEquals(List.of(0, 2), lists.validation());
        assertEquals(List.of(4), lists.test());
        assertEquals(List.of(5.0), byLists.examples().get(1).label(), "the list, not the name");
        assertEquals(Map.of("audio", 1), byLists.leftOut());
    }

    @Test
    void clipsThatLackOneAreLeftOutAndCounted() throws IOException {
        actors(1001, 1001);
        clip("1001_IEO_ANG_LO", 0);
        SmallFiles.wav(folder.resolve("AudioWAV/1001_IEO_ANG_MD.wav"), 16_000, 800, 100);
        SmallFiles.wav(folder.resolve("AudioWAV/1001_IEO_ANG_HI.wav"), 16_000, 800, 100);
        Files.createDirectories(folder.resolve("Image-01-FPS/1001_IEO_ANG_HI"));
        Files.writeString(folder.resolve("AudioWAV/._1001_TAI_SAD_XX"), "left behind");

        MultimodalData data = KnownData.crema().load(folder);

        assertEquals(6, data.size());
        assertEquals(Map.of("audio", 1, "visual", 2), data.leftOut());
        assertTrue(data.summary().contains("left out, by what they lack: {audio=1, visual=2}"));
    }

    @Test
    void aChoiceIsAllThatIsDecoded() throws IOException {
        actors(1001, 1001);
        Files.writeString(folder.resolve("AudioWAV/1001_DFA_SAD_XX.wav"), "no sound");

        MultimodalData data =
                KnownData.crema()
                        .load(
                                folder,
                                Memory.bytes(0),
                                all ->
                                        List.of(
                                                new Example(
                                                        "1001_DFA_NEU_XX",
                                                        List.of(3.0),
                                                        "f",
                                                        null)));

        assertEquals(1, data.size());
        assertEquals("f", data.examples().get(0).fold());
        assertFails(
                folder.resolve("AudioWAV/1001_DFA_SAD_XX.wav"),
                "is cut off inside the header of a WAV file");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertFails(folder.resolve("AudioWAV"), "no such folder");
        actors(1001, 1001);
        clip("1001_DFA_JOY_XX", 9000);
        assertFails(
                folder.resolve("AudioWAV"),
                "class must be one of [NEU, HAP, SAD, FEA, DIS, ANG], got JOY of 1001_DFA_JOY_XX");
        Files.delete(folder.resolve("AudioWAV/1001_DFA_JOY_XX.wav"));
        Path other = folder.resolve("AudioWAV/1001_DFA.wav");
        Files.writeString(other, "");
        assertFails(other, "must have a name that matches");
        Files.delete(other);
        for (String emotion : EMOTIONS) {
            Files.delete(folder.resolve("AudioWAV/1001_DFA_%s_XX.wav".formatted(emotion)));
        }
        SmallFiles.wav(folder.resolve("AudioWAV/1002_DFA_NEU_XX.wav"), 16_000, 800, 100);
        assertFails(
                folder,
                "there must be examples with all modalities, got none; left out: {visual=1}");
    }

    @Test
    void otherLinesOfListsAreNamed() throws IOException {
        actors(1001, 1001);
        Path list = folder.resolve("train.csv");
        Files.writeString(folder.resolve("test.csv"), "1001_DFA_NEU_XX,NEU\n");

        Files.writeString(list, "1001_DFA_NEU_XX,NEU\n");
        assertListsFail(folder.resolve("test.csv") + ":1: an id must come once");
        Files.writeString(list, "1001_DFA_HAP_XX,JOY\n");
        assertListsFail(list + ":1: class must be one of");
        Files.writeString(list, "../1001_DFA_HAP_XX,NEU\n");
        assertListsFail(list + ":1: id must match");
        Files.delete(list);
        assertListsFail(list + ": no such file");
    }

    private void assertFails(Path where, String problem) {
        DataException e = assertThrows(DataException.class, () -> KnownData.crema().load(folder));
        assertTrue(e.getMessage().startsWith(where + ": " + problem), e.getMessage());
    }

    private void assertListsFail(String problem) {
        DataException e =
                assertThrows(DataException.class, () -> KnownData.cremaByLists().load(folder));
        assertTrue(e.getMessage().startsWith(problem), e.getMessage());
    }

    /** Six frames of a strip in which frame i is of grey level 40 i: they are cut alike. */
    @Test
    void framesOfAnExampleAreCutAlike() throws IOException {
        BufferedImage strip = new BufferedImage(40, 180, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 40 * 180; p++) {
            int level = p % 40 + 40 * (p / 40 / 30);
            strip.setRGB(p % 40, p / 40, new Color(level, level, level).getRGB());
        }
        Files.createDirectories(folder.resolve("film"));
        ImageIO.write(strip, "png", folder.resolve("film/a.png").toFile());
        ImageFolder film =
                ImageFolder.of("film", "film", 8, 8, 1)
                        .withFrames(6, ImageFolder.Layout.CHANNELS)
                        .with(Standardize.NONE, ImageFolder.Augment.CROP_FLIP);
        float[] frames =
                film.open(folder, List.of("a")).draw("a", new SplittableRandom(5)).numbers();
        for (int i = 1; i < 6; i++) {
            for (int p = 0; p < 64; p++) {
                assertEquals(frames[p] + 40 * i / 255f, frames[64 * i + p], 1e-5);
            }
        }
    }
}
