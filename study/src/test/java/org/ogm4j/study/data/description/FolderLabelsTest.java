package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;

/** A folder for each class, in each modality. */
class FolderLabelsTest {

    private static final WavFolder SOUND = WavFolder.of("audio", "audio", 8000, 256, 160);
    private static final ImageFolder LIPS = ImageFolder.of("lips", "lips", 4, 6, 1);

    @TempDir Path folder;

    /** Example k of a class has pixels of seed k, of a dog 10 + k. */
    @BeforeEach
    void writeTwoClasses() throws IOException {
        for (int k = 1; k <= 3; k++) {
            example("cat/a" + k, k);
            example("dog/b" + k, 10 + k);
        }
    }

    private void example(String id, int seed) throws IOException {
        SmallFiles.wav(folder.resolve("audio/" + id + ".wav"), 8000, 800, 1000 * seed);
        SmallFiles.image(folder.resolve("lips/" + id + ".png"), 6, 4, seed);
    }

    private static FileData data() {
        return new FileData(FolderLabels.of("audio"), List.of(SOUND, LIPS), null);
    }

    @Test
    void everyExampleHasItsOwnFilesAndTheClassOfItsFolder() throws IOException {
        MultimodalData data = data().load(folder);

        assertEquals(List.of("cat", "dog"), data.target().names());
        assertEquals(
                List.of("cat/a1", "cat/a2", "cat/a3", "dog/b1", "dog/b2", "dog/b3"),
                data.examples().stream().map(Example::id).toList());
        int[] levels = SmallFiles.image(folder.resolve("x.png"), 6, 4, 12);
        assertEquals(levels[5] / 255f, data.modalities().get(1).get(4).numbers()[5], 1e-7);
        assertEquals(List.of(1.0), data.examples().get(4).label());
    }

    /** The file of a modality is the one in the folder of the class, not the one that came last. */
    @Test
    void namesMayComeAgainInOtherClasses() throws IOException {
        for (int k = 1; k <= 3; k++) {
            example("cat/" + k, 20 + k);
            example("dog/" + k, 30 + k);
        }
        MultimodalData data = data().load(folder);

        assertEquals(12, data.size());
        for (int i : new int[] {0, 6}) { // cat/1 and dog/1
            int[] levels = SmallFiles.image(folder.resolve("x.png"), 6, 4, i == 0 ? 21 : 31);
            assertEquals(levels[5] / 255f, data.modalities().get(1).get(i).numbers()[5], 1e-7);
        }
    }

    @Test
    void anExampleWithTwoClassesIsNamedEvenIfItMayLackTheModality() throws IOException {
        Files.move(folder.resolve("lips/cat/a2.png"), folder.resolve("lips/dog/a2.png"));
        String told =
                folder.resolve("lips")
                        + ": must hold every example in the folder that its label is from; 1 are elsewhere:\ncat/a2, got dog/a2";
        for (Boolean skip : new Boolean[] {false, true}) {
            FileData data = new FileData(FolderLabels.of("audio"), List.of(SOUND, LIPS), skip);
            assertEquals(
                    told, assertThrows(DataException.class, () -> data.load(folder)).getMessage());
        }
    }

    /** Where names are numbers in each class, dog/3 says nothing of cat/3. */
    @Test
    void whatIsMissingIsNamedWithItsFolder() throws IOException {
        for (int k = 1; k <= 3; k++) {
            example("cat/" + k, k);
            example("dog/" + k, k);
        }
        Files.delete(folder.resolve("lips/cat/3.png"));

        String message = assertThrows(DataException.class, () -> data().load(folder)).getMessage();

        assertTrue(
                message.endsWith(
                        "modality lips of cat/3: "
                                + folder.resolve("lips/cat/3.png")
                                + ": no such file"),
                message);
    }

    @Test
    void everyKindOfFileAndFoldersOfFrames() throws IOException {
        for (String id : List.of("cat/a1", "cat/a2", "cat/a3", "dog/b1", "dog/b2", "dog/b3")) {
            SmallFiles.npy(folder.resolve("pose/" + id + ".npy"), "(2,)", 1, 2);
            SmallFiles.text(folder.resolve("said/" + id + ".txt"), "it is " + id);
            SmallFiles.image(folder.resolve("film/" + id + "/1.gif"), 6, 4, 1);
        }
        MultimodalData data =
                new FileData(
                                FolderLabels.of("film"),
                                List.of(
                                        ImageFolder.of("film", "film", 4, 6, 1),
                                        new NpyArrays("pose", "pose", null, null, null, null),
                                        new TextTokens(
                                                "said", TextSource.folder("said"), 9, 4, null)),
                                null)
                        .load(folder);
        assertEquals(6, data.size());
        assertEquals(List.of("cat", "dog"), data.target().names());
    }

