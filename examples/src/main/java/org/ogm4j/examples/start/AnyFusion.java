package org.ogm4j.examples.start;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;

/** A gated fusion under a deep head, where no weights of the head belong to one modality. */
public final class AnyFusion {

    private AnyFusion() {}

    /**
     * Trains twice: scores by running the shared part on one modality alone, and by probes.
     *
     * @param args none
     */
    public static void main(String[] args) {
        for (ScoreSource source : new ScoreSource[] {ScoreSource.zeroOut(), ScoreSource.probe()}) {
            train(ModulatedOptimizer.builder().score(source).build());
        }
    }

    static ComputationGraph train(ModulatedOptimizer ogm) {
        System.out.println(ogm.describe(network()));
        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();
        MadeUp data = new MadeUp(4).modality(12, 1.2).modality(12, 0.7);
        net.fit(data.batches(500, 50, 1), 6);
        System.out.println(ModulatedOptimizer.lastModulation(net).orElseThrow().modalities());
        System.out.println(ModulatedOptimizer.evaluate(net, data.batches(500, 100, 2)));
        return net;
    }

    /** The text decides which of the picture's features get through, and adds its own. */
    private static ComputationGraphConfiguration network() {
        DenseLayer.Builder gate = new DenseLayer.Builder().nOut(16).activation(Activation.SIGMOID);
        ElementWiseVertex product = new ElementWiseVertex(ElementWiseVertex.Op.Product);
        ElementWiseVertex sum = new ElementWiseVertex(ElementWiseVertex.Op.Add);
        OutputLayer head = new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.005))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("text", "picture")
                .addLayer("text_fc", new DenseLayer.Builder().nOut(16).build(), "text")
                .addLayer("picture_fc", new DenseLayer.Builder().nOut(16).build(), "picture")
                .addLayer("gate", gate.build(), "text_fc")
                .addVertex("gated", product, "gate", "picture_fc")
                .addVertex("joined", sum, "gated", "text_fc")
                .addLayer("deep", new DenseLayer.Builder().nOut(16).build(), "joined")
                .addLayer("head", head, "deep")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(12))
                .build();
    }
}
