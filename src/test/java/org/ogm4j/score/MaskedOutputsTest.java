package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.UnimodalNets;

/** Masks of single outputs in sequences, [m, C, T], which DL4J flattens, and of single examples. */
class MaskedOutputsTest {

    private static final int EXAMPLES = 4;
    private static final int LABELS = 3;

    private static ComputationGraphConfiguration network() {
        return Nets.recurrentEncoders(new Sgd(0.1))
                .addVertex("concat", new MergeVertex(), "audio_rnn", "visual_rnn")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.XENT)
                                .nOut(LABELS)
                                .activation(Activation.SIGMOID)
                                .build(),
                        "concat")
                .setOutputs("out")
                .build();
    }

    private static MultiDataSet masked(int steps) {
        MultiDataSet batch = Nets.sequences(EXAMPLES, steps, 3);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, LABELS, steps);
        mask.putScalar(new int[] {1, 0, 0}, 0);
        mask.putScalar(new int[] {0, 2, steps - 1}, 0);
        mask.putScalar(new int[] {2, 1, 0}, 0);
        batch.setLabelsMaskArray(new INDArray[] {mask});
        return batch;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void scoresAreOfTheUnmaskedOutputs(int steps) {
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().noise(GradientNoise.none()), network());
        MultiDataSet batch = masked(steps);
        INDArray audio = graph.feedForward(batch.getFeatures(), false).get("audio_rnn").dup();
        Gradients.of(graph, batch);
        double expected = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double loss = 0;
            for (int t = 0; t < steps; t++) {
                loss += ofStep(graph, audio, batch, i, t) / steps;
            }
            expected += Math.exp(-loss) / EXAMPLES;
        }
        ByHand.assertScore(graph, "audio", expected);
    }

    /** The mean over the unmasked labels; no step is masked whole. */
    private static double ofStep(
            ComputationGraph graph, INDArray audio, MultiDataSet batch, int i, int t) {
        INDArray w = graph.getParam("out_W");
        double sum = 0;
        int count = 0;
        for (int c = 0; c < LABELS; c++) {
            double z = graph.getParam("out_b").getDouble(c) / 2;
            for (int d = 0; d < 3; d++) {
                z += audio.getDouble(i, d, t) * w.getDouble(d, c);
            }
            double y = batch.getLabels(0).getDouble(i, c, t);
            if (batch.getLabelsMaskArray(0).getDouble(i, c, t) != 0) {
                sum += y * Math.log1p(Math.exp(-z)) + (1 - y) * Math.log1p(Math.exp(z));
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 4", "HEAD, 1", "ZERO_OUT, 4", "ZERO_OUT, 1", "PROBE, 4", "PROBE, 1"})
    void everySourceTrainsOnThem(ScoreSource.Kind kind, int steps) {
        for (UnimodalSignal signal :
                new UnimodalSignal[] {UnimodalSignal.none(), UnimodalSignal.sum(1)}) {
            ComputationGraph graph =
                    Nets.modulated(
                            ModulatedOptimizer.builder().score(source(kind)).unimodal(signal),
                            network());
            INDArray before = graph.params().dup();
            graph.fit(masked(steps));
            assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
            assertTrue(Compare.differ(before, graph.params()));
            assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
        }
    }

    private static ScoreSource source(ScoreSource.Kind kind) {
        return switch (kind) {
            case PROBE -> ScoreSource.probe();
            case ZERO_OUT -> ScoreSource.zeroOut();
            default -> ScoreSource.head();
        };
    }

    /** The last batch of an epoch may be one example, with a mask of one number. */
    @ParameterizedTest
    @CsvSource({"HEAD", "ZERO_OUT", "PROBE"})
    void aMaskOfOneExample(ScoreSource.Kind kind) {
        ComputationGraph[] graphs = new ComputationGraph[2];
        for (int i = 0; i < 2; i++) {
            graphs[i] =
                    Nets.modulated(
                            ModulatedOptimizer.builder()
                                    .score(source(kind))
                                    .unimodal(UnimodalSignal.sum(1)),
                            UnimodalNets.probabilities());
            MultiDataSet batch = Nets.batch(1, 1);
            if (i == 1) {
                batch.setLabelsMaskArray(new INDArray[] {Nd4j.ones(DataType.DOUBLE, 1, 1)});
            }
            graphs[i].fit(batch);
        }
        Compare.close(graphs[0].params(), graphs[1].params(), 1e-12, "parameters");
    }

    @Test
    void aMaskOfOneExampleThatIsMasked() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().unimodal(UnimodalSignal.sum(1)),
                        UnimodalNets.probabilities());
        INDArray before = graph.params().dup();
        MultiDataSet batch = Nets.batch(1, 1);
        batch.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 1, 1)});
        graph.fit(batch);
        assertEquals(0, before.sub(graph.params()).norm2Number().doubleValue(), 0);
    }
}
