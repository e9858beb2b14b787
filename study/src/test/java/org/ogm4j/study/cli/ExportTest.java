package org.ogm4j.study.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.study.Split;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;

/** What {@code study export} writes is what networks of the study are given. */
class ExportTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int study(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void everyPartOfEveryDivisionComesBackNumberByNumber() throws IOException {
        MadeFolder.soundsAndImages(folder, 40);
        assertEquals(0, study("init", folder.toString()), err.toString());
        Path json = folder.resolve("study.json");

        assertEquals(0, study("export", json.toString(), "--out", folder + "/arrays"));

        PreparedStudy prepared = new PreparedStudy(StudyFile.read(json), folder);
        for (long seed : new long[] {1, 2, 3}) {
            Path written = folder.resolve("arrays/data-seed%d-fold0".formatted(seed));
            Split split = prepared.split("data", seed, 0);
            int examples = 0;
            examples += compare(written.resolve("training"), split.trainingOnce(0));
            examples += compare(written.resolve("validation"), split.validation());
            examples += compare(written.resolve("test"), split.test());
            assertEquals(40, examples);
        }
        assertTrue(out.toString().contains("3 divisions written to"), out.toString());
        INDArray sound = read(folder.resolve("arrays/data-seed2-fold0/training"), "sound");
        assertEquals(0, sound.meanNumber().doubleValue(), 1e-5);
        assertEquals(1, sound.stdNumber(false).doubleValue(), 1e-4);
    }

    /** Batch by batch, as a network sees them; how many examples there were. */
    private static int compare(Path written, MultiDataSetIterator part) {
        int row = 0;
        while (part.hasNext()) {
            MultiDataSet batch = part.next();
            INDArray[] parts = {batch.getFeatures(0), batch.getFeatures(1), batch.getLabels(0)};
            String[] names = {"picture", "sound", "labels"};
            int rows = (int) parts[0].size(0);
            for (int u = 0; u < names.length; u++) {
                INDArray all = read(written, names[u]);
                for (int i = 0; i < rows; i++) {
                    assertEquals(parts[u].slice(i), all.slice(row + i), names[u]);
                }
            }
            row += rows;
        }
        assertEquals(row, read(written, "labels").size(0));
        return row;
    }

    private static INDArray read(Path folder, String name) {
        Path file = folder.resolve(name + ".npy");
        assertTrue(Files.exists(file), file.toString());
        return Nd4j.createFromNpyFile(file.toFile());
    }

    /** A folder for each part, and a file for each modality and for the labels. */
    @Test
    void threeModalitiesAndTwoSetsOfData() throws IOException {
        MadeFolder.mosi(folder, 40, 20);
        Files.writeString(folder.resolve("study.json"), CommandLineTest.MOSI);

        assertEquals(0, study("export", folder + "/study.json"), err.toString());

        assertTrue(Files.exists(folder.resolve("there/-10_dB-seed1-fold0/test/video.npy")));
        try (var files = Files.walk(folder.resolve("there"))) {
            assertEquals(2 * 3 * 4, files.filter(file -> file.toString().endsWith(".npy")).count());
        }
    }
}
