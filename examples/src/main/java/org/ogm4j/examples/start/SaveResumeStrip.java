package org.ogm4j.examples.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;

/** Saves in the middle of training, goes on from the file, and deploys a plain network. */
public final class SaveResumeStrip {

    private static final MadeUp DATA = new MadeUp(2).modality(10, 0.8).modality(10, 0.3);

    private SaveResumeStrip() {}

    /**
     * Compares with training that was never stopped.
     *
     * @param args none
     * @throws IOException if a file cannot be written or read
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("ogm4j");
        ComputationGraph unbroken = network();
        train(unbroken, 0, 60);
        ComputationGraph resumed = resumed(folder.resolve("half.zip").toFile());
        System.out.println(
                "same parameters: " + unbroken.params().equalsWithEps(resumed.params(), 0));

        ComputationGraph plain = ModulatedOptimizer.strip(resumed);
        File deployed = folder.resolve("deployed.zip").toFile();
        plain.save(deployed, false); // without the state of the updaters: it will not train on
        ComputationGraph loaded = ComputationGraph.load(deployed, false); // without this library
        INDArray[] features = DATA.batch(8, -1).getFeatures();
        INDArray expected = resumed.outputSingle(features);
        System.out.println(
                "same answers: " + expected.equalsWithEps(loaded.outputSingle(features), 0));
        System.out.println("deployed: " + deployed);
    }

    /** The noise goes on too: its random numbers follow from the seed and the step. */
    static ComputationGraph resumed(File file) throws IOException {
        ComputationGraph net = network();
        train(net, 0, 30);
        net.save(file, true); // true: with the state of the updaters
        ComputationGraph loaded = ComputationGraph.load(file, true);
        train(loaded, 30, 60);
        return loaded;
    }

    static void train(ComputationGraph net, int from, int to) {
        for (int step = from; step < to; step++) {
            net.fit(DATA.batch(32, step));
        }
    }

    static ComputationGraph network() {
        OutputLayer head = new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
        ComputationGraphConfiguration conf =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .updater(new Adam(0.01))
                        .activation(Activation.RELU)
                        .graphBuilder()
                        .addInputs("heart", "breath")
                        .addLayer("heart_fc", new DenseLayer.Builder().nOut(16).build(), "heart")
                        .addLayer("breath_fc", new DenseLayer.Builder().nOut(16).build(), "breath")
                        .addVertex("fusion", new MergeVertex(), "heart_fc", "breath_fc")
                        .addLayer("head", head, "fusion")
                        .setOutputs("head")
                        .setInputTypes(InputType.feedForward(10), InputType.feedForward(10))
                        .build();
        ComputationGraph net =
                new ComputationGraph(ModulatedOptimizer.builder().build().modulate(conf));
        net.init();
        return net;
    }
}
