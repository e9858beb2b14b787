package org.ogm4j.fuzz;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.testing.Nets;

/** Batches for a random network, with or without masks. Equal seeds give equal batches. */
final class RandomBatches {

    private final RandomNetwork network;
    private final long seed;
    private final int fewest;
    private final int most;
    private final String masks;
    private boolean lacking;

    RandomBatches(Draw draw, RandomNetwork network, long seed) {
        this.network = network;
        this.seed = seed;
        boolean alone = draw.oneIn(12) && draw.kind("batchOfOne") != null;
        boolean inSegments = network.conf().getBackpropType() == BackpropType.TruncatedBPTT;
        fewest = alone ? 1 : 2;
        most = alone || inSegments ? fewest : 4;
        masks = draw.kind("noMasks", "noMasks", "labelMasks", "featureMasks", "allMasked");
    }

    /** In most batches the first example lacks the first modality: its features are 0. */
    RandomBatches lacking(boolean lacks) {
        lacking = lacks;
        return this;
    }

    /** The same batch, with NaN for the features that an example lacks. */
    MultiDataSet withNans(int number) {
        MultiDataSet batch = batch(number);
        if (lacks(number)) {
            batch.getFeatures(0).slice(0).assign(Double.NaN);
        }
        return batch;
    }

    /** Whether there is such an example. */
    boolean lacks(int number) {
        return lacking && most > 1 && number % 4 != 3;
    }

    /** Always the same for a number, in arrays of its own. */
    MultiDataSet batch(int number) {
        Random random = new Random(seed * 1000 + number);
        int examples = fewest + random.nextInt(most - fewest + 1);
        INDArray[] features = new INDArray[network.inputs().size()];
        INDArray[] featureMasks = new INDArray[features.length];
        for (int u = 0; u < features.length; u++) {
            Input input = network.inputs().get(u);
            features[u] = input.features(examples, random, network.type());
            if (masks.equals("featureMasks") && input.hasSteps()) {
                featureMasks[u] = stepMask(examples, random);
            }
        }
        if (lacks(number)) {
            features[0].slice(0).assign(0);
        }
        INDArray[] labels = new INDArray[network.outputs().size()];
        INDArray[] labelMasks = new INDArray[labels.length];
        for (int i = 0; i < labels.length; i++) {
            boolean perStep = network.outputs().get(i);
            labels[i] =
                    perStep
                            ? Nets.sequenceLabels(random, examples, Input.STEPS)
                                    .castTo(network.type())
                            : labels(i, examples, random);
            labelMasks[i] =
                    switch (masks) {
                        case "labelMasks" ->
                                perStep ? stepMask(examples, random) : mask(examples, random);
                        case "allMasked" ->
                                Nd4j.zeros(network.type(), examples, perStep ? Input.STEPS : 1);
                        case "featureMasks" -> perStep ? featureMasks[0] : null;
                        default -> null;
                    };
        }
        return new MultiDataSet(features, labels, anyOrNull(featureMasks), anyOrNull(labelMasks));
    }

    /** Of the kind that the output's loss takes: indices, several labels, soft or one-hot ones. */
    private INDArray labels(int output, int examples, Random random) {
        INDArray labels = Nets.labels(examples, random, network.type());
        String name = network.conf().getNetworkOutputs().get(output);
        Layer layer =
                ((LayerVertex) network.conf().getVertices().get(name)).getLayerConf().getLayer();
        ILossFunction loss = layer instanceof OutputLayer own ? own.getLossFn() : null;
        if (loss instanceof LossSparseMCXENT) {
            return labels.argMax(1).reshape(examples, 1).castTo(network.type());
        }
        boolean several = loss instanceof LossBinaryXENT;
        boolean soft = loss instanceof LossMCXENT && random.nextInt(3) == 0;
        for (int i = 0; i < labels.length(); i++) {
            if (several) {
                labels.putScalar(i, random.nextInt(2));
            } else if (soft) {
                labels.putScalar(i, 0.7 * labels.getDouble(i) + 0.3 * random.nextDouble());
            }
        }
        return labels;
    }

    /** Arrays of nulls alone would be taken for masks by some layers. */
    private static INDArray[] anyOrNull(INDArray[] masks) {
        return Arrays.stream(masks).allMatch(Objects::isNull) ? null : masks;
    }

    private INDArray mask(int examples, Random random) {
        INDArray mask = Nd4j.ones(network.type(), examples, 1);
        mask.putScalar(0, random.nextInt(2));
        return mask;
    }

    /** The first steps of each example. */
    private INDArray stepMask(int examples, Random random) {
        INDArray mask = Nd4j.zeros(network.type(), examples, Input.STEPS);
        for (int i = 0; i < examples; i++) {
            int steps = 1 + random.nextInt(Input.STEPS);
            for (int t = 0; t < steps; t++) {
                mask.putScalar(i, t, 1);
            }
        }
        return mask;
    }
}
