package org.ogm4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.CsvTable;
import org.ogm4j.study.data.files.IdxFile;
import org.ogm4j.study.data.files.NpyFile;
import org.ogm4j.study.data.image.Pixels;
import org.ogm4j.study.data.sound.WavFile;
import org.ogm4j.study.file.StudyFile;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.store.RunStore;
import org.ogm4j.study.table.ResultFile;
import org.ogm4j.study.table.ResultReader;

/** All that reads files. */
@SuppressWarnings("ImmutableEnumChecker") // readings hold nothing
enum Target {

    /** A recording. */
    WAV("sound.wav", WavFile::read),
    /** A picture, or a strip of frames. */
    IMAGE("picture.png", Pixels::read),
    /** Pictures of MNIST. */
    IDX("pictures.idx", file -> IdxFile.read(file, 3)),
    /** The same, gzipped. */
    IDX_GZ("pictures.gz", file -> IdxFile.read(file, 3)),
    /** An array of NumPy: all of it, and its first row. */
    NPY("array.npy", Target::array),
    /** A table, and a number in its last column. */
    CSV("table.csv", Target::table),
    /** A study. */
    STUDY("study.json", StudyFile::read),
    /** A run that a study has kept. */
    RUN("runs/run.json", Target::run),
    /** What studies have left. */
    RESULTS("results.csv", file -> ResultReader.read(List.of(ResultFile.of(file.toString())))),
    /** What this library adds to the configuration of a network. */
    PLAN("plan.json", Target::plan);

    private final String fileName;
    private final Reading reading;

    Target(String fileName, Reading reading) {
        this.fileName = fileName;
        this.reading = reading;
    }

    @FunctionalInterface
    private interface Reading {
        void read(Path file) throws IOException;
    }

    String fileName() {
        return fileName;
    }

    /**
     * Reads a file.
     *
     * @return false if it is refused, in the way that the reader promises
     */
    boolean accepts(Path file) {
        try {
            reading.read(file);
            return true;
        } catch (DataException | StudyException | IOException e) {
            return false;
        }
    }

    private static void array(Path file) {
        NpyFile array = NpyFile.open(file);
        array.read();
        if (array.inRows() && array.shape().length > 0 && array.shape()[0] > 0) {
            array.row(0);
        }
    }

    private static void table(Path file) {
        CsvTable table = CsvTable.read(file, ',', true);
        for (int row = 0; row < table.rows(); row++) {
            for (int column = 0; column < table.columns().size(); column++) {
                table.text(row, column);
            }
        }
        if (table.rows() > 0) {
            table.number(0, table.columns().size() - 1);
        }
    }

    private static void run(Path file) throws IOException {
        Path folder = file.getParent().getParent();
        RunStore<RunRecord> store = new RunStore<>(folder, RunRecord.class, RunRecord::key);
        if (store.find("run").isEmpty()) {
            throw new IOException(store.damaged().toString());
        }
    }

    private static void plan(Path file) throws IOException {
        NeuralNetConfiguration.mapper().readValue(Files.readAllBytes(file), ModulationPlan.class);
    }
}
