package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

class ConvolutionsTest {

    private static final String DISABLE = "org.eclipse.deeplearning4j.helpers.disable";

    private final String before = System.getProperty(DISABLE);

    @AfterEach
    void reset() {
        if (before == null) {
            System.clearProperty(DISABLE);
        } else {
            System.setProperty(DISABLE, before);
        }
    }

    @Test
    void helpersAreOffUnlessAskedFor() {
        System.clearProperty(DISABLE);

        assertEquals(
                "Convolutions: DL4J's own (oneDNN is off: system property "
                        + DISABLE
                        + " is not false)",
                describe(Encoder.CNN, Fusion.CONCAT));
    }

    @Test
    void theLibraryIsAskedToo() {
        System.setProperty(DISABLE, "false");
        Nd4j.getExecutioner();
        boolean built =
                NativeOpsHolder.getInstance()
                        .getDeviceNativeOps()
                        .buildInfo()
                        .contains("HAVE_ONEDNN");

        assertEquals(
                built
                        ? "Convolutions: oneDNN"
                        : "Convolutions: DL4J's own (oneDNN is off: the native library is built"
                                + " without it)",
                describe(Encoder.CNN, Fusion.CONCAT));
    }

    @Test
    void aDenseNetworkHasNone() {
        ComputationGraphConfiguration dense =
                new NeuralNetConfiguration.Builder()
                        .graphBuilder()
                        .addInputs("in")
                        .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "in")
                        .setOutputs("out")
                        .build();

        assertEquals("Convolutions: none in this network", Convolutions.describe(dense));
    }

    private static String describe(Encoder encoder, Fusion fusion) {
        ComputationGraphConfiguration conf =
                AudioVisualNet.configuration(encoder, fusion, Updater.NESTEROVS, 0.01, 1);
        return Convolutions.describe(conf);
    }
}
