package org.ogm4j.examples.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.examples.signal.Examples;

/**
 * How much an encoder has learned, whatever the fused head makes of it: the test accuracy of a
 * softmax layer trained on its features [m, d], with the encoder held fixed, on the training
 * examples. Where the fusion reads tokens [m, d, T] the features are their mean over T.
 *
 * <p>The probe starts at 0 and takes 300 steps of Adam over all examples at once, which for this
 * convex problem is near its minimum; features are standardised.
 */
public final class LinearProbe {

    private static final int STEPS = 300;
    private static final double LEARNING_RATE = 0.05;
    private static final double L2 = 1e-4;

    private LinearProbe() {}

    /** The accuracies; NaN for a modality that the network does not read. */
    public static PerModality accuracy(ComputationGraph graph, Examples train, Examples test) {
        return new PerModality(
                accuracy(graph, Modality.AUDIO, train, test),
                accuracy(graph, Modality.VISUAL, train, test));
    }

    private static double accuracy(
            ComputationGraph graph, Modality modality, Examples train, Examples test) {
        if (!graph.getConfiguration().getNetworkInputs().contains(modality.input())) {
            return Double.NaN;
        }
        return accuracy(features(graph, modality, train), features(graph, modality, test));
    }

    /** The test accuracy of the probe; both sets are standardised in place. */
    static double accuracy(DataSet train, DataSet test) {
        NormalizerStandardize standardize = new NormalizerStandardize();
        standardize.fit(train);
        standardize.transform(train);
        standardize.transform(test);
        MultiLayerNetwork probe =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .dataType(DataType.DOUBLE)
                                .updater(new Adam(LEARNING_RATE))
                                .list(
                                        new OutputLayer.Builder(LossFunction.MCXENT)
                                                .nIn(train.getFeatures().size(1))
                                                .nOut(train.getLabels().size(1))
                                                .activation(Activation.SOFTMAX)
                                                .weightInit(WeightInit.ZERO)
                                                .l2(L2)
                                                .build())
                                .build());
        probe.init();
        for (int step = 0; step < STEPS; step++) {
            probe.fit(train);
        }
        long hits = ModalityLogits.hitsOf(probe.output(test.getFeatures()), test.getLabels());
        return hits / (double) test.numExamples();
    }

    private static DataSet features(ComputationGraph graph, Modality modality, Examples examples) {
        List<INDArray> features = new ArrayList<>();
        List<INDArray> labels = new ArrayList<>();
        for (MultiDataSet batch : examples.inOrder()) {
            MultiDataSet own = Feed.of(graph, batch);
            INDArray end = end(graph, modality, own);
            features.add((end.rank() == 3 ? end.mean(2) : end).castTo(DataType.DOUBLE));
            labels.add(batch.getLabels(0).castTo(DataType.DOUBLE));
        }
        return new DataSet(Nd4j.vstack(features), Nd4j.vstack(labels));
    }

    private static INDArray end(ComputationGraph graph, Modality modality, MultiDataSet batch) {
        var activations = graph.feedForward(batch.getFeatures(), false);
        INDArray features = activations.get(modality.features());
        return features == null ? activations.get(modality.tokens()) : features;
    }
}
