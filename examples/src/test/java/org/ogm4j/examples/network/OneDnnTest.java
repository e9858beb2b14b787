package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.network.ResNet18;
import org.ogm4j.study.network.Updater;

/**
 * oneDNN computes what DL4J's own convolutions, pooling and batch norm compute. Skipped where the
 * native library is built without it: on ARM, and with {@code -Donednn=false}.
 *
 * <p>Everything is float32, so an entry that is a small difference of large numbers has no digits
 * to compare: equal means {@code |a - b| <= 1e-4 |b| + 1e-4 s}, where s is the root mean square of
 * all updates, or all parameters, of the network. All of them together, as one vector, are equal to
 * {@code |a - b| <= 1e-5 |b|}.
 */
class OneDnnTest {

    private static final String DISABLE = "org.eclipse.deeplearning4j.helpers.disable";
    private static final double TOLERANCE = 1e-4;

    private final String before = System.getProperty(DISABLE, "true");

    @BeforeEach
    void isThere() {
        Nd4j.getExecutioner(); // loads the native library
        String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
        assumeTrue(build.contains("HAVE_ONEDNN"), "no oneDNN");
    }

    @AfterEach
    void reset() {
        System.setProperty(DISABLE, before);
    }

    @Test
    void layersHaveItsHelpers() {
        ComputationGraph graph = graph(ResNet18.pair(6, 1), true);

        assertInstanceOf(MKLDNNConvHelper.class, graph.getLayer("audio-stem-conv").getHelper());
        assertInstanceOf(
                MKLDNNBatchNormHelper.class, graph.getLayer("audio-stem-norm").getHelper());
        assertInstanceOf(MKLDNNSubsamplingHelper.class, graph.getLayer("audio-pool").getHelper());
        assertEquals("Convolutions: oneDNN", Convolutions.describe(graph));
        assertNull(graph(ResNet18.pair(6, 1), false).getLayer("audio-stem-conv").getHelper());
    }

    @Test
    void theExamplesModulatedNetworkTrainsAlike() {
        ComputationGraphConfiguration conf =
                AudioVisualNet.configuration(Updater.NESTEROVS, 0.01, 1);
        MultiDataSet batch = batch(16, 10, new long[] {1, 129, 49}, new long[] {1, 28, 28});

        trainAlike(ModulatedOptimizer.builder().build().modulate(conf), batch, 3);
    }

    /**
     * Rounding grows on its way through 36 layers and 36 batch norms of a batch of 4, and decides
     * on which side of a ReLU's edge a number falls that is nearly 0. So both are compared with
     * float64.
     */
    @Test
    void theResNetsStepIsAsExact() {
        // smaller than published: the layers are the same, and float64 is slow
        MultiDataSet batch = batch(4, 6, new long[] {1, 65, 49}, new long[] {3, 64, 64});
        ComputationGraph own = graph(ResNet18.pair(6, 1), false);
        ComputationGraph oneDnn = graph(ResNet18.pair(6, 1), true);
        ComputationGraph exact = graph(ResNet18.pair(6, 1), false).convertDataType(DataType.DOUBLE);
        exact.fit(inDouble(batch));
        own.fit(batch);
        oneDnn.fit(batch);

        INDArray truth = exact.getFlattenedGradients();
        double ofOwn = difference(truth, own.getFlattenedGradients());
        double ofOneDnn = difference(truth, oneDnn.getFlattenedGradients());
        System.out.println("ResNet-18 pair, update: own " + ofOwn + ", oneDNN " + ofOneDnn);
        assertTrue(Math.max(ofOwn, ofOneDnn) <= TOLERANCE, ofOwn + ", oneDNN " + ofOneDnn);
        double ofParams = difference(exact.params(), oneDnn.params());
        assertTrue(ofParams <= TOLERANCE / 10, "parameters " + ofParams);
        double ofOutput =
                difference(
                        exact.outputSingle(inDouble(batch).getFeatures()),
                        oneDnn.outputSingle(batch.getFeatures()));
        assertTrue(ofOutput <= TOLERANCE, "output " + ofOutput);
        assertTrue(differ(own.params(), oneDnn.params()), "one code ran for both");
    }

