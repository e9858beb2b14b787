package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;

class FolderGuessTest {

    @TempDir Path folder;

    private FileData guess() {
        return (FileData) FolderGuess.of(folder).data();
    }

    @Test
    void knowsTheLayoutsOfPublicData() throws IOException {
        SmallFiles.grid(folder.resolve("grid"));
        SmallFiles.mosi(folder.resolve("mosi"));
        SmallFiles.idx(folder.resolve("digits/train"), 1, 2);
        assertEquals(KnownData.grid("letter", null), FolderGuess.of(folder.resolve("grid")).data());
        assertEquals(KnownData.mosi(), FolderGuess.of(folder.resolve("mosi")).data());
        assertEquals(new DigitData(1, null, null), FolderGuess.of(folder.resolve("digits")).data());
    }

    /** Everything at once, and what was guessed can be loaded. */
    @Test
    void foldersTablesAndArrays() throws IOException {
        StringBuilder labels = new StringBuilder("name;speaker;word;part;said\n");
        StringBuilder numbers = new StringBuilder("name,p,q\n");
        for (int i = 0; i < 8; i++) {
            labels.append(
                    "u%d;s%d;%s;%s;it was number %d%n"
                            .formatted(i, i % 3, i % 2 == 0 ? "x" : "y", i < 6 ? "a" : "b", i));
            numbers.append("u%d,%d,0.5%n".formatted(i, i));
            SmallFiles.wav(folder.resolve("sound/u" + i + ".wav"), 22_050, 5000 + i, 9000);
            SmallFiles.image(folder.resolve("face/u" + i + ".png"), 300, 150, i);
            SmallFiles.image(folder.resolve("film/u" + i + "/1.jpg"), 10, 12, i);
            SmallFiles.npy(folder.resolve("pose/u" + i + ".npy"), "(2,)", i, 1);
        }
        SmallFiles.text(folder.resolve("meta.csv"), labels.toString());
        SmallFiles.text(folder.resolve("numbers.csv"), numbers.toString());
        SmallFiles.text(folder.resolve("bare.csv"), "1,2\n3,4\n");
        SmallFiles.npy(folder.resolve("rows.npy"), "(8, 1)", 1, 2, 3, 4, 5, 6, 7, 8);
        SmallFiles.npy(folder.resolve("other.npy"), "(3,)", 1, 2, 3);

        FolderGuess guess = FolderGuess.of(folder);
        FileData data = (FileData) guess.data();

        assertEquals(
                new CsvLabels(
                        List.of("meta.csv"),
                        ";",
                        null,
                        "name",
                        List.of("word"),
                        null,
                        null,
                        "part",
                        "speaker"),
                data.labels());
        List<Class<?>> kinds =
                data.modalities().stream().<Class<?>>map(ModalityDescription::getClass).toList();
        assertEquals(
                List.of(
                        ImageFolder.class,
                        ImageFolder.class,
                        NpyArrays.class,
                        WavFolder.class,
                        TextTokens.class,
                        CsvColumns.class,
                        NpyArrays.class),
                kinds);
        assertEquals(ImageFolder.of("face", "face", 112, 224, 1), data.modalities().get(0));
        assertEquals(ImageFolder.of("film", "film", 12, 10, 1), data.modalities().get(1));
        assertEquals(
                WavFolder.of("sound", "sound", 22_050, 512, 441).withSeconds(0.23),
                data.modalities().get(3));
        assertTrue(String.join(" ", guess.notes()).contains("bare.csv is not used"));
        assertTrue(String.join(" ", guess.notes()).contains("other.npy is not used"));
        MultimodalData loaded = data.load(folder);
        assertEquals(8, loaded.size());
        assertEquals(List.of("x", "y"), loaded.target().names());
    }

    @Test
    void theColumnCalledLabelIsTheLabel() throws IOException {
        SmallFiles.text(folder.resolve("l.csv"), "clip,kind,Label\na,p,u\nb,p,v\nc,q,v\nd,q,u\n");
        for (String id : List.of("a", "b", "c", "d")) {
            SmallFiles.wav(folder.resolve("w/" + id + ".wav"), 8000, 800, 9000);
        }
        FolderGuess guess = FolderGuess.of(folder);
        assertEquals(
                CsvLabels.of("l.csv", "clip", "Label", null), ((FileData) guess.data()).labels());
        assertTrue(
                String.join(" ", guess.notes()).contains("it could be one of [kind]"),
                guess.notes()::toString);
    }

