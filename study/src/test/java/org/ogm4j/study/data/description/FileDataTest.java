package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.TextGrams;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;

class FileDataTest {

    @TempDir Path folder;

    private static CsvLabels labels() {
        return CsvLabels.of("labels.csv", "id", "class", null);
    }

    private MultimodalData load(ModalityDescription... modalities) throws IOException {
        return new FileData(labels(), List.of(modalities), null).load(folder);
    }

    private void writeLabels() throws IOException {
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,yes\nb,no\nc,yes\n");
    }

    @Test
    void everyKindTogether() throws IOException {
        writeLabels();
        for (String id : List.of("a", "b", "c")) {
            SmallFiles.wav(folder.resolve("sound/" + id + ".wav"), 8000, 1600, 9000);
            SmallFiles.image(folder.resolve("face/" + id + ".png"), 8, 6, id.charAt(0));
            SmallFiles.npy(
                    folder.resolve("pose/" + id + ".npy"), "(2, 3)", 1, 2, 3, 4, 5, id.charAt(0));
        }
        SmallFiles.npy(folder.resolve("all.npy"), "(3, 2)", 1, 2, 3, 4, 5, 6);
        SmallFiles.text(folder.resolve("n.csv"), "id,p,q\nc,5,6\nb,3,4\na,1,2\n");
        SmallFiles.text(folder.resolve("t.csv"), "id,words\na,one two\nb,two\nc,\n");

        MultimodalData data =
                load(
                        WavFolder.of("sound", "sound", 8000, 256, 160),
                        ImageFolder.of("face", "face", 6, 8, 1),
                        new NpyArrays("pose", "pose", null, null, null, null),
                        new NpyArrays("rows", "all.npy", null, null, null, null),
                        new CsvColumns(
                                "numbers",
                                List.of("n.csv"),
                                null,
                                null,
                                "id",
                                null,
                                null,
                                null,
                                null,
                                null),
                        new TextTokens(
                                "words", TextSource.column("t.csv", "id", "words"), 10, 5, null),
                        new TextGrams(
                                "grams",
                                TextSource.column("t.csv", "id", "words"),
                                null,
                                null,
                                null,
                                16,
                                null));

        assertEquals(List.of("no", "yes"), data.target().names());
        assertEquals(
                List.of("sound", "face", "pose", "rows", "numbers", "words", "grams"),
                data.names());
        assertArrayEquals(
                new InputType[] {
                    InputType.convolutional(129, 9, 1),
                    InputType.convolutional(6, 8, 1),
                    InputType.recurrent(2, 3),
                    InputType.feedForward(2),
                    InputType.feedForward(2),
                    InputType.recurrent(12),
                    InputType.feedForward(16)
                },
                data.inputTypes());
        assertArrayEquals(new float[] {3, 4}, data.modalities().get(3).get(1).numbers());
        assertArrayEquals(new float[] {3, 4}, data.modalities().get(4).get(1).numbers());
        MultiDataSet batch =
                data.parts(new Partition(List.of(0, 1), List.of(), List.of(2)))
                        .trainingInOrder(2)
                        .next();
        // "two" is more frequent than "one" in training
        assertArrayEquals(new float[] {3, 2, 2, 0}, batch.getFeatures(5).dup('c').data().asFloat());
    }

    /** The third text has words that the training part has not. */
    @Test
    void vocabulariesAreThoseOfTheTrainingPart() throws IOException {
        writeLabels();
        SmallFiles.text(folder.resolve("t/a.txt"), "x x y");
        SmallFiles.text(folder.resolve("t/b.txt"), "y x b");
        SmallFiles.text(folder.resolve("t/c.txt"), "x test test test y a");
        MultimodalData data = load(new TextTokens("t", TextSource.folder("t"), 2, 5, null));

        Partition two = new Partition(List.of(0, 1), List.of(), List.of(2));
        MultiDataSet test = data.parts(two).test(1).next();

        assertArrayEquals(
                new float[] {2, 1, 1, 1, 3}, test.getFeatures(0).dup('c').data().asFloat());
    }

    @Test
    void imagesArePixelByPixelInEveryLayout() throws IOException {
        writeLabels();
        int[] levels = null;
        for (String id : List.of("a", "b", "c")) {
            levels = SmallFiles.image(folder.resolve("strip/" + id + ".png"), 4, 6, 1);
        }
        ImageFolder strip = ImageFolder.of("v", "strip", 2, 4, 1);
        float[] channels =
                load(strip.withFrames(3, ImageFolder.Layout.CHANNELS))
                        .modalities()
                        .get(0)
                        .get(2)
                        .numbers();
        MultimodalData volume = load(strip.withFrames(3, ImageFolder.Layout.VOLUME));
        MultimodalData sequence = load(strip.withFrames(3, ImageFolder.Layout.SEQUENCE));

        assertArrayEquals(new int[] {1, 3, 2, 4}, volume.modalities().get(0).shape());
        assertArrayEquals(new int[] {8, 3}, sequence.modalities().get(0).shape());
        for (int i = 0; i < 24; i++) {
            assertEquals(levels[i] / 255f, channels[i], 1e-7);
            assertEquals(channels[i], volume.modalities().get(0).get(2).numbers()[i]);
            assertEquals(
                    channels[i], sequence.modalities().get(0).get(2).numbers()[i % 8 * 3 + i / 8]);
        }
    }

