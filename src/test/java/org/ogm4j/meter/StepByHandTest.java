package org.ogm4j.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.score.Rows;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.UnimodalNets;

/** Losses and signals of a step, against numbers worked out from features, weights and labels. */
class StepByHandTest {

    private static final int EXAMPLES = 6;
    private static final double EXACT = 1e-12;

    /**
     * A network of one concatenation for each output, and a batch.
     *
     * @param ends the encoders' last layers
     * @param has for each modality whether each example has it; null: all
     */
    record Setting(
            String name,
            ComputationGraphConfiguration conf,
            MultiDataSet batch,
            List<String> ends,
            List<boolean[]> has) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        List<String> two = List.of("audio_fc", "visual_fc");
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("two modalities", Nets.dense(), batch, two, null));
        all.add(new Setting("soft labels", Nets.dense(), UnimodalNets.soft(batch), two, null));
        all.add(new Setting("a masked row", Nets.dense(), UnimodalNets.masked(batch), two, null));
        MultiDataSet twice =
                new MultiDataSet(batch.getFeatures(), new INDArray[] {batch.getLabels(0).mul(2)});
        all.add(new Setting("labels that sum to 2", Nets.dense(), twice, two, null));
        MultiDataSet zeros = new MultiDataSet(batch.getFeatures(), labels(batch, new int[] {1, 4}));
        all.add(new Setting("rows without a class", Nets.dense(), zeros, two, null));
        for (int modalities = 3; modalities <= 4; modalities++) {
            List<String> ends =
                    List.of("audio_fc", "visual_fc", "text_fc", "touch_fc").subList(0, modalities);
            all.add(
                    new Setting(
                            modalities + " modalities",
                            UnimodalNets.many(modalities),
                            UnimodalNets.manyBatch(modalities),
                            ends,
                            null));
        }
        all.add(
                new Setting(
                        "masked steps",
                        UnimodalNets.sequences(),
                        UnimodalNets.maskedSteps(),
                        List.of("audio_rnn", "visual_rnn"),
                        null));
        all.add(new Setting("classes, labels, numbers", threeOutputs(), threeLabels(), two, null));
        List<boolean[]> has =
                List.of(
                        new boolean[] {true, false, true, true, true, true},
                        new boolean[] {true, true, false, false, true, true});
        all.add(
                new Setting(
                        "missing modalities",
                        Nets.dense(),
                        Missing.ZEROS.in(UnimodalNets.masked(batch), has.get(0), has.get(1)),
                        two,
                        has));
        return all.stream();
    }

    /** The third example has no label anywhere. */
    private static MultiDataSet threeLabels() {
        MultiDataSet two = UnimodalNets.twoLabels();
        return new MultiDataSet(
                two.getFeatures(),
                new INDArray[] {two.getLabels(0), Nd4j.createFromArray(yesNo(2)), two.getLabels(1)},
                null,
                new INDArray[] {
                    Nd4j.createFromArray(column(1, 1, 0, 1, 1, 0)),
                    Nd4j.createFromArray(column(1, 0, 0, 1, 1, 1)),
                    Nd4j.createFromArray(column(0, 1, 0, 1, 1, 1))
                });
    }

    private static INDArray[] labels(MultiDataSet batch, int[] none) {
        INDArray labels = batch.getLabels(0).dup();
        for (int row : none) {
            labels.getRow(row).assign(0);
        }
        return new INDArray[] {labels};
    }

    private static double[][] yesNo(int labels) {
        Random random = new Random(3);
        double[][] y = new double[EXAMPLES][labels];
        for (double[] row : y) {
            Arrays.setAll(row, c -> random.nextInt(2));
        }
        return y;
    }

    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    /** Each output reads a concatenation of its own, so each encoder feeds three gates. */
    private static ComputationGraphConfiguration threeOutputs() {
        var builder = Nets.encoders();
        for (int i = 0; i < 3; i++) {
            builder.addVertex("concat" + i, new MergeVertex(), "audio_fc", "visual_fc");
        }
        return builder.addLayer("out", Nets.output(), "concat0")
                .addLayer("out1", output(LossFunction.XENT, Activation.SIGMOID), "concat1")
                .addLayer("out2", output(LossFunction.MSE, Activation.IDENTITY), "concat2")
                .setOutputs("out", "out1", "out2")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static OutputLayer output(LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss).nOut(2).activation(activation).build();
    }

    static Stream<UnimodalSignal> signals() {
        return Stream.of(
                UnimodalSignal.none(),
                UnimodalSignal.sum(2),
                UnimodalSignal.replace(3),
                UnimodalSignal.pareto(),
                UnimodalSignal.project());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void lossSizesAndCosine(Setting setting) {
        for (UnimodalSignal signal : signals().toList()) {
            ModulatedOptimizer.Builder options =
                    ModulatedOptimizer.builder().unimodal(signal).noise(GradientNoise.none());
            check(setting, options.missing(missing(setting)), signal, setting.ends.size());
        }
    }

    private static MissingModality missing(Setting setting) {
        return setting.has == null ? MissingModality.masks() : MissingModality.zeros();
    }

    /** The full bias; and noise, k and updaters that change what is passed on, not what arrives. */
    @Test
    void ofZeroOutAndOfUpdaters() {
        Setting setting = settings().findFirst().orElseThrow();
        UnimodalSignal sum = UnimodalSignal.sum(1);
        ModulatedOptimizer.Builder zeroOut =
                ModulatedOptimizer.builder().score(ScoreSource.zeroOut()).unimodal(sum);
        check(setting, zeroOut, sum, 1);
        ModulatedOptimizer.Builder adam =
                ModulatedOptimizer.builder().updater(new Adam(0.1)).unimodal(sum);
        check(setting, adam, sum, 2);
    }

    private static void check(
            Setting setting,
            ModulatedOptimizer.Builder options,
            UnimodalSignal signal,
            double biasShare) {
        ComputationGraph graph = Nets.init(options.build().modulate(setting.conf));
        // gone after the step: what it was made of
        ComputationGraph before = ModulatedOptimizer.strip(graph);
        graph.setListeners(new ModulationListener(step -> {}));
        graph.fit(setting.batch);
        var found = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        for (int u = 0; u < setting.ends.size(); u++) {
            double[] wanted = new ByHand(setting, before).of(u, biasShare);
            ModalityStep step = found.get(setting.conf.getNetworkInputs().get(u));
            String what = setting + ", " + signal + ", " + u + ": ";
            near(wanted[0], step.loss(), what + "loss");
            near(wanted[1], step.signals().joint(), what + "joint");
            boolean own = signal.active();
            near(own ? wanted[2] : Double.NaN, step.signals().unimodal(), what + "own");
            near(own ? wanted[3] : Double.NaN, step.signals().cosine(), what + "cosine");
            assertTrue(wanted[1] > 1e-3 && wanted[2] > 1e-3, what + "nothing to see");
        }
    }

    private static void near(double wanted, double got, String what) {
        assertEquals(wanted, got, Double.isNaN(wanted) ? 1 : EXACT * Math.abs(wanted), what);
    }

    /** Plain loops over plain arrays. */
    private record ByHand(Setting setting, ComputationGraph graph) {

        /** Loss, joint, unimodal, cosine. */
        double[] of(int u, double biasShare) {
            MultiDataSet batch = setting.batch;
            graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
            var activations = graph.feedForward(batch.getFeatures(), true, false);
            double[][][] phi = new double[setting.ends.size()][][];
            for (int v = 0; v < phi.length; v++) {
                phi[v] = rows(activations.get(setting.ends.get(v)));
            }
            double[][] joint = new double[phi[u].length][phi[u][0].length];
            double[][] own = new double[phi[u].length][phi[u][0].length];
            double[] labelled = new double[EXAMPLES];
            double[] sum = new double[EXAMPLES];
            List<String> outputs = setting.conf.getNetworkOutputs();
            for (int o = 0; o < outputs.size(); o++) {
                double[][] y = rows(batch.getLabels(o));
                double[] mask = mask(o, y);
                double[][] w = rows(graph.getLayer(outputs.get(o)).getParam("W"));
                double[] b = graph.getLayer(outputs.get(o)).getParam("b").toDoubleVector();
                double[] perExample = new double[EXAMPLES];
                double[] steps = new double[EXAMPLES];
                for (int r = 0; r < y.length; r++) {
                    double[] all = b.clone();
                    double[] alone = Arrays.stream(b).map(x -> x / biasShare).toArray();
                    int from = 0;
                    int ownFrom = 0;
                    for (int v = 0; v < phi.length; v++) {
                        ownFrom = v == u ? from : ownFrom;
                        for (int d = 0; d < phi[v][r].length; d++, from++) {
                            for (int c = 0; c < b.length; c++) {
                                all[c] += phi[v][r][d] * w[from][c];
                                alone[c] += v == u ? phi[v][r][d] * w[from][c] : 0;
                            }
                        }
                    }
                    boolean counts =
                            mask[r] == 1
                                    && (o > 0 || Arrays.stream(y[r]).sum() > 0)
                                    && (setting.has == null || setting.has.get(u)[r % EXAMPLES]);
                    if (counts) {
                        perExample[r % EXAMPLES] += loss(o, alone, y[r]);
                        steps[r % EXAMPLES]++;
                    }
                    for (int d = 0; mask[r] == 1 && d < joint[r].length; d++) {
                        for (int c = 0; c < b.length; c++) {
                            joint[r][d] += derivative(o, all, y[r], c) * w[ownFrom + d][c];
                            own[r][d] += derivative(o, alone, y[r], c) * w[ownFrom + d][c];
                        }
                    }
                }
                for (int i = 0; i < EXAMPLES; i++) {
                    sum[i] += steps[i] > 0 ? perExample[i] / steps[i] : 0;
                    labelled[i] += steps[i] > 0 ? 1 : 0;
                }
            }
            return summed(joint, own, sum, labelled);
        }

        private static double[] summed(
                double[][] joint, double[][] own, double[] sum, double[] labelled) {
            double loss = 0;
            double m = 0;
            for (int i = 0; i < EXAMPLES; i++) {
                loss += labelled[i] > 0 ? sum[i] / labelled[i] : 0;
                m += labelled[i] > 0 ? 1 : 0;
            }
            double jj = 0;
            double uu = 0;
            double ju = 0;
            for (int r = 0; r < joint.length; r++) {
                for (int d = 0; labelled[r % EXAMPLES] > 0 && d < joint[r].length; d++) {
                    jj += joint[r][d] * joint[r][d];
                    uu += own[r][d] * own[r][d];
                    ju += joint[r][d] * own[r][d];
                }
            }
            return new double[] {
                loss / m, Math.sqrt(jj / m), Math.sqrt(uu / m), ju / Math.sqrt(jj * uu)
            };
        }

        private double[] mask(int output, double[][] y) {
            INDArray[] masks = setting.batch.getLabelsMaskArrays();
            double[] mask = new double[y.length];
            Arrays.fill(mask, 1);
            if (masks != null && masks[output] != null) {
                for (int r = 0; r < mask.length; r++) {
                    mask[r] = masks[output].getDouble(r % EXAMPLES, r / EXAMPLES);
                }
            }
            return mask;
        }

        /** Outputs: 0 has classes, 1 labels, 2 numbers. */
        private static double loss(int output, double[] z, double[] y) {
            double loss = 0;
            double total = Arrays.stream(y).sum();
            double all = Math.log(Arrays.stream(z).map(Math::exp).sum());
            for (int c = 0; c < z.length; c++) {
                double p = 1 / (1 + Math.exp(-z[c]));
                loss +=
                        switch (output) {
                            case 0 -> y[c] / total * (all - z[c]);
                            case 1 -> -Math.log(y[c] == 1 ? p : 1 - p) / z.length;
                            default -> (z[c] - y[c]) * (z[c] - y[c]) / z.length;
                        };
            }
            return loss;
        }

        private static double derivative(int output, double[] z, double[] y, int c) {
            double all = Arrays.stream(z).map(Math::exp).sum();
            return switch (output) {
                case 0 -> Math.exp(z[c]) / all - y[c];
                case 1 -> 1 / (1 + Math.exp(-z[c])) - y[c];
                default -> 2 * (z[c] - y[c]) / z.length;
            };
        }

        private static double[][] rows(INDArray array) {
            INDArray rows = Rows.of(array);
            double[][] result = new double[(int) rows.size(0)][];
            Arrays.setAll(result, r -> rows.getRow(r).castTo(DataType.DOUBLE).toDoubleVector());
            return result;
        }
    }
}