    private void clips(String... ids) throws IOException {
        for (String id : ids) {
            SmallFiles.wav(folder.resolve("w/" + id + ".wav"), 8000, 800, 9000);
        }
    }

    /** The first table in the order of names is not the one with the most names. */
    @Test
    void labelsAreInTheTableThatNamesTheMost() throws IOException {
        clips("a", "b", "c", "d");
        SmallFiles.text(folder.resolve("a.csv"), "id,label\na,x\nb,y\nc,y\n");
        SmallFiles.text(folder.resolve("b.csv"), "clip,kind\na,u\nb,v\nc,v\nd,u\nz,u\n");
        FolderGuess guess = FolderGuess.of(folder);
        assertEquals(
                CsvLabels.of("b.csv", "clip", "kind", null), ((FileData) guess.data()).labels());
        assertTrue(
                guess.notes()
                        .containsAll(
                                List.of(
                                        "b.csv has the labels: column clip names 4 examples.",
                                        "Labels could be in a.csv too: column id names 3 examples.")),
                guess.notes()::toString);
    }

    /** Both name all, both have columns whose values repeat. */
    @Test
    void ofTwoThatNameAsManyTheOneWithALabelIsTaken() throws IOException {
        clips("a", "b", "c", "d");
        SmallFiles.text(folder.resolve("a.csv"), "id,age\na,7\nb,8\nc,8\nd,7\n");
        SmallFiles.text(folder.resolve("b.csv"), "id,emotion\na,u\nb,v\nc,v\nd,u\n");
        assertEquals(CsvLabels.of("b.csv", "id", "emotion", null), guess().labels());
        assertEquals(List.of("w", "a"), guess().modalities().stream().map(m -> m.name()).toList());
        assertEquals(4, guess().load(folder).size());
    }

    /** Numbers that do not repeat are a modality and no label, however many examples they name. */
    @Test
    void aTableWithoutALabelIsNone() throws IOException {
        clips("a", "b", "c", "d");
        SmallFiles.text(folder.resolve("a.csv"), "id,p\na,0.7\nb,0.8\nc,0.9\nd,1.5\n");
        SmallFiles.text(folder.resolve("b.csv"), "id,label\na,u\nb,v\nc,v\n");
        assertEquals(CsvLabels.of("b.csv", "id", "label", null), guess().labels());
        assertEquals(List.of("w", "a"), guess().modalities().stream().map(m -> m.name()).toList());
    }

    @Test
    void tablesAloneAreEnough() throws IOException {
        SmallFiles.text(folder.resolve("l.csv"), "id,target\n1,0.5\n2,0.25\n3,1\n");
        SmallFiles.text(folder.resolve("x.csv"), "id,p\n1,3\n2,4\n3,5\n");
        assertEquals(CsvLabels.Answer.NUMBERS, ((CsvLabels) guess().labels()).target());
        assertEquals(List.of("x"), guess().modalities().stream().map(m -> m.name()).toList());
        assertEquals(3, guess().load(folder).size());
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        SmallFiles.text(folder.resolve("notes.md"), "");
        assertTrue(
                assertThrows(DataException.class, this::guess)
                        .getMessage()
                        .endsWith("got 0 CSV files"));
    }

    private void clip(String sound, String image) throws IOException {
        SmallFiles.wav(folder.resolve(sound), 8000, 800, 9000);
        SmallFiles.image(folder.resolve(image), 6, 4, 1);
    }

    @Test
    void aFolderForEachClassInThatOfEachModality() throws IOException {
        for (String id : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
            clip("audio/" + id + ".wav", "lips/" + id + ".jpg");
        }
        SmallFiles.text(folder.resolve("l.csv"), "id,label\n7,u\n8,v\n");
        SmallFiles.text(folder.resolve("docs/about.md"), "");

        FolderGuess guess = FolderGuess.of(folder);

        assertEquals(
                new FileData(
                        FolderLabels.of("audio"),
                        List.of(
                                WavFolder.of("audio", "audio", 8000, 256, 160),
                                ImageFolder.of("lips", "lips", 4, 6, 1)),
                        null),
                guess.data());
        assertTrue(
                guess.notes()
                        .containsAll(
                                List.of(
                                        "Classes are the names of the folders in audio: [cat, dog].",
                                        "Folder docs is not used: it holds no WAV, images, npy or txt.")),
                guess.notes()::toString);
        assertEquals(4, guess.data().load(folder).size());
    }

