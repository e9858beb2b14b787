package org.ogm4j.study.machine;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What runs a network's convolutions: DL4J's own code, or oneDNN, which is several times faster.
 */
public final class Convolutions {

    private static final String DISABLE = DL4JSystemProperties.DISABLE_HELPER_PROPERTY;

    private Convolutions() {}

    /** One line about a network that is built from this configuration now. */
    public static String describe(ComputationGraphConfiguration conf) {
        ComputationGraph graph = new ComputationGraph(conf.clone());
        graph.init();
        return describe(graph);
    }

    /** One line about a network, by the helpers that its layers have got. */
    public static String describe(ComputationGraph graph) {
        List<Layer> convolutions =
                Arrays.stream(graph.getLayers())
                        .filter(layer -> layer.conf().getLayer() instanceof ConvolutionLayer)
                        .toList();
        if (convolutions.isEmpty()) {
            return "Convolutions: none in this network";
        }
        if (graph.getConfiguration().getDataType() != DataType.FLOAT) {
            return off("it works in float32 only");
        }
        boolean helped =
                convolutions.stream()
                        .allMatch(layer -> layer.getHelper() instanceof MKLDNNConvHelper);
        return helped && libraryHasIt() ? "Convolutions: oneDNN" : off(reason());
    }

    private static String off(String reason) {
        return "Convolutions: DL4J's own (oneDNN is off: %s)".formatted(reason);
    }

    private static String reason() {
        if (Boolean.parseBoolean(
                System.getProperty(DISABLE, DL4JSystemProperties.HELPER_DISABLE_DEFAULT_VALUE))) {
            return "system property " + DISABLE + " is not false";
        }
        if (!libraryHasIt()) {
            return "the native library is built without it";
        }
        if (!Nd4j.getEnvironment().helpersAllowed()) {
            return "ND4J allows no helpers";
        }
        return BaseMKLDNNHelper.mklDnnEnabled()
                ? "the network's layers were made before it was switched on"
                : "DL4J does not find org.nd4j.nativeblas.Nd4jCpu on the class path";
    }

    private static boolean libraryHasIt() {
        Nd4j.getExecutioner(); // loads the native library
        return NativeOpsHolder.getInstance()
                .getDeviceNativeOps()
                .buildInfo()
                .contains("HAVE_ONEDNN");
    }
}