    @Test
    void coloursOfSeveralFramesAreChannelsInOrder() throws IOException {
        writeLabels();
        for (String id : List.of("a", "b", "c")) {
            for (int k = 8; k < 13; k++) { // 5 frames; 10 comes after 9
                SmallFiles.image(folder.resolve("v/" + id + "/" + k + ".png"), 2, 2, k);
            }
        }
        int[] first = SmallFiles.image(folder.resolve("x.png"), 2, 2, 9);
        int[] last = SmallFiles.image(folder.resolve("x.png"), 2, 2, 11);
        int[] middle = SmallFiles.image(folder.resolve("x.png"), 2, 2, 10);

        ImageFolder colour = ImageFolder.of("v", "v", 2, 2, 3);
        float[] one = load(colour).modalities().get(0).get(0).numbers();
        MultimodalData two = load(colour.withFrames(2, ImageFolder.Layout.VOLUME));
        float[] both = two.modalities().get(0).get(0).numbers();

        assertArrayEquals(new int[] {3, 2, 2, 2}, two.modalities().get(0).shape());
        for (int i = 0; i < 12; i++) {
            assertEquals(middle[i % 4] / 255f, one[i], 1e-7);
            assertEquals(first[i % 4] / 255f, both[i / 4 * 8 + i % 4], 1e-7);
            assertEquals(last[i % 4] / 255f, both[i / 4 * 8 + 4 + i % 4], 1e-7);
        }
    }