    /** Folders of frames look like folders of classes; a table that names them decides. */
    @Test
    void foldersThatATableNamesAreFrames() throws IOException {
        SmallFiles.text(folder.resolve("l.csv"), "id,label\na,u\nb,v\n");
        for (String id : List.of("a/1", "a/2", "b/1", "b/2")) {
            clip("x/" + id.charAt(0) + ".wav", "face/" + id + ".png");
            SmallFiles.image(folder.resolve("lips/" + id + ".png"), 6, 4, 1);
        }
        assertEquals(CsvLabels.of("l.csv", "id", "label", null), guess().labels());
        assertEquals(3, guess().modalities().size());
        assertEquals(2, guess().load(folder).size());
    }

    /** A table of classes names the folders of one modality, but leaves the other out. */
    @Test
    void aTableOfClassesIsNotOneOfExamples() throws IOException {
        SmallFiles.text(folder.resolve("c.csv"), "name,label\ncat,0\ndog,1\n");
        for (String id : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
            clip("audio/" + id + ".wav", "lips/" + id + ".jpg");
        }
        assertEquals(FolderLabels.of("audio"), guess().labels());
        assertEquals(4, guess().load(folder).size());
    }

    @Test
    void partsAreFoldsAndNoClasses() throws IOException {
        for (String id : List.of("train/cat/1", "train/dog/1", "test/cat/2", "test/dog/2")) {
            clip("audio/" + id + ".wav", "lips/" + id + ".jpg");
        }
        FolderLabels labels = (FolderLabels) guess().labels();
        assertEquals(List.of(FolderLabels.Level.FOLD, FolderLabels.Level.LABEL), labels.levels());
        assertEquals("train", guess().load(folder).examples().get(3).fold());
        assertEquals(List.of("cat", "dog"), guess().load(folder).target().names());
    }

    @Test
    void partsWithoutClassesAreNoLabels() throws IOException {
        clip("audio/train/1.wav", "lips/train/1.jpg");
        clip("audio/test/2.wav", "lips/test/2.jpg");
        assertTrue(
                assertThrows(DataException.class, this::guess)
                        .getMessage()
                        .endsWith("with one for each class in it, got 0 CSV files"));
    }

    /** Also after a study has written its results beside them. */
    @Test
    void allModalitiesInOneFolderForEachClass() throws IOException {
        for (String id : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
            clip(id + ".wav", id + ".png");
        }
        SmallFiles.text(folder.resolve("results/results.csv"), "");
        FileData data = guess();
        assertEquals(FolderLabels.of("."), data.labels());
        assertEquals(
                List.of("image", "sound"), data.modalities().stream().map(m -> m.name()).toList());
        assertEquals(4, data.load(folder).size());
    }

    @Test
    void modalitiesWithoutLabelsAreNoClasses() throws IOException {
        clip("audio/1.wav", "lips/1.png");
        clip("audio/2.wav", "lips/2.png");
        assertThrows(DataException.class, this::guess);
    }

    /** One table of all: names of columns tell modalities, with digits or words behind. */
    @Test
    void columnsOfOneTable() throws IOException {
        StringBuilder rows =
                new StringBuilder("id,label,pulse1,pulse2,heat_mean,heat_std,move.x,move.y\n");
        for (int i = 0; i < 8; i++) {
            rows.append(
                    "p%d,%s,%d.5,1.5,%<d.5,2,3.5,4.5%n".formatted(i, i % 2 == 0 ? "x" : "y", i));
        }
        SmallFiles.text(folder.resolve("data.csv"), rows.toString());

        assertEquals(
                List.of("pulse", "heat", "move"),
                guess().modalities().stream().map(ModalityDescription::name).toList());
        MultimodalData data = guess().load(folder);
        assertEquals(8, data.size());
        assertEquals(2, data.modalities().get(1).get(3).numbers().length);

        SmallFiles.text(
                folder.resolve("data.csv"), rows.toString().replace("pulse1,pulse2", "bpm,age"));
        String message = assertThrows(DataException.class, this::guess).getMessage();
        assertEquals(
                folder.resolve("data.csv")
                        + ": must have columns of numbers whose names tell the modality, such as pulse_1, pulse_2, heat_1, heat_2, or there must be a CSV file for each, got [bpm, age, heat_mean, heat_std, move.x, move.y]",
                message);
    }
}
