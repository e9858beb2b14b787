package org.ogm4j.examples.start;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.LocalFileGraphSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
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
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;

/** Three sensors of a machine in CSV files: LSTM, convolution, dense layer; early stopping. */
public final class SensorsFromCsv {

    private SensorsFromCsv() {}

    /**
     * Trains until the validation loss has not fallen for five epochs.
     *
     * @param args none
     * @throws Exception if a file cannot be written or read
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("sensors");
        MultiDataSetIterator training = SensorFiles.read(folder.resolve("training"), 200, 1);
        MultiDataSetIterator validation = SensorFiles.read(folder.resolve("validation"), 200, 2);
        EarlyStoppingResult<ComputationGraph> result = train(training, validation, folder);
        System.out.println(ModulatedOptimizer.evaluate(result.getBestModel(), validation));
        System.out.printf(
                "%d epochs, best %d%n", result.getTotalEpochs(), result.getBestModelEpoch());
    }

    static EarlyStoppingResult<ComputationGraph> train(
            MultiDataSetIterator training, MultiDataSetIterator validation, Path folder) {
        var net = new ComputationGraph(ModulatedOptimizer.builder().build().modulate(network()));
        net.init();
        var stopping =
                new EarlyStoppingConfiguration.Builder<ComputationGraph>()
                        .epochTerminationConditions(
                                new ScoreImprovementEpochTerminationCondition(5))
                        .scoreCalculator(new DataSetLossCalculator(validation, true))
                        .modelSaver(new LocalFileGraphSaver(folder.toString()))
                        .build();
        return new EarlyStoppingGraphTrainer(stopping, net, training, null).fit();
    }

    private static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("motion", "sound", "state")
                .addLayer("lstm", new LSTM.Builder().nOut(8).build(), "motion")
                .addLayer("motion_max", new GlobalPoolingLayer(), "lstm")
                .addLayer("conv", new Convolution1DLayer.Builder(5).nOut(8).build(), "sound")
                .addLayer("sound_max", new GlobalPoolingLayer(), "conv")
                .addLayer("state_fc", new DenseLayer.Builder().nOut(8).build(), "state")
                .addVertex("fusion", new MergeVertex(), "motion_max", "sound_max", "state_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(
                        InputType.recurrent(2), InputType.recurrent(1), InputType.feedForward(2))
                .build();
    }
}