    /** DL4J then does not run each convolution once more in the backward pass. */
    @Test
    void keptActivationsChangeNothing() {
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder()
                        .build()
                        .modulate(AudioVisualNet.configuration(Updater.NESTEROVS, 0.01, 1));
        MultiDataSet batch = batch(16, 10, new long[] {1, 129, 49}, new long[] {1, 28, 28});
        ComputationGraph graph = graph(conf.clone(), true);
        conf.setCacheMode(CacheMode.DEVICE);
        ComputationGraph keeping = graph(conf, true);
        keeping.setCacheMode(CacheMode.DEVICE);
        for (int step = 0; step < 3; step++) {
            graph.fit(batch);
            keeping.fit(batch);
        }
        assertArrayEquals(doubles(graph.params()), doubles(keeping.params()));
    }

    /** {@code |a - b| / |a|}. */
    private static double difference(INDArray exact, INDArray actual) {
        return exact.distance2(actual.castTo(DataType.DOUBLE)) / exact.norm2Number().doubleValue();
    }

    private static MultiDataSet inDouble(MultiDataSet batch) {
        return new MultiDataSet(
                new INDArray[] {
                    batch.getFeatures(0).castTo(DataType.DOUBLE),
                    batch.getFeatures(1).castTo(DataType.DOUBLE)
                },
                new INDArray[] {batch.getLabels(0).castTo(DataType.DOUBLE)});
    }

    private static void trainAlike(
            ComputationGraphConfiguration conf, MultiDataSet batch, int steps) {
        ComputationGraph own = graph(conf.clone(), false);
        ComputationGraph oneDnn = graph(conf, true);
        assertArrayEquals(doubles(own.params()), doubles(oneDnn.params()), "initial parameters");
        for (int step = 0; step < steps; step++) {
            own.fit(batch);
            oneDnn.fit(batch);
            String when = " after step " + (step + 1);
            close(own.getFlattenedGradients(), oneDnn.getFlattenedGradients(), "update" + when);
            close(own.params(), oneDnn.params(), "parameters" + when);
        }
        close(
                own.outputSingle(batch.getFeatures()),
                oneDnn.outputSingle(batch.getFeatures()),
                "output");
        assertTrue(differ(own.params(), oneDnn.params()), "one code ran for both");
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        double norm = expected.norm2Number().doubleValue();
        double size = norm / Math.sqrt((double) expected.length());
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        double[] wanted = doubles(expected);
        double[] got = doubles(actual);
        for (int i = 0; i < wanted.length; i++) {
            if (!(Math.abs(got[i] - wanted[i]) <= TOLERANCE * (Math.abs(wanted[i]) + size))) {
                fail(what + "[" + i + "]: expected " + wanted[i] + ", got " + got[i]);
            }
        }
        double difference = expected.distance2(actual);
        assertTrue(difference <= TOLERANCE / 10 * norm, what + ": " + difference / norm);
    }

    private static boolean differ(INDArray a, INDArray b) {
        return !Arrays.equals(doubles(a), doubles(b));
    }

    private static double[] doubles(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
    }

    private static ComputationGraph graph(ComputationGraphConfiguration conf, boolean oneDnn) {
        System.setProperty(DISABLE, Boolean.toString(!oneDnn));
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    private static MultiDataSet batch(int examples, int classes, long[] audio, long[] visual) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, classes);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % classes, 1);
        }
        return new MultiDataSet(
                new INDArray[] {gaussian(1, examples, audio), gaussian(2, examples, visual)},
                new INDArray[] {labels});
    }

    private static INDArray gaussian(long seed, int examples, long[] shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) (examples * shape[0] * shape[1] * shape[2])];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape(examples, shape[0], shape[1], shape[2]);
    }
}
