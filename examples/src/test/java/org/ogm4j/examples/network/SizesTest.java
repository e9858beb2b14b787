package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ogm4j.examples.crema.CremaSource;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

/** Networks for inputs of another size than the digits'. */
class SizesTest {

    /** ResNet-18 divides by 32, the convolutions by 32 and by 16; patches are of 16 x 16. */
    @ParameterizedTest
    @CsvSource({"CNN, 54, 196", "RESNET18, 54, 49", "TRANSFORMER, 176, 196"})
    void tokensOfClips(Encoder encoder, int audio, int visual) {
        ComputationGraphConfiguration conf =
                AudioVisualNet.configuration(
                        new Architecture(encoder, Fusion.CROSS_ATTENTION, CremaSource.SIZES),
                        Updater.SGD,
                        0.1,
                        1);
        Map<String, InputType> shapes =
                conf.getLayerActivationTypes(
                        InputType.convolutional(257, 188, 1), InputType.convolutional(224, 224, 3));

        assertEquals(audio, encoder.branch(Modality.AUDIO, CremaSource.SIZES).tokens());
        assertEquals(visual, encoder.branch(Modality.VISUAL, CremaSource.SIZES).tokens());
        assertEquals(
                (long) encoder.branch(Modality.AUDIO, CremaSource.SIZES).width() * audio,
                shapes.get(Modality.AUDIO.tokens()).arrayElementsPerExample());
        assertEquals(
                (long) encoder.branch(Modality.AUDIO, CremaSource.SIZES).width() * visual,
                shapes.get(Modality.VISUAL.tokens()).arrayElementsPerExample());
        assertArrayEquals(new long[] {-1, 6}, shapes.get(AudioVisualNet.HEAD).getShape(true));
    }

    @Test
    void refusesWhatNoNetworkCanRead() {
        InputSize size = new InputSize(1, 2, 2);

        assertThrows(IllegalArgumentException.class, () -> new InputSize(0, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new InputSize(1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Sizes(size, size, 1));
    }
}
