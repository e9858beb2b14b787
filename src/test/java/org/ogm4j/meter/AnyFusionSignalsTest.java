package org.ogm4j.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.MissingModality;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModalityStep.Signals;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.ErrorSignals;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;

/**
 * Sizes and cosines behind every fusion, from zero-out and from probes, with frozen layers, against
 * plain networks whose weights have the error signals as gradients, and probes worked out here.
 */
class AnyFusionSignalsTest {

    private static final int EXAMPLES = 5;
    private static final double EXACT = 1e-9;
    private static final UnimodalSignal SUM = UnimodalSignal.sum(2);

    /** A shared classifier whose batch norm mixes examples has no signal of one example. */
    static Stream<Arguments> fusionsAndSources() {
        return Stream.of("film", "recurrent", "self-attention", "cross-attention")
                .flatMap(
                        fusion -> Stream.of(true, false).map(probe -> Arguments.of(fusion, probe)));
    }

    private static ModulatedOptimizer.Builder options(boolean probe) {
        return ModulatedOptimizer.builder()
                .score(probe ? ScoreSource.probe() : ScoreSource.zeroOut())
                .unimodal(SUM);
    }

    private static ComputationGraphConfiguration fusion(String name) {
        return Fusions.all(new Sgd(0.1)).get(name);
    }

