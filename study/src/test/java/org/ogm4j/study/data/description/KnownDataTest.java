package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Partition;

class KnownDataTest {

    @TempDir Path folder;

    @Test
    void grid() throws IOException {
        SmallFiles.grid(folder);
        MultimodalData letters = KnownData.grid("letter", null).load(folder);

        assertEquals(10, letters.size());
        assertEquals(List.of("audio", "lips"), letters.names());
        assertArrayEquals(new int[] {1, 40, 41}, letters.modalities().get(0).shape());
        assertArrayEquals(new int[] {11, 40, 64}, letters.modalities().get(1).shape());
        assertEquals(List.of("a", "b"), letters.target().names());
        Partition parts = Partition.byFold(letters, List.of("4"), List.of("3"));
        assertEquals(List.of(8, 9), parts.test());
        assertEquals(List.of(6, 7), parts.validation());
        assertEquals(
                List.of("one", "two"), KnownData.grid("digit", null).load(folder).target().names());
    }

    @Test
    void noiseIsADialOfOneModality() throws IOException {
        SmallFiles.grid(folder);
        MultimodalData clean = KnownData.grid("letter", null).load(folder);
        MultimodalData noisy = KnownData.grid("letter", new Noise(0, 1)).load(folder);
        MultimodalData again = KnownData.grid("letter", new Noise(0, 1)).load(folder);

        float[] once = noisy.modalities().get(0).get(3).numbers();
        assertArrayEquals(once, again.modalities().get(0).get(3).numbers());
        assertNotEquals(
                Arrays.hashCode(clean.modalities().get(0).get(3).numbers()), Arrays.hashCode(once));
        assertArrayEquals(
                clean.modalities().get(1).get(3).numbers(),
                noisy.modalities().get(1).get(3).numbers());
    }

    @Test
    void mosi() throws IOException {
        SmallFiles.mosi(folder);
        MultimodalData data = KnownData.mosi().load(folder);

        assertEquals(10, data.size());
        assertEquals(List.of("text", "audio", "video"), data.names());
        assertArrayEquals(new int[] {73}, data.modalities().get(1).shape());
        assertEquals(List.of("0", "1"), data.target().names());
        assertEquals("text_test0", data.examples().get(6).fold());
        assertEquals(List.of(1.0), data.examples().get(7).label());
        // row 2 of the test
        assertEquals(102.72f, data.modalities().get(1).get(8).numbers()[72]);
        Partition parts = Partition.byFold(data, List.of("text_test0"), 0.3, 1);
        assertEquals(List.of(6, 7, 8, 9), parts.test());
        assertEquals(2, parts.validation().size());
    }

    private void crema() throws IOException {
        for (String clip : List.of("1001_DFA_ANG_XX", "1002_DFA_HAP_XX", "1003_IEO_SAD_LO")) {
            SmallFiles.wav(folder.resolve("AudioWAV/" + clip + ".wav"), 16_000, 20_000, 9000);
            if (!clip.startsWith("1003")) {
                SmallFiles.image(folder.resolve("Image-01-FPS/" + clip + "/1.jpg"), 48, 36, 1);
            }
        }
    }

    @Test
    void cremaByNamesAndByLists() throws IOException {
        crema();
        MultimodalData byNames = KnownData.crema().load(folder);
        assertEquals(2, byNames.size());
        assertArrayEquals(new int[] {1, 257, 188}, byNames.modalities().get(0).shape());
        assertArrayEquals(new int[] {3, 224, 224}, byNames.modalities().get(1).shape());
        assertEquals("1001", byNames.examples().get(0).group());
        assertEquals(List.of(5.0), byNames.examples().get(0).label());

        SmallFiles.text(folder.resolve("train.csv"), "1002_DFA_HAP_XX,HAP\n");
        SmallFiles.text(folder.resolve("test.csv"), "1001_DFA_ANG_XX,ANG\n");
        MultimodalData byLists = KnownData.cremaByLists().load(folder);
        assertEquals("train", byLists.examples().get(0).fold());
        assertEquals("test", byLists.examples().get(1).fold());
    }

    @Test
    void digits() throws IOException {
        String[] parts = {"train", "validation", "test"};
        for (int p = 0; p < 3; p++) {
            SmallFiles.idx(folder.resolve(parts[p]), 3, 9, 3);
            for (String name : List.of("3_a_0", "3_b_0", "9_a_0")) {
                SmallFiles.wav(
                        folder.resolve(parts[p] + "/audio/" + name + ".wav"),
                        8000,
                        4000 + 100 * p,
                        9000);
            }
        }
        MultimodalData data = new DigitData(1, null, null).load(folder);

        assertEquals(9, data.size());
        assertEquals("validation/1", data.examples().get(4).id());
        assertEquals(List.of(9.0), data.examples().get(4).label());
        assertArrayEquals(new int[] {1, 129, 49}, data.modalities().get(0).shape());
        assertEquals(51 / 255f, data.modalities().get(1).get(4).numbers()[0], 1e-7);
        assertEquals(200 / 255f, data.modalities().get(1).get(4).numbers()[783], 1e-7);
        assertArrayEquals(
                data.modalities().get(0).get(0).numbers(),
                new DigitData(1, null, null).load(folder).modalities().get(0).get(0).numbers());

        Files.delete(folder.resolve("test/audio/9_a_0.wav"));
        assertTrue(
                assertThrows(DataException.class, () -> new DigitData(1, null, null).load(folder))
                        .getMessage()
                        .startsWith(
                                folder.resolve("test/audio") + ": no recording of class 9, but "));
    }
}
