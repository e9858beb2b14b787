package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.BalanceRule;
import org.ogm4j.BalanceRule.Modality;
import org.ogm4j.CoefficientRule;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Alone;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.SeenSteps;
import org.ogm4j.testing.Thrown;
import org.ogm4j.testing.UnimodalNets;

/** Entropies of a modality's own predictions, against a second computation of each kind. */
class EntropyTest {

    private static final int EXAMPLES = 6;

    /** ND4J's own logarithms and sums, on probabilities [rows, classes]. */
    private static double ofProbabilities(INDArray p) {
        return -p.mul(Transforms.log(p.add(1e-300))).sum(1).meanNumber().doubleValue();
    }

    private static Map<String, Modality> seen(
            SeenSteps rule, ComputationGraph graph, MultiDataSet batch) {
        int before = rule.all().size();
        Gradients.of(graph, batch);
        assertEquals(before + 1, rule.all().size(), "the batch is modulated");
        return rule.last().modalities();
    }

    private static ComputationGraph graph(
            SeenSteps rule, ComputationGraphConfiguration conf, ScoreSource source) {
        return Nets.modulated(ModulatedOptimizer.builder().rule(rule).score(source), conf);
    }

    @Test
    void ofRowsByHand() {
        INDArray logits = Nd4j.create(new double[][] {{0, 0, 0}, {Math.log(2), 0, 0}, {800, 0, 0}});
        INDArray labels = Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}, {0.5, 0, 0.5}});
        Truth classes =
                new Truth(labels, null, new OutputLoss(new LossMCXENT(), new ActivationSoftmax()));
        double[] h = {Math.log(3), 0.5 * Math.log(2) + 0.5 * Math.log(4), 0};
        Compare.close(h, RowLosses.of(classes, logits, true).entropies(), 1e-15, 1e-15, "softmax");
        assertEquals(null, RowLosses.of(classes, logits).entropies());

        // p = 1/2, 1/4, 1 and almost 0
        INDArray z = Nd4j.create(new double[][] {{0, -Math.log(3)}, {800, -30}});
        INDArray two = Nd4j.create(new double[][] {{1, 0}, {1, 1}});
        Truth sigmoid =
                new Truth(two, null, new OutputLoss(new LossBinaryXENT(), new ActivationSigmoid()));
        double quarter = 0.25 * Math.log(4) + 0.75 * Math.log(4 / 3.0);
        double little = Math.exp(-30) * 31;
        h = new double[] {(Math.log(2) + quarter) / 2, little / 2};
        Compare.close(h, RowLosses.of(sigmoid, z, true).entropies(), 1e-12, 0, "sigmoid");
        // a mask of single labels leaves the second of the first row out
        INDArray mask = Nd4j.create(new double[][] {{1, 0}, {1, 1}});
        double[] masked = RowLosses.of(new Truth(two, mask, sigmoid.loss()), z, true).entropies();
        Compare.close(new double[] {Math.log(2), little / 2}, masked, 1e-12, 0, "masked");

        Truth other = new Truth(two, null, new OutputLoss(new LossMSE(), new ActivationSigmoid()));
        assertEquals(null, RowLosses.of(other, z, true).entropies());
    }

    /** Rows that do not count are left out: masked, without a class, out of range. */
    @Test
    void ofRowsThatCount() {
        INDArray logits = Nd4j.create(new double[][] {{0, 0}, {9, 0}, {Math.log(3), 0}, {5, 0}});
        INDArray labels = Nd4j.create(new double[] {1, 0, 1, 7}, 4, 1);
        INDArray mask = Nd4j.create(new double[] {1, 0, 1, 1}, 4, 1);
        OutputLoss sparse = new OutputLoss(new LossSparseMCXENT(), new ActivationSoftmax());
        RowLosses rows = RowLosses.of(new Truth(labels, mask, sparse), logits, true);
        double quarter = 0.25 * Math.log(4) + 0.75 * Math.log(4 / 3.0);
        assertEquals(
                (Math.log(2) + quarter) / 2,
                new ExampleLosses(sparse.kind(), 4, rows).entropy(null),
                1e-15);
        // two examples of two steps each: rows count, not examples
        assertEquals(
                (Math.log(2) + quarter) / 2,
                new ExampleLosses(sparse.kind(), 2, rows).entropy(null),
                1e-15);
    }

    /** Another instance of the part behind the encoders, with ND4J's own operations. */
    @ParameterizedTest
    @ValueSource(strings = {"concat", "film", "selfAttention"})
    void byZeroOut(String fusion) {
        ComputationGraphConfiguration conf =
                switch (fusion) {
                    case "film" -> Fusions.film(new Sgd(0.1));
                    case "selfAttention" -> Fusions.selfAttention(new Sgd(0.1));
                    default -> Nets.dense();
                };
        SeenSteps rule = new SeenSteps();
        ComputationGraph graph = graph(rule, conf, ScoreSource.zeroOut());
        MultiDataSet batch =
                fusion.equals("selfAttention")
                        ? Fusions.tokenBatch(EXAMPLES, 1)
                        : Nets.batch(EXAMPLES, 1);
        Map<String, Modality> seen = seen(rule, graph, batch);
        if (fusion.equals("film")) {
            assertTrue(seen.values().stream().allMatch(m -> m.now().entropy() > 0));
            return; // where its encoders end another test says
        }
        List<String> ends = List.of("audio_fc", "visual_fc");
        for (String name : List.of("audio", "visual")) {
            INDArray p = Alone.predictions(graph, batch, ends, Set.of(name + "_fc"), null)[0];
            assertEquals(ofProbabilities(p), seen.get(name).now().entropy(), 1e-12, name);
        }
    }

    @Test
    void byProbe() {
        SeenSteps rule = new SeenSteps();
        ComputationGraph graph = graph(rule, Nets.dense(), ScoreSource.probe());
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        Map<String, INDArray> features = graph.feedForward(batch.getFeatures(), false);
        INDArray p =
                Transforms.softmax(
                        features.get("visual_fc")
                                .mmul(graph.getParam("probe-visual_W"))
                                .addRowVector(graph.getParam("probe-visual_b")));
        double found = seen(rule, graph, batch).get("visual").now().entropy();
        assertEquals(ofProbabilities(p), found, 1e-12);
    }

    /** Sequences whose ends, and one example whole, are masked: steps count. */
    @Test
    void ofSequences() {
        SeenSteps rule = new SeenSteps();
        ComputationGraph graph = graph(rule, UnimodalNets.sequences(), ScoreSource.head());
        MultiDataSet batch = UnimodalNets.maskedSteps();
        Map<String, Modality> seen = seen(rule, graph, batch);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        plain.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
        INDArray features = plain.feedForward(batch.getFeatures(), false).get("visual_rnn");
        INDArray w = plain.getParam("out_W");
        INDArray mask = batch.getLabelsMaskArray(0);
        double sum = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            for (int t = 0; t < 4; t++) {
                double[] z = new double[Nets.CLASSES];
                double total = 0;
                for (int c = 0; c < z.length; c++) {
                    z[c] = plain.getParam("out_b").getDouble(c) / 2;
                    for (int d = 0; d < 4; d++) {
                        z[c] += features.getDouble(i, d, t) * w.getDouble(3 + d, c);
                    }
                    total += Math.exp(z[c]);
                }
                for (int c = 0; c < z.length && mask.getDouble(i, t) == 1; c++) {
                    double p = Math.exp(z[c]) / total;
                    sum -= p * Math.log(p);
                }
            }
        }
        double expected = sum / mask.sumNumber().doubleValue();
        assertEquals(expected, seen.get("visual").now().entropy(), 1e-12);
    }

    /** Of two outputs the one that has entropies; of two that have, their mean. */
    @Test
    void ofSeveralOutputs() {
        SeenSteps rule = new SeenSteps();
        ComputationGraph one = graph(rule, Nets.dense(), ScoreSource.head());
        double alone = seen(rule, one, Nets.batch(EXAMPLES, 1)).get("audio").now().entropy();
        ComputationGraph both = graph(rule, UnimodalNets.twoOutputs(), ScoreSource.head());
        both.setParam("audio_fc_W", one.getParam("audio_fc_W"));
        both.setParam("audio_fc_b", one.getParam("audio_fc_b"));
        both.setParam("out_W", one.getParam("out_W"));
        double found = seen(rule, both, UnimodalNets.twoLabels()).get("audio").now().entropy();
        assertEquals(alone, found, 1e-12);

        ComputationGraphConfiguration twice =
                Nets.encoders()
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .addLayer("labels", labels(), "concat")
                        .setOutputs("out", "labels")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        ComputationGraph two = graph(rule, twice, ScoreSource.head());
        two.setParam("audio_fc_W", one.getParam("audio_fc_W"));
        two.setParam("audio_fc_b", one.getParam("audio_fc_b"));
        two.setParam("out_W", one.getParam("out_W"));
        two.getParam("labels_W").assign(0); // p = 1/2
        MultiDataSet batch = UnimodalNets.twoLabels();
        batch.setLabels(new INDArray[] {batch.getLabels(0), batch.getLabels(1).gt(0)});
        batch.getLabels()[1] = batch.getLabels(1).castTo(DataType.DOUBLE);
        found = seen(rule, two, batch).get("audio").now().entropy();
        assertEquals((alone + Math.log(2)) / 2, found, 1e-12);
    }

    private static OutputLayer labels() {
        return new OutputLayer.Builder(LossFunction.XENT)
                .nOut(2)
                .activation(Activation.SIGMOID)
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT", "HALF"})
    void inEveryPrecisionAndOfOneExample(DataType type) {
        for (int m : new int[] {1, EXAMPLES}) {
            SeenSteps rule = new SeenSteps();
            ComputationGraph graph =
                    graph(rule, Nets.dense(Nets.base().dataType(type)), ScoreSource.head());
            double h = seen(rule, graph, Nets.batch(m, 1, type)).get("visual").now().entropy();
            assertTrue(h > 0 && h < Math.log(3), type + " " + h);
        }
    }

    /** Regression beside classes: without a label of a class the batch trains as a plain one. */
    @Test
    void aBatchWithoutEntropiesIsNotModulated() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().rule(BalanceRule.inverseEntropy()),
                        UnimodalNets.twoOutputs());
        MultiDataSet batch = UnimodalNets.twoLabels();
        batch.setLabelsMaskArray(
                new INDArray[] {
                    Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1),
                    Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1)
                });
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        plain.fit(batch);
        graph.fit(batch);
        Compare.same(plain.params(), graph.params(), "parameters");
        assertEquals(1, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
    }

    /** Entropies that an output does not have are refused before training. */
    @Test
    void whatHasNoneIsRefused() {
        ComputationGraphConfiguration regression =
                Nets.encoders()
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer(
                                "out",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nOut(2)
                                        .activation(Activation.IDENTITY)
                                        .build(),
                                "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        BalanceRule any = step -> BalanceRule.none().coefficients(step);
        for (BalanceRule rule : List.of(BalanceRule.inverseEntropy(), any)) {
            for (ScoreSource source :
                    List.of(ScoreSource.automatic(), ScoreSource.probe(), ScoreSource.zeroOut())) {
                ModulatedOptimizer optimizer =
                        ModulatedOptimizer.builder().rule(rule).score(source).build();
                String message =
                        Thrown.message(
                                IllegalArgumentException.class,
                                () -> optimizer.modulate(regression));
                for (String name : List.of("audio", "visual")) {
                    assertTrue(
                            message.contains(
                                    "modality \"%s\" must have an output of probabilities"
                                            .formatted(name)),
                            message);
                }
            }
        }
        for (BalanceRule rule :
                List.of(BalanceRule.agm(1), BalanceRule.none(), CoefficientRule.cvpr2022(1))) {
            ComputationGraph graph =
                    Nets.modulated(ModulatedOptimizer.builder().rule(rule), regression);
            MultiDataSet batch = Nets.batch(EXAMPLES, 1);
            batch.setLabels(new INDArray[] {Nets.gaussian(new Random(1), EXAMPLES, 2)});
            graph.fit(batch);
            graph.fit(batch);
            assertFalse(graph.params().isNaN().any());
        }
    }
}
