package org.ogm4j.study.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.ogm4j.study.answer.AnswerKind;
import org.ogm4j.study.answer.Confusion;

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

    /**
     * The accuracies; NaN for a modality that the network does not read, and where its answer is no
     * class for each example.
     *
     * @param plain of the network before it is modulated
     */
    public static Map<String, Double> accuracy(
            ComputationGraph graph,
            MultiDataSetIterator train,
            MultiDataSetIterator test,
            Layout plain) {
        Layout layout = plain.in(graph);
        Map<String, Double> accuracies = new LinkedHashMap<>();
        plain.modalities().forEach(modality -> accuracies.put(modality, Double.NaN));
        if (layout.kind() != AnswerKind.CLASSES) {
            return accuracies;
        }
        Map<String, DataSet> seen = features(graph, train, plain, layout);
        Map<String, DataSet> unseen = features(graph, test, plain, layout);
        seen.forEach((u, own) -> accuracies.put(u, accuracy(own, unseen.get(u))));
        return accuracies;
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
        long hits = hits(probe.output(test.getFeatures()), test.getLabels());
        return hits / (double) test.numExamples();
    }

    private static long hits(INDArray answers, INDArray oneHot) {
        INDArray right = answers.argMax(1).eq(oneHot.argMax(1));
        return right.castTo(DataType.INT64).sumNumber().longValue();
    }

    /** Features and labels of the modalities that the network reads. */
    private static Map<String, DataSet> features(
            ComputationGraph graph, MultiDataSetIterator examples, Layout plain, Layout layout) {
        Map<String, List<INDArray>> features = new LinkedHashMap<>();
        List<INDArray> labels = new ArrayList<>();
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(plain, graph, examples.next());
            Map<String, INDArray> activations = Feed.forward(graph, batch);
            INDArray answer = activations.get(layout.output());
            if (answer.rank() != 2) {
                return Map.of();
            }
            for (String modality : layout.modalities()) {
                features.computeIfAbsent(modality, key -> new ArrayList<>())
                        .add(end(layout.ends(modality), activations).castTo(DataType.DOUBLE));
            }
            labels.add(oneHot(batch.getLabels(0), answer.size(1)).castTo(DataType.DOUBLE));
        }
        Map<String, DataSet> sets = new LinkedHashMap<>();
        features.forEach(
                (modality, parts) ->
                        sets.put(modality, new DataSet(Nd4j.vstack(parts), Nd4j.vstack(labels))));
        return sets;
    }

    /** [m, classes], from that or from the numbers of the classes, [m, 1]. */
    private static INDArray oneHot(INDArray labels, long classes) {
        if (labels.size(1) == classes) {
            return labels;
        }
        INDArray rows = Nd4j.zeros(DataType.DOUBLE, labels.size(0), classes);
        int[] numbers = Confusion.classes(labels, classes);
        for (int i = 0; i < numbers.length; i++) {
            rows.putScalar(i, numbers[i], 1);
        }
        return rows;
    }

    /** All ends of an encoder side by side, [m, d]. */
    private static INDArray end(List<String> ends, Map<String, INDArray> activations) {
        INDArray[] parts =
                ends.stream().map(activations::get).map(LinearProbe::flat).toArray(INDArray[]::new);
        return parts.length == 1 ? parts[0] : Nd4j.concat(1, parts);
    }

    /** [m, d]: means over time steps, tokens and places. */
    private static INDArray flat(INDArray end) {
        return switch (end.rank()) {
            case 3 -> end.mean(2);
            case 4 -> end.mean(2, 3);
            default -> end;
        };
    }
}
