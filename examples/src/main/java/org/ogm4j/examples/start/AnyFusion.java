package org.ogm4j.examples.start;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
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
        MultiDataSet batch = batch(500, 1);
        for (int step = 0; step < 60; step++) {
            net.fit(batch);
        }
        System.out.println(ModulatedOptimizer.lastModulation(net).orElseThrow().modalities());
        System.out.println(
                ModulatedOptimizer.evaluate(net, new SingletonMultiDataSetIterator(batch(500, 2))));
        return net;
    }

    /** The text decides which of the picture's features get through, and adds its own. */
    private static ComputationGraphConfiguration network() {
        DenseLayer.Builder gate = new DenseLayer.Builder().nOut(16).activation(Activation.SIGMOID);
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.005))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("text", "picture")
                .addLayer("text_fc", new DenseLayer.Builder().nOut(16).build(), "text")
                .addLayer("picture_fc", new DenseLayer.Builder().nOut(16).build(), "picture")
                .addLayer("gate", gate.build(), "text_fc")
                .addVertex(
                        "gated",
                        new ElementWiseVertex(ElementWiseVertex.Op.Product),
                        "gate",
                        "picture_fc")
                .addVertex(
                        "joined",
                        new ElementWiseVertex(ElementWiseVertex.Op.Add),
                        "gated",
                        "text_fc")
                .addLayer("deep", new DenseLayer.Builder().nOut(16).build(), "joined")
                .addLayer(
                        "head",
                        new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build(),
                        "deep")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(12))
                .build();
    }

    /** Made-up examples of four classes. */
    private static MultiDataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray text = Nd4j.create(examples, 12);
        INDArray picture = Nd4j.create(examples, 12);
        INDArray labels = Nd4j.zeros(examples, 4);
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(4);
            labels.putScalar(i, truth, 1);
            for (int j = 0; j < 12; j++) {
                text.putScalar(i, j, random.nextGaussian() + (j % 4 == truth ? 1.2 : 0));
                picture.putScalar(i, j, random.nextGaussian() + (j % 4 == truth ? 0.7 : 0));
            }
        }
        return new MultiDataSet(new INDArray[] {text, picture}, new INDArray[] {labels});
    }
}