    /** The last example has no label. */
    private static MultiDataSet batch(String fusion) {
        MultiDataSet batch = Fusions.batchFor(fusion, EXAMPLES, 1);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1).putScalar(EXAMPLES - 1, 0);
        return new MultiDataSet(
                batch.getFeatures(), batch.getLabels(), null, new INDArray[] {mask});
    }

    private static Map<String, ModalityStep> step(ComputationGraph graph, MultiDataSet batch) {
        graph.setListeners(new ModulationListener(step -> {}));
        graph.fit(batch);
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    @ParameterizedTest
    @MethodSource("fusionsAndSources")
    void sizesAndCosine(String fusion, boolean probe) {
        ComputationGraph graph = Nets.modulated(options(probe), fusion(fusion));
        check(graph, batch(fusion), probe, fusion);
    }

    /** What arrives at the gates does not ask who listens. */
    @ParameterizedTest
    @CsvSource({"film, true", "self-attention, false"})
    void encodersThatDoNotLearn(String fusion, boolean probe) {
        ComputationGraph graph = Nets.modulated(options(probe), fusion(fusion));
        graph.getVertex("audio_fc").setLayerAsFrozen();
        check(graph, batch(fusion), probe, fusion);
    }

    private static void check(
            ComputationGraph graph, MultiDataSet batch, boolean probe, String fusion) {
        List<String> ends = List.of("audio_fc", "visual_fc");
        ErrorSignals plain = new ErrorSignals(ModulatedOptimizer.strip(graph), ends, batch);
        double[][][] wanted = new double[4][][];
        for (int u = 0; u < 2; u++) {
            String end = ends.get(u);
            wanted[u] = plain.of(end, batch, "");
            wanted[2 + u] =
                    probe
                            ? ofProbe(graph, u, plain.features(end), batch)
                            : plain.of(end, batch, end);
        }
        Map<String, ModalityStep> found = step(graph, batch);
        for (int u = 0; u < 2; u++) {
            Signals signals = found.get(u == 0 ? "audio" : "visual").signals();
            double jj = product(wanted[u], wanted[u]);
            double uu = product(wanted[2 + u], wanted[2 + u]);
            double ju = product(wanted[u], wanted[2 + u]);
            int m = EXAMPLES - 1;
            near(Math.sqrt(jj / m), signals.joint(), fusion + ", joint of " + u);
            near(Math.sqrt(uu / m), signals.unimodal(), fusion + ", own of " + u);
            near(ju / Math.sqrt(jj * uu), signals.cosine(), fusion + ", cosine of " + u);
            // where film multiplies by the 0 of the other, audio learns nothing, and has no cosine
            assertEquals(!probe && fusion.equals("film") && u == 0, uu == 0, fusion);
            assertTrue(jj > 1e-6, fusion + ": nothing to see");
        }
    }

    private static void near(double wanted, double got, String what) {
        assertEquals(
                wanted,
                got,
                Double.isNaN(wanted) ? 1 : EXACT * Math.max(1, Math.abs(wanted)),
                what);
    }

    private static double product(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int d = 0; d < a[i].length; d++) {
                sum += a[i][d] * b[i][d];
            }
        }
        return sum;
    }

    /** {@code W (softmax(W' mean phi + b) - y) / T}, of examples with a label. */
    private static double[][] ofProbe(
            ComputationGraph graph, int u, INDArray features, MultiDataSet batch) {
        String name = u == 0 ? "probe-audio" : "probe-visual";
        double[][] w = graph.getParam(name + "_W").toDoubleMatrix();
        double[] b = graph.getParam(name + "_b").toDoubleVector();
        long steps = features.rank() == 2 ? 1 : features.size(2);
        INDArray means = features.rank() == 2 ? features : features.mean(2);
        double[][] signals = new double[EXAMPLES][];
        for (int i = 0; i < EXAMPLES; i++) {
            double[] z = b.clone();
            for (int c = 0; c < z.length; c++) {
                for (int d = 0; d < w.length; d++) {
                    z[c] += means.getDouble(i, d) * w[d][c];
                }
            }
            double all = Arrays.stream(z).map(Math::exp).sum();
            double mask = batch.getLabelsMaskArrays()[0].getDouble(i);
            signals[i] = new double[(int) (w.length * steps)];
            for (int d = 0; d < w.length; d++) {
                for (int c = 0; c < z.length; c++) {
                    double error = Math.exp(z[c]) / all - batch.getLabels(0).getDouble(i, c);
                    for (int t = 0; t < steps; t++) {
                        signals[i][(int) (d * steps) + t] += mask * error * w[d][c] / steps;
                    }
                }
            }
        }
        return signals;
    }

    /** Frozen before {@code modulate}, and behind a classifier of two layers. */
    @Test
    void firstLayersThatDoNotLearn() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_1", Nets.layer(3), "audio")
                        .addLayer("audio_fc", Nets.layer(4), "audio_1")
                        .addLayer("visual_fc", Nets.layer(7), "visual")
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("hidden", Nets.layer(5), "concat")
                        .addLayer("out", Nets.output(), "hidden")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        for (boolean probe : new boolean[] {true, false}) {
            ComputationGraph frozen =
                    new TransferLearning.GraphBuilder(Nets.init(conf))
                            .setFeatureExtractor("audio_1")
                            .build()
                            .convertDataType(DataType.DOUBLE);
            check(options(probe).build().modulate(frozen), batch("concat"), probe, "audio_1");
        }
    }

    /** Where one of the two is 0 there is no angle between them, where both are neither. */
    @Test
    void nothingArrives() {
        for (boolean probe : new boolean[] {true, false}) {
            ComputationGraph graph = Nets.modulated(options(probe), fusion("film"));
            graph.getParam("out_W").assign(0);
            Signals signals = step(graph, batch("film")).get("audio").signals();
            assertEquals(0, signals.joint());
            assertEquals(probe, signals.unimodal() > 0);
            assertTrue(Double.isNaN(signals.cosine()));
        }
    }

    /** A modality that no example of the batch has is not measured; the other is. */
    @ParameterizedTest
    @CsvSource({
        "film, true",
        "self-attention, true",
        "self-attention, false",
        "cross-attention, false"
    })
    void aModalityThatNobodyHas(String fusion, boolean probe) {
        ComputationGraph graph =
                Nets.modulated(options(probe).missing(MissingModality.zeros()), fusion(fusion));
        MultiDataSet without = Missing.ZEROS.in(batch(fusion), new boolean[EXAMPLES], null);
        Map<String, ModalityStep> step = step(graph, without);
        Signals audio = step.get("audio").signals();
        assertTrue(Double.isNaN(audio.joint()), audio.toString());
        assertTrue(Double.isNaN(audio.unimodal()), audio.toString());
        assertTrue(Double.isNaN(audio.cosine()), audio.toString());
        assertTrue(Double.isNaN(step.get("audio").loss()));
        assertTrue(step.get("visual").signals().joint() > 0);
        assertTrue(Math.abs(step.get("visual").signals().cosine()) <= 1);
    }
}
