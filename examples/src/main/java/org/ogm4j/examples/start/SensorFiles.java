package org.ogm4j.examples.start;

import java.io.IOException;
import java.nio.file.Path;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.records.reader.impl.csv.CSVSequenceRecordReader;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.NumberedFileInputSplit;
import org.deeplearning4j.datasets.datavec.RecordReaderMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Reads CSV files with DataVec: motion0.csv and sound0.csv for the first line of state.csv. */
final class SensorFiles {

    private SensorFiles() {}

    /**
     * Batches of 25: sequences for motion and sound, two columns of state; the third is the class.
     */
    static MultiDataSetIterator read(Path folder, int examples, long seed)
            throws IOException, InterruptedException {
        MadeUpSensors.write(folder, examples, seed); // in place of your files

        CSVSequenceRecordReader motion = new CSVSequenceRecordReader();
        CSVSequenceRecordReader sound = new CSVSequenceRecordReader();
        CSVRecordReader state = new CSVRecordReader();
        motion.initialize(new NumberedFileInputSplit(folder + "/motion%d.csv", 0, examples - 1));
        sound.initialize(new NumberedFileInputSplit(folder + "/sound%d.csv", 0, examples - 1));
        state.initialize(new FileSplit(folder.resolve("state.csv").toFile()));
        return new RecordReaderMultiDataSetIterator.Builder(25)
                .addSequenceReader("motion", motion)
                .addSequenceReader("sound", sound)
                .addReader("state", state)
                .addInput("motion")
                .addInput("sound")
                .addInput("state", 0, 1)
                .addOutputOneHot("state", 2, 3)
                .build();
    }
}
