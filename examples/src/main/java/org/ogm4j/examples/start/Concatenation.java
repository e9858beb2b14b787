package org.ogm4j.examples.start;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;

/** Two modalities, an encoder each, concatenated into a softmax layer: the case of the paper. */
public final class Concatenation {

    private Concatenation() {}

    /**
     * Trains and reports.
     *
     * @param args none
     */
    public static void main(String[] args) {
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 9).build();
        System.out.println(ogm.describe(network()));

        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();
        net.addListeners(
                new ModulationListener(
                        step -> {
                            if (step.iteration() % 40 == 0) {
                                System.out.println(step.epoch() + " " + step.modalities());
                            }
                        }));
        MadeUp data = new MadeUp(6).modality(24, 1).modality(48, 0.5);
        net.fit(data.batches(640, 32, 1), 20); // modulated in the first ten epochs

        System.out.println(ModulatedOptimizer.evaluate(net, data.batches(1000, 100, 2)));
    }

    static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(6).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.01, 0.9))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("sound", "picture")
                .addLayer("sound_fc", new DenseLayer.Builder().nOut(32).build(), "sound")
                .addLayer("picture_fc", new DenseLayer.Builder().nOut(32).build(), "picture")
                .addVertex("fusion", new MergeVertex(), "sound_fc", "picture_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(24), InputType.feedForward(48))
                .build();
    }
}
