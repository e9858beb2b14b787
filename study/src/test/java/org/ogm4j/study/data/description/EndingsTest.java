package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.MultimodalData;

/** Tables whose ids are names of files with their endings. */
class EndingsTest {

    @TempDir Path folder;

    @BeforeEach
    void files() throws IOException {
        for (int i = 0; i < 4; i++) {
            SmallFiles.wav(folder.resolve("sound/c" + i + ".wav"), 8000, 1600, 1000 + i);
            SmallFiles.image(folder.resolve("face/c" + i + ".png"), 8, 6, i);
        }
    }

    private void labels(String... ids) throws IOException {
        StringBuilder rows = new StringBuilder("clip,class\n");
        for (int i = 0; i < ids.length; i++) {
            rows.append(ids[i]).append(i % 2 == 0 ? ",yes\n" : ",no\n");
        }
        SmallFiles.text(folder.resolve("labels.csv"), rows.toString());
    }

    private String refused() {
        DataDescription data = FolderGuess.of(folder).data();
        return assertThrows(DataException.class, () -> data.load(folder)).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"''", ".wav", ".WAV", ".png", ".mp4"})
    void anyEndingOfARecordingWillDo(String ending) throws IOException {
        labels("c2" + ending, "c0" + ending, "c1" + ending, "c3" + ending);

        MultimodalData data = FolderGuess.of(folder).data().load(folder);

        assertEquals(List.of("face", "sound"), data.names().stream().sorted().toList());
        assertEquals("c2" + ending, data.examples().get(0).id());
        int[] levels = SmallFiles.image(folder.resolve("x.png"), 8, 6, 2);
        float[] face = data.modalities().get(data.names().indexOf("face")).get(0).numbers();
        assertEquals(levels[5] / 255f, face[5], 1e-7);
    }

    /** What a file's whole name without its ending is comes first; other dots are no endings. */
    @Test
    void otherDotsArePartOfTheName() throws IOException {
        for (String name : List.of("v1.5", "v1.6", "v1")) {
            SmallFiles.wav(folder.resolve("sound/" + name + ".wav"), 8000, 1600, 9000);
            SmallFiles.image(folder.resolve("face/" + name + ".png"), 8, 6, 1);
        }
        labels("v1.5", "v1.6", "v1", "c1.wav");
        assertEquals(
                List.of("v1.5", "v1.6", "v1", "c1.wav"),
                FolderGuess.of(folder).data().load(folder).examples().stream()
                        .map(Example::id)
                        .toList());

        labels("v1.7", "v1.6", "v1", "c1.wav");
        assertTrue(
                refused().contains("v1.7: " + folder.resolve("face/v1.7.png") + ": no such file"));
    }

    @Test
    void twoFilesOfOneIdAreNamed() throws IOException {
        labels("c0.wav", "c1.wav", "c2.wav", "c3.wav");
        SmallFiles.image(folder.resolve("face/c2.jpg"), 8, 6, 1);
        assertEquals(
                folder.resolve("face") + ": must hold one file for id c2.wav, got [c2.jpg, c2.png]",
                refused());

        Files.move(folder.resolve("face/c2.jpg"), folder.resolve("face/c2.wav.jpg"));
        MultimodalData data = FolderGuess.of(folder).data().load(folder);
        assertEquals(4, data.size()); // the name without its ending is c2.wav

        SmallFiles.wav(folder.resolve("sound/c2.wav.wav"), 8000, 1600, 9000);
        assertEquals(
                folder.resolve("sound")
                        + ": must hold one file for id c2.wav, got [c2.wav, c2.wav.wav]",
                refused());
    }

    /** Only ids are asked for: what else lies in a folder says nothing. */
    @Test
    void filesThatNobodyNamesMayComeTwice() throws IOException {
        labels("c0", "c1", "c3", "c2");
        SmallFiles.image(folder.resolve("face/other.png"), 8, 6, 1);
        SmallFiles.image(folder.resolve("face/other.jpg"), 8, 6, 1);
        assertEquals(4, FolderGuess.of(folder).data().load(folder).size());
    }

    @Test
    void twoIdsOfOneFileAreNamed() throws IOException {
        labels("c0", "c1", "c0.wav", "c3");
        assertEquals(
                folder.resolve("face/c0.png") + ": must be of one example, got ids c0 and c0.wav",
                refused());
    }
}
