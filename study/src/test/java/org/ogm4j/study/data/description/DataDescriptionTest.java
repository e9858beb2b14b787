package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.Excerpt;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.Standardize;
import org.ogm4j.study.data.kind.TextGrams;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;

class DataDescriptionTest {

    @TempDir Path folder;

    @Test
    void everyDescriptionComesBackFromJson() {
        Noise noise = new Noise(-3.5, 2);
        List<DataDescription> all =
                List.of(
                        KnownData.grid("letter", noise),
                        KnownData.mosi(),
                        KnownData.crema(),
                        KnownData.cremaByLists(),
                        new DigitData(4, noise, null),
                        everything(noise));
        for (DataDescription description : all) {
            Path file = folder.resolve("d.json");
            description.write(file);
            assertEquals(description, DataDescription.read(file));
        }
    }

    /** Every kind, with nothing at its default. */
    private static FileData everything(Noise noise) {
        return new FileData(
                CsvLabels.of("l.csv", "id", "y", null),
                List.of(
                        new WavFolder(
                                "w",
                                "w",
                                8000,
                                1.5,
                                WavFolder.Length.REPEAT,
                                0.1,
                                true,
                                256,
                                160,
                                true,
                                40,
                                true,
                                1e-5,
                                WavFolder.Layout.SEQUENCE,
                                Standardize.FEATURE,
                                noise,
                                true,
                                new Excerpt("e.csv", "id", "from", "to", 0.5, null)),
                        new ImageFolder(
                                "i",
                                "i",
                                2,
                                3,
                                3,
                                4,
                                ImageFolder.Layout.VOLUME,
                                Standardize.IMAGENET,
                                ImageFolder.Augment.CROP_FLIP,
                                noise,
                                true,
                                new Excerpt("e.csv", "id", "from", null, 0.5, 25.0)),
                        new CsvColumns(
                                "c",
                                List.of("a", "b"),
                                "\t",
                                false,
                                "1",
                                List.of("2..5"),
                                List.of("3"),
                                Standardize.ALL,
                                noise,
                                true),
                        new NpyArrays("n", "n", true, Standardize.ALL, noise, true),
                        new TextTokens("t", TextSource.folder("t"), 5, 6, true),
                        new TextGrams(
                                "g",
                                TextSource.column("f", "id", "c"),
                                TextGrams.Unit.CHARACTER,
                                2,
                                3,
                                8,
                                true)),
                true);
    }

    @Test
    void defaultsMayBeLeftOutAndOneNameMayStandForAList() throws IOException {
        String json =
                """
                {"kind": "files",
                 "labels": {"kind": "csv", "files": "labels.csv", "id": "clip", "label": "letter"},
                 "modalities": [
                   {"kind": "wav", "name": "audio", "folder": "audio", "rate": 16000,
                    "window": 512, "hop": 320}
                 ]}
                """;
        assertEquals(
                new FileData(
                        CsvLabels.of("labels.csv", "clip", "letter", null),
                        List.of(WavFolder.of("audio", "audio", 16_000, 512, 320)),
                        null),
                read(json));
    }

    @Test
    void theExampleInTheDocumentsIsADescription() throws IOException {
        String page = Files.readString(Path.of("docs/data.md"));
        int from = page.indexOf("```json") + "```json".length();

        FileData data = (FileData) read(page.substring(from, page.indexOf("```", from)));

        assertEquals(
                List.of(
                        WavFolder.of("audio", "audio", 16_000, 512, 320).withSeconds(1.0),
                        ImageFolder.of("visual", "faces", 48, 48, 1)),
                data.modalities());
    }

    private DataDescription read(String json) throws IOException {
        SmallFiles.text(folder.resolve("d.json"), json);
        return DataDescription.read(folder.resolve("d.json"));
    }

    @Test
    void mistakesNameTheLine() {
        String labels =
                "\"labels\": {\"kind\": \"csv\", \"files\": \"l.csv\", \"label\": \"y\"},\n";
        assertFails("{\"kind\": \"fils\"}", 1, "files");
        assertFails(
                "{\"kind\": \"files\",\n" + labels + "\"modality\": []}",
                3,
                "modalities must be given");
        assertFails(
                "{\"kind\": \"files\",\n"
                        + labels
                        + "\"modalities\": [\n{\"kind\": \"npy\", \"name\": \"a\", \"path\": \"a\","
                        + " \"pth\": 1}]}",
                4,
                "Unrecognized field \"pth\"");
        assertFails(
                "{\"kind\": \"files\",\n"
                        + labels
                        + "\"modalities\": [\n{\"kind\": \"wav\", \"name\": \"a\", \"folder\": \"a\","
                        + " \"rate\": 8000, \"window\": 500, \"hop\": 1}]}",
                4,
                "window must be a power of two from 2 to 2^20, got 500");
        assertFails(
                "{\"kind\": \"files\",\n"
                        + labels
                        + "\"modalities\": [\n{\"kind\": \"wav\", \"name\": \"a\", \"folder\": \"a\","
                        + " \"rate\": 8000, \"hop\": 1}]}",
                4,
                "window");
        assertFails(
                "{\"kind\": \"files\",\n"
                        + labels
                        + "\"modalities\": [\n{\"kind\": \"wav\", \"name\": \"a\", \"folder\": \"a\","
                        + " \"rate\": 8000, \"window\": 512, \"hop\": 1, \"mels\": 2000000000}]}",
                4,
                "mels must be so few");
        assertFails(
                "{\"kind\": \"files\",\n"
                        + labels
                        + "\"modalities\": [\n{\"kind\": \"wav\", \"name\": \"a\", \"folder\": \"a\","
                        + " \"rate\": 8000, \"window\": 512, \"hop\": 1, \"seconds\": 1e12}]}",
                4,
                "seconds must be at most 33554.432 at a rate of 8000.0, got 1.0E12");
        assertFails("{\"kind\": \"files\",\n" + labels, 3, "");
    }

    private void assertFails(String json, int line, String problem) {
        String message = assertThrows(DataException.class, () -> read(json)).getMessage();
        assertTrue(message.startsWith(folder.resolve("d.json") + ":" + line + ": "), message);
        assertTrue(message.contains(problem), message);
    }
}
