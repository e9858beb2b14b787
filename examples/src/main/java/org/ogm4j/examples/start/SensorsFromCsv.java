package org.ogm4j.examples.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.records.reader.impl.csv.CSVSequenceRecordReader;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.NumberedFileInputSplit;
import org.deeplearning4j.datasets.datavec.RecordReaderMultiDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.LocalFileGraphSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;

/** Three sensors of a machine in CSV files: LSTM, convolution, dense layer; early stopping. */
public final class SensorsFromCsv {

    private SensorsFromCsv() {}

    /**
     * Trains until the validation loss has not fallen for two epochs.
     *
     * @param args none
     * @throws Exception if a file cannot be written or read
     */
    public static void main(String[] args) throws Exception {
        EarlyStoppingResult<ComputationGraph> result = train(Files.createTempDirectory("sensors"));
        System.out.printf(
                "%s after %d epochs, best %d%n",
                result.getTerminationDetails(),
                result.getTotalEpochs(),
                result.getBestModelEpoch());
    }

    static EarlyStoppingResult<ComputationGraph> train(Path folder) throws Exception {
        MultiDataSetIterator training = data(folder.resolve("training"), 120, 1);
        MultiDataSetIterator validation = data(folder.resolve("validation"), 60, 2);
        ComputationGraph net =
                new ComputationGraph(ModulatedOptimizer.builder().build().modulate(network()));
        net.init();
        EarlyStoppingConfiguration<ComputationGraph> stopping =
                new EarlyStoppingConfiguration.Builder<ComputationGraph>()
                        .epochTerminationConditions(
                                new ScoreImprovementEpochTerminationCondition(2),
                                new MaxEpochsTerminationCondition(200))
                        .scoreCalculator(new DataSetLossCalculator(validation, true))
                        .modelSaver(new LocalFileGraphSaver(folder.toString()))
                        .build();
        EarlyStoppingResult<ComputationGraph> result =
                new EarlyStoppingGraphTrainer(stopping, net, training, null).fit();
        System.out.println(ModulatedOptimizer.evaluate(result.getBestModel(), validation));
        return result;
    }

    private static ComputationGraphConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.06))
                .graphBuilder()
                .addInputs("motion", "sound", "state")
                .addLayer(
                        "motion_lstm",
                        new LastTimeStep(new LSTM.Builder().nOut(8).build()),
                        "motion")
                .addLayer(
                        "sound_conv",
                        new Convolution1DLayer.Builder(3)
                                .nOut(8)
                                .activation(Activation.RELU)
                                .build(),
                        "sound")
                .addLayer("sound_pool", new GlobalPoolingLayer(PoolingType.AVG), "sound_conv")
                .addLayer(
                        "state_fc",
                        new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build(),
                        "state")
                .addVertex("fusion", new MergeVertex(), "motion_lstm", "sound_pool", "state_fc")
                .addLayer(
                        "head",
                        new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build(),
                        "fusion")
                .setOutputs("head")
                .setInputTypes(
                        InputType.recurrent(2, 12),
                        InputType.recurrent(1, 12),
                        InputType.feedForward(2))
                .build();
    }

    /** A CSV file for each sequence, one line per step; state.csv: temperature, load, class. */
    private static MultiDataSetIterator data(Path folder, int examples, long seed)
            throws Exception {
        write(Files.createDirectories(folder), examples, new Random(seed));
        RecordReaderMultiDataSetIterator.Builder data =
                new RecordReaderMultiDataSetIterator.Builder(25);
        for (String sensor : List.of("motion", "sound")) {
            CSVSequenceRecordReader reader = new CSVSequenceRecordReader();
            reader.initialize(
                    new NumberedFileInputSplit(folder + "/" + sensor + "%d.csv", 0, examples - 1));
            data.addSequenceReader(sensor, reader).addInput(sensor);
        }
        CSVRecordReader state = new CSVRecordReader();
        state.initialize(new FileSplit(folder.resolve("state.csv").toFile()));
        return data.addReader("state", state)
                .addInput("state", 0, 1)
                .addOutputOneHot("state", 2, 3)
                .build();
    }

    /** Made-up measurements: motion sways at the pace of the class, sound and state hint at it. */
    private static void write(Path folder, int examples, Random random) throws IOException {
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(3);
            StringBuilder motion = new StringBuilder();
            StringBuilder sound = new StringBuilder();
            for (int t = 0; t < 12; t++) {
                double phase = (truth + 1) * t / 2.0;
                motion.append(Math.sin(phase) + random.nextGaussian()).append(',');
                motion.append(Math.cos(phase) + random.nextGaussian()).append('\n');
                sound.append(random.nextGaussian() + (t % 4 < truth ? 1.5 : 0)).append('\n');
            }
            state.append(truth + random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',')
                    .append(truth)
                    .append('\n');
            Files.writeString(folder.resolve("motion" + i + ".csv"), motion);
            Files.writeString(folder.resolve("sound" + i + ".csv"), sound);
        }
        Files.writeString(folder.resolve("state.csv"), state);
    }
}
