package org.ogm4j.study.baseline;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Point;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.Trial;

/** The small network with further outputs. */
final class HeadedNets {

    private HeadedNets() {}

    static ComputationGraphConfiguration plain() {
        return Nets.concat(5, "audio", "visual");
    }

    static Split split() {
        return StudyData.crossValidated(Nets.examples(45, 2, 3), 6, 3).split(2, 0);
    }

    static Trial trial(Split split, int epochs) {
        return new Trial(plain(), Map.of(), () -> split, Point.OWN, 5, epochs, task -> {});
    }

    /** A softmax layer on each encoder. */
    static ComputationGraph withHeads() {
        return withOutputs(
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(5)
                        .nOut(Nets.CLASSES)
                        .build());
    }

    /** The encoders' outputs themselves. */
    static ComputationGraph withTargets() {
        return withOutputs(
                new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build());
    }

    private static ComputationGraph withOutputs(Layer output) {
        ComputationGraph graph = new ComputationGraph(plain());
        graph.init();
        return new TransferLearning.GraphBuilder(graph)
                .addLayer("audio-own", output.clone(), "audio-encoder")
                .addLayer("visual-own", output.clone(), "visual-encoder")
                .setOutputs("out", "audio-own", "visual-own")
                .build();
    }
}
