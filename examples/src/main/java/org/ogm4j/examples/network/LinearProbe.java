package org.ogm4j.examples.network;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * How much an encoder has learned, whatever the fused head makes of it: the test accuracy of a
 * softmax layer trained on its features [m, d], with the encoder held fixed, on the training
 * examples. Where the fusion reads tokens [m, d, T] the features are their mean over T.
 *
 * <p>The probe starts at 0 and takes 150 steps of Adam over all examples at once, which for this
 * convex problem is near its minimum; features are standardised.
 */
public final class LinearProbe {

    private static final int STEPS = 150;
    private static final double LEARNING_RATE = 0.05;
    private static final double L2 = 1e-4;

    private LinearProbe() {}

    /** The accuracies; NaN for a modality that the network does not read. */
    public static PerModality accuracy(
            ComputationGraph graph, MultiDataSetIterator train, MultiDataSetIterator test) {
        Map<Modality, DataSet> seen = features(graph, train);
        Map<Modality, DataSet> unseen = features(graph, test);
        return new PerModality(
                accuracy(seen.get(Modality.AUDIO), unseen.get(Modality.AUDIO)),
                accuracy(seen.get(Modality.VISUAL), unseen.get(Modality.VISUAL)));
    }

    /** The test accuracy of the probe; both sets are standardised in place. */
    static double accuracy(DataSet train, DataSet test) {
        if (train == null) {
            return Double.NaN;
        }
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

    /** Features and labels of the modalities that the network reads. */
    private static Map<Modality, DataSet> features(
            ComputationGraph graph, MultiDataSetIterator examples) {
        Map<Modality, List<INDArray>> features = new EnumMap<>(Modality.class);
        List<INDArray> labels = new ArrayList<>();
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            INDArray[] inputs = batch.getFeatures();
            Map<String, INDArray> activations = graph.feedForward(inputs, false);
            for (Modality modality : Modality.values()) {
                INDArray end = end(modality, activations);
                if (end != null) {
                    features.computeIfAbsent(modality, key -> new ArrayList<>())
                            .add(end.castTo(DataType.DOUBLE));
                }
            }
            labels.add(batch.getLabels(0).castTo(DataType.DOUBLE));
        }
        Map<Modality, DataSet> sets = new EnumMap<>(Modality.class);
        features.forEach(
                (modality, parts) ->
                        sets.put(modality, new DataSet(Nd4j.vstack(parts), Nd4j.vstack(labels))));
        return sets;
    }

    /** [m, d], or null if the network does not read the modality. */
    private static INDArray end(Modality modality, Map<String, INDArray> activations) {
        INDArray tokens = activations.get(modality.tokens());
        return tokens == null ? activations.get(modality.features()) : tokens.mean(2);
    }
}