    @Test
    void otherRatesAreResampledAndLengthsMadeEqual() throws IOException {
        writeLabels();
        SmallFiles.wav(folder.resolve("s/a.wav"), 8000, 4000, 9000);
        SmallFiles.wav(folder.resolve("s/b.wav"), 16_000, 4000, 9000);
        SmallFiles.wav(folder.resolve("s/c.wav"), 22_050, 9000, 9000);
        WavFolder sounds = WavFolder.of("s", "s", 8000, 256, 160);

        assertArrayEquals(
                new int[] {1, 129, 49}, load(sounds.withSeconds(1.0)).modalities().get(0).shape());
        MultimodalData uneven = load(sounds.with(WavFolder.Layout.SEQUENCE));
        assertArrayEquals(new int[] {129, 0}, uneven.modalities().get(0).shape());
        assertArrayEquals(new int[] {129, 11}, uneven.modalities().get(0).get(1).shape());
        assertTrue(
                assertThrows(DataException.class, () -> load(sounds))
                        .getMessage()
                        .startsWith("modality s: all examples must have the same shape"));
        assertEquals(
                folder.resolve("s/a.wav")
                        + ": must have at least 8192 samples at 8000 Hz for one window, got 4000",
                assertThrows(
                                DataException.class,
                                () -> load(WavFolder.of("s", "s", 8000, 8192, 160)))
                        .getMessage()
                        .lines()
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void lastAxesBecomeChannels() throws IOException {
        writeLabels();
        for (String id : List.of("a", "b", "c")) {
            SmallFiles.npy(folder.resolve("p/" + id + ".npy"), "(3, 2)", 1, 2, 3, 4, 5, 6);
        }
        MultimodalData data = load(new NpyArrays("p", "p", true, null, null, null));
        assertArrayEquals(new int[] {2, 3}, data.modalities().get(0).shape());
        assertArrayEquals(
                new float[] {1, 3, 5, 2, 4, 6}, data.modalities().get(0).get(0).numbers());
    }

    @Test
    void missingFilesAreAnErrorUnlessTheyMayBeMissing() throws IOException {
        writeLabels();
        SmallFiles.npy(folder.resolve("p/a.npy"), "(1,)", 1);
        SmallFiles.npy(folder.resolve("q/a.npy"), "(1,)", 1);
        SmallFiles.npy(folder.resolve("q/b.npy"), "(1,)", 1);
        SmallFiles.npy(folder.resolve("q/c.npy"), "(1,)", 1);
        NpyArrays q = new NpyArrays("q", "q", null, null, null, null);

        String message =
                assertThrows(
                                DataException.class,
                                () -> load(q, new NpyArrays("p", "p", null, null, null, null)))
                        .getMessage();
        assertTrue(message.contains("2 are missing"), message);
        assertTrue(
                message.contains(
                        "modality p of b: " + folder.resolve("p/b.npy") + ": no such file"),
                message);

        MultimodalData kept = load(q, new NpyArrays("p", "p", null, null, null, true));
        assertEquals(3, kept.size());
        assertFalse(kept.modalities().get(1).has(1));
        MultimodalData skipped =
                new FileData(
                                labels(),
                                List.of(q, new NpyArrays("p", "p", null, null, null, null)),
                                true)
                        .load(folder);
        assertEquals(1, skipped.size());
    }

    @Test
    void emptyCellsAreAMissingModalityOrAnError() throws IOException {
        writeLabels();
        SmallFiles.text(folder.resolve("n.csv"), "id,p,q\na,1,2\nb,,\nc,5,6\n");
        SmallFiles.text(folder.resolve("m.csv"), "id,p\na,1\nb,2\nc,3\n");
        CsvColumns m = columns("m", "m.csv", null);
        assertFalse(load(m, columns("n", "n.csv", true)).modalities().get(1).has(1));
        assertThrows(DataException.class, () -> load(m, columns("n", "n.csv", null)));

        SmallFiles.text(folder.resolve("n.csv"), "id,p,q\na,1,2\nb,3,\nc,5,6\n");
        assertEquals(
                folder.resolve("n.csv") + ":3: column q must be a finite number, got an empty cell",
                assertThrows(DataException.class, () -> load(m, columns("n", "n.csv", true)))
                        .getMessage());
    }

    private static CsvColumns columns(String name, String file, Boolean optional) {
        return new CsvColumns(
                name, List.of(file), null, null, "id", null, null, null, null, optional);
    }

    @Test
    void labelsMayBeSeveralOrNumbers() throws IOException {
        SmallFiles.text(folder.resolve("l.csv"), "id;p;q;r\na;1;0;0.5\nb;0;0;-2\n");
        SmallFiles.npy(folder.resolve("x.npy"), "(2,)", 1, 2);
        MultimodalData several = numbers(CsvLabels.Answer.LABELS, "p", "q");
        assertEquals(Target.Kind.LABELS, several.target().kind());
        assertEquals(List.of(1.0, 0.0), several.examples().get(0).label());
        MultimodalData all = numbers(CsvLabels.Answer.NUMBERS, "p..r");
        assertEquals(List.of("p", "q", "r"), all.target().names());
        assertEquals(List.of(0.0, 0.0, -2.0), all.examples().get(1).label());
        assertEquals(
                folder.resolve("l.csv") + ":2: label r must be 0 or 1, got 0.5",
                assertThrows(DataException.class, () -> numbers(CsvLabels.Answer.LABELS, "r"))
                        .getMessage());
    }

    private MultimodalData numbers(CsvLabels.Answer target, String... columns) {
        return new FileData(
                        new CsvLabels(
                                List.of("l.csv"),
                                ";",
                                null,
                                "id",
                                List.of(columns),
                                target,
                                null,
                                null,
                                null),
                        List.of(new NpyArrays("x", "x.npy", null, null, null, null)),
                        null)
                .load(folder);
    }

    @Test
    void badLabelsNameTheLine() throws IOException {
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,yes\na,no\n");
        assertLabelsFail(labels(), ":3: an id must come once, got again a");
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,yes\nb,\n");
        assertLabelsFail(labels(), ":3: column class must not be empty");
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,yes\nb,yes\n");
        assertLabelsFail(labels(), ": names must be at least 2 different ones, got [yes]");
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,yes\nb,no\n");
        assertLabelsFail(
                CsvLabels.of("labels.csv", "id", "sort", null),
                ": column must be one of [id, class], got sort");
        assertLabelsFail(
                new CsvLabels(
                        List.of("labels.csv"),
                        null,
                        null,
                        "id",
                        List.of("class"),
                        null,
                        List.of("yes", "maybe"),
                        null,
                        null),
                ":3: class must be one of [yes, maybe], got no");
    }

    private void assertLabelsFail(CsvLabels labels, String problem) {
        assertEquals(
                folder.resolve("labels.csv") + problem,
                assertThrows(DataException.class, () -> labels.read(folder)).getMessage());
    }

    @Test
    void wholeNumbersAreInTheirOwnOrder() throws IOException {
        SmallFiles.text(folder.resolve("labels.csv"), "id,class\na,10\nb,9\nc,2\n");
        assertEquals(List.of("2", "9", "10"), labels().read(folder).target().names());
    }

    @Test
    void namesMayHoldTheLabel() throws IOException {
        for (String name : List.of("7_anna_0", "3_anna_1", "7_ben_2")) {
            SmallFiles.npy(folder.resolve("x/" + name + ".npy"), "(1,)", 1);
        }
        NameLabels labels = new NameLabels("x", "(?<label>\\d)_(?<group>[a-z]+)_\\d+", null);
        LabelsDescription.Labelled labelled = labels.read(folder);
        assertEquals(List.of("3", "7"), labelled.target().names());
        assertEquals("3_anna_1", labelled.examples().get(0).id());
        assertEquals(List.of(1.0), labelled.examples().get(2).label());
        assertEquals("ben", labelled.examples().get(2).group());

        Files.writeString(folder.resolve("x/readme.md"), "");
        assertTrue(
                assertThrows(DataException.class, () -> labels.read(folder))
                        .getMessage()
                        .contains("must have a name that matches"));
        assertThrows(IllegalArgumentException.class, () -> new NameLabels("x", "(", null));
        assertThrows(IllegalArgumentException.class, () -> new NameLabels("x", "a", null));
    }
}
