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
}