    /** All modalities in one folder, and what is no example is passed over. */
    @Test
    void allInOneFolder() throws IOException {
        for (String id : List.of("cat/a", "dog/b")) {
            SmallFiles.wav(folder.resolve("all/" + id + ".wav"), 8000, 800, 9000);
            SmallFiles.image(folder.resolve("all/" + id + ".png"), 6, 4, 1);
        }
        SmallFiles.text(folder.resolve("all/results/table.csv"), "");
        SmallFiles.text(folder.resolve("all/cat/Thumbs.db"), "");
        SmallFiles.text(folder.resolve("all/cat/.hidden.wav"), "");
        MultimodalData data =
                new FileData(
                                FolderLabels.of("all"),
                                List.of(
                                        WavFolder.of("sound", "all", 8000, 256, 160),
                                        ImageFolder.of("picture", "all", 4, 6, 1)),
                                null)
                        .load(folder);
        assertEquals(List.of("cat", "dog"), data.target().names());
        assertEquals(2, data.size());
    }

    @Test
    void outerFoldersMayBeFoldsOrGroups() throws IOException {
        for (String id : List.of("train/anna/x/1", "train/ben/y/1", "test/anna/y/1")) {
            SmallFiles.npy(folder.resolve("p/" + id + ".npy"), "(1,)", 1);
        }
        FolderLabels labels =
                new FolderLabels(
                        "p",
                        List.of(
                                FolderLabels.Level.FOLD,
                                FolderLabels.Level.GROUP,
                                FolderLabels.Level.LABEL),
                        null);
        assertEquals(
                List.of(
                        new Example("test/anna/y/1", List.of(1.0), "test", "anna"),
                        new Example("train/anna/x/1", List.of(0.0), "train", "anna"),
                        new Example("train/ben/y/1", List.of(1.0), "train", "ben")),
                labels.read(folder).examples());
        assertEquals(
                3,
                new FileData(labels, List.of(new NpyArrays("p", "p", null, null, null, null)), null)
                        .load(folder)
                        .size());
    }

    /** A table may name files in folders that are no classes. */
    @Test
    void idsOfATableMayHaveFolders() throws IOException {
        example("e", 5);
        SmallFiles.text(folder.resolve("l.csv"), "id,label\ncat/a1,u\ndog/b1,v\ne,v\n");
        MultimodalData data =
                new FileData(CsvLabels.of("l.csv", "id", "label", null), List.of(SOUND, LIPS), null)
                        .load(folder);
        assertEquals(List.of(0.0), data.examples().get(0).label());
        int[] levels = SmallFiles.image(folder.resolve("x.png"), 6, 4, 11);
        assertEquals(levels[5] / 255f, data.modalities().get(1).get(1).numbers()[5], 1e-7);
    }

    @Test
    void isJson() throws IOException {
        SmallFiles.text(
                folder.resolve("d.json"),
                """
                {"kind": "files",
                 "labels": {"kind": "folders", "folder": "audio", "levels": "label", "classes": ["dog", "cat"]},
                 "modalities": [{"kind": "image", "name": "lips", "folder": "lips", "height": 4, "width": 6, "channels": 1}]}
                """);
        DataDescription read = DataDescription.read(folder.resolve("d.json"));
        assertEquals(List.of("dog", "cat"), read.load(folder).target().names());
        read.write(folder.resolve("e.json"));
        assertEquals(read, DataDescription.read(folder.resolve("e.json")));
        data().write(folder.resolve("f.json"));
        assertEquals(data(), DataDescription.read(folder.resolve("f.json")));
        assertFalse(Files.readString(folder.resolve("f.json")).contains("levels"));
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        SmallFiles.npy(folder.resolve("p/x/1.npy"), "(1,)", 1);
        assertTold(
                "p: must hold a folder for each of at least 2 classes, with files in it, got [x]",
                FolderLabels.of("p"));
        assertTold("nowhere: no such folder", FolderLabels.of("nowhere"));
        assertTold(
                "audio: class must be one of [cat, cow], got dog of dog/b1",
                new FolderLabels("audio", null, List.of("cat", "cow")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FolderLabels("p", List.of(FolderLabels.Level.FOLD), null));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new FolderLabels(
                                "p",
                                List.of(FolderLabels.Level.LABEL, FolderLabels.Level.LABEL),
                                null));
    }

    private void assertTold(String told, FolderLabels labels) {
        assertEquals(
                folder + "/" + told,
                assertThrows(DataException.class, () -> labels.read(folder)).getMessage());
    }
}
