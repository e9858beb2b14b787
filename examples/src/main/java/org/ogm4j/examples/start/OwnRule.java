package org.ogm4j.examples.start;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.CoefficientRule;
import org.ogm4j.ModulatedOptimizer;

/** A rule of one's own, as a record, so that it is saved with the network. */
public final class OwnRule {

    private OwnRule() {}

    /**
     * Slows a modality that is twice as good to half its speed, and never below a floor.
     *
     * @param floor the least coefficient, between 0 and 1
     */
    public record Reciprocal(double floor) implements CoefficientRule {

        /** Checks the floor, when it comes from a file too. */
        public Reciprocal {
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("floor must be in [0, 1], got " + floor);
            }
        }

        @Override
        public double coefficient(double ratio) {
            return ratio > 1 ? Math.max(floor, 1 / ratio) : 1;
        }
    }

    /**
     * Trains with it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        ComputationGraph net = train(new Reciprocal(0.4));
        System.out.println(ModulatedOptimizer.lastModulation(net).orElseThrow().modalities());
        String json = net.getConfiguration().toJson();
        System.out.println(
                "saved with the network: "
                        + ComputationGraphConfiguration.fromJson(json)
                                .equals(net.getConfiguration()));
    }

    static ComputationGraph train(CoefficientRule rule) {
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().rule(rule).build();
        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();
        net.fit(new MadeUp(4).modality(12, 1.2).modality(12, 0.5).batches(640, 64, 1), 6);
        return net;
    }

    private static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("radar", "camera")
                .addLayer("radar_fc", new DenseLayer.Builder().nOut(16).build(), "radar")
                .addLayer("camera_fc", new DenseLayer.Builder().nOut(16).build(), "camera")
                .addVertex("fusion", new MergeVertex(), "radar_fc", "camera_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(12))
                .build();
    }
}
