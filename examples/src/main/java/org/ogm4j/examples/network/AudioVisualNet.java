package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.network.Answer;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Training;
import org.ogm4j.study.network.Updater;

/**
 * Networks for sounds and images: an encoder for each modality, and a fusion. For the digits:
 *
 * <pre>
 * audio  [m, 1, 129, 49] - encoder - \
 *                                     fusion - head [m, 10]
 * visual [m, 1,  28, 28] - encoder - /
 * </pre>
 *
 * <p>An encoder's vertices start with the name of the modality, and one modality alone reaches
 * them.
 */
public final class AudioVisualNet {

    /** The output: softmax with cross-entropy. */
    public static final String HEAD = MultimodalNetwork.HEAD;

    private AudioVisualNet() {}

    /**
     * The plain network of convolutions and concatenation, for the digits.
     *
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Updater updater, double learningRate, long seed) {
        return configuration(Encoder.CNN, Fusion.CONCAT, updater, learningRate, seed);
    }

    /**
     * A plain network for the digits.
     *
     * @param encoder of both modalities
     * @param fusion behind the encoders
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Encoder encoder, Fusion fusion, Updater updater, double learningRate, long seed) {
        return configuration(new Architecture(encoder, fusion), updater, learningRate, seed);
    }

    /**
     * A plain network.
     *
     * @param architecture which
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Architecture architecture, Updater updater, double learningRate, long seed) {
        return MultimodalNetwork.configuration(
                architecture.branches(),
                architecture.fusion(),
                Answer.classes(architecture.sizes().classes()),
                new Training(updater, learningRate),
                seed);
    }
}
