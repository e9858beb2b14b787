package quickstart;

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

/** Trains a network of two modalities with OGM-GE. */
public final class InJava {

    private InJava() {}

    public static void main(String[] args) {
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 9).build();
        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();

        System.out.println("before\n" + ModulatedOptimizer.evaluate(net, MadeUp.data(1000, 2)));
        net.fit(MadeUp.data(640, 1), 20); // the modulation ends after ten epochs
        System.out.println("after\n" + ModulatedOptimizer.evaluate(net, MadeUp.data(1000, 2)));
    }

    private static ComputationGraphConfiguration network() {
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
                .setInputTypes(
                        InputType.feedForward(MadeUp.SOUND), InputType.feedForward(MadeUp.PICTURE))
                .build();
    }
}
