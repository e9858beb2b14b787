package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Alone;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Networks of other shapes than two modalities, two encoders and one output. */
class ZeroOutNetworksTest {

    private static final int EXAMPLES = 5;
    private static final double RTOL = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void manyModalities(int count) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
        List<String> ends = names.stream().map(name -> name + "_fc").toList();
        GraphBuilder builder = Nets.base().graphBuilder();
        names.forEach(builder::addInputs);
        names.forEach(name -> builder.addLayer(name + "_fc", dense(4), name));
        builder.addVertex(
                "largest",
                new ElementWiseVertex(ElementWiseVertex.Op.Max),
                ends.get(0),
                ends.get(1));
        List<String> merged = new ArrayList<>(ends.subList(1, count));
        merged.add("largest");
        ComputationGraphConfiguration conf =
                builder.addVertex("concat", new MergeVertex(), merged.toArray(String[]::new))
                        .addLayer("hidden", dense(5), "concat")
                        .addLayer("out", Nets.output(), "hidden")
                        .setOutputs("out")
                        .setInputTypes(
                                names.stream()
                                        .map(name -> InputType.feedForward(3))
                                        .toArray(InputType[]::new))
                        .build();
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        Random random = new Random(4);
        MultiDataSet batch =
                new MultiDataSet(
                        names.stream()
                                .map(name -> Nets.gaussian(random, EXAMPLES, 3))
                                .toArray(INDArray[]::new),
                        new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
        double[] expected = new double[count];
        for (int u = 0; u < count; u++) {
            expected[u] = Alone.score(graph, batch, ends, Set.of(ends.get(u)));
        }
        Map<String, ModalityStep> steps = stepOf(graph, batch);
        for (int u = 0; u < count; u++) {
            double others = 0;
            for (int v = 0; v < count; v++) {
                others += v == u ? 0 : expected[u] / expected[v];
            }
            ModalityStep step = steps.get(names.get(u));
            assertEquals(expected[u], step.score(), RTOL);
            assertEquals(others / (count - 1), step.ratio(), RTOL);
        }
    }

    /** Both encoders of sound are kept when sound is scored, and none of them otherwise. */
    @Test
    void aModalityThatFeedsTwoEncodersAndTheFusionItself() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("audio", "visual")
                .addLayer("pitch_fc", dense(4), "audio")
                .addLayer("loud_fc", dense(3), "audio")
                .addLayer("visual_fc", dense(4), "visual")
                .addVertex("concat", new MergeVertex(), "pitch_fc", "visual_fc", "audio")
                .addLayer("hidden", dense(3), "concat")
                .addVertex("sum", Nets.add(), "hidden", "loud_fc")
                .addLayer("out", Nets.output(), "sum")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        MultiDataSet batch = Nets.batch(EXAMPLES, 3);
        MultiDataSet silent =
                new MultiDataSet(
                        new INDArray[] {Nd4j.zerosLike(batch.getFeatures(0)), batch.getFeatures(1)},
                        batch.getLabels());
        List<String> ends = List.of("pitch_fc", "loud_fc", "visual_fc", "audio");
        double audio = Alone.score(graph, batch, ends, Set.of("pitch_fc", "loud_fc", "audio"));
        double visual = Alone.score(graph, silent, ends, Set.of("visual_fc"));
        Map<String, ModalityStep> steps = stepOf(graph, batch);
        assertEquals(audio, steps.get("audio").score(), RTOL);
        assertEquals(visual, steps.get("visual").score(), RTOL);
    }

    /** The score is the mean over two outputs; one without labels does not count. */
    @Test
    void twoOutputsOneOfThemWithoutLabels() {
        ComputationGraphConfiguration conf =
                Nets.encoders()
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("hidden", dense(5), "concat")
                        .addLayer("out", Nets.output(), "hidden")
                        .addLayer("second", Nets.output(), "hidden")
                        .setOutputs("out", "second")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        MultiDataSet one = Nets.batch(EXAMPLES, 3);
        INDArray labels = Nets.labels(EXAMPLES, new Random(8), DataType.DOUBLE);
        MultiDataSet both =
                new MultiDataSet(one.getFeatures(), new INDArray[] {one.getLabels(0), labels});
        List<String> ends = List.of("audio_fc", "visual_fc");
        INDArray[] alone = Alone.predictions(graph, both, ends, Set.of("audio_fc"), null);
        INDArray truths = alone[0].mul(both.getLabels(0)).sum(1).add(alone[1].mul(labels).sum(1));
        assertEquals(
                truths.meanNumber().doubleValue() / 2,
                stepOf(graph, both).get("audio").score(),
                RTOL);

        double first = Alone.score(graph, one, ends, Set.of("audio_fc"));
        MultiDataSet masked =
                new MultiDataSet(
                        both.getFeatures(),
                        both.getLabels(),
                        null,
                        new INDArray[] {null, Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1)});
        assertEquals(first, stepOf(graph, masked).get("audio").score(), RTOL);
    }

    /** Steps that the feature mask takes out are out in the pass of each modality alone as well. */
    @Test
    void recurrentFusionWithMasks() {
        RnnOutputLayer output =
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(Nets.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build();
        ComputationGraphConfiguration conf =
                Nets.recurrentEncoders(new Sgd(0.1))
                        .addVertex("concat", new MergeVertex(), "audio_rnn", "visual_rnn")
                        .addLayer("mixed", Nets.lstm(4), "concat")
                        .addLayer("out", output, "mixed")
                        .setOutputs("out")
                        .build();
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        MultiDataSet plain = Nets.sequences(EXAMPLES, 4, 2);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4);
        mask.putScalar(0, 3, 0);
        mask.putScalar(2, 2, 0);
        mask.putScalar(2, 3, 0);
        INDArray[] masks = {mask, mask};
        MultiDataSet batch =
                new MultiDataSet(
                        plain.getFeatures(), plain.getLabels(), masks, new INDArray[] {mask});
        List<String> ends = List.of("audio_rnn", "visual_rnn");
        double masked = sequenceScore(graph, batch, ends, masks, mask);
        assertEquals(masked, stepOf(graph, batch).get("audio").score(), RTOL);
        double whole =
                sequenceScore(graph, plain, ends, null, Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4));
        assertEquals(whole, stepOf(graph, plain).get("audio").score(), RTOL);
        assertTrue(Math.abs(masked - whole) > 1e-6, "masks must make a difference");
    }

    /** exp of minus the mean loss of the unmasked steps, averaged over examples. */
    private static double sequenceScore(
            ComputationGraph graph,
            MultiDataSet batch,
            List<String> ends,
            INDArray[] masks,
            INDArray counted) {
        INDArray[] predictions = Alone.predictions(graph, batch, ends, Set.of("audio_rnn"), masks);
        double score = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double loss = 0;
            double steps = 0;
            for (int t = 0; t < 4; t++) {
                if (counted.getDouble(i, t) > 0) {
                    int truth = classOf(batch.getLabels(0), i, t);
                    loss -= Math.log(predictions[0].getDouble(i, truth, t));
                    steps++;
                }
            }
            score += Math.exp(-loss / steps) / EXAMPLES;
        }
        return score;
    }

    private static int classOf(INDArray labels, int example, int step) {
        for (int c = 0; c < Nets.CLASSES; c++) {
            if (labels.getDouble(example, c, step) == 1) {
                return c;
            }
        }
        throw new IllegalArgumentException("no label");
    }

    @Test
    void scoresAreHeldForSomeStepsAndSurviveSaving(@TempDir Path folder) throws IOException {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().scoreEvery(3);
        ComputationGraphConfiguration conf = builder.build().modulate(Fusions.film(new Sgd(0.1)));
        ComputationGraph unbroken = Nets.init(conf.clone());
        ComputationGraph first = Nets.init(conf);
        List<Double> scores = new ArrayList<>();
        for (int step = 0; step < 8; step++) {
            scores.add(stepOf(unbroken, Nets.batch(EXAMPLES, step)).get("audio").score());
        }
        for (int step = 0; step < 8; step++) {
            assertEquals(scores.get(3 * (step / 3)), scores.get(step), "step " + step);
        }
        assertNotEquals(scores.get(0), scores.get(3));
        assertNotEquals(scores.get(3), scores.get(6));

        for (int step = 0; step < 5; step++) {
            first.fit(Nets.batch(EXAMPLES, step));
        }
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(first, file, true);
        ComputationGraph resumed = ModelSerializer.restoreComputationGraph(file, true);
        for (int step = 5; step < 8; step++) {
            resumed.fit(Nets.batch(EXAMPLES, step));
        }
        Compare.same(unbroken.params(), resumed.params(), "parameters");
        assertThrows(IllegalArgumentException.class, () -> builder.scoreEvery(0));
    }

    /** What the encoders are without being told, and when the user says otherwise. */
    @Test
    void theFactorsOfAProductBelongToTheFusion() {
        ComputationGraphConfiguration film = Fusions.film(new Sgd(0.1));
        String found = ModulatedOptimizer.builder().build().describe(film);
        assertTrue(found.contains("| visual_fc        | 49         | gamma, beta "), found);
        assertTrue(found.contains("| audio_fc         | 24         | scaled "), found);
        String told =
                ModulatedOptimizer.builder()
                        .encoder("visual", "gamma", "beta")
                        .score("audio", ScoreSource.probe()) // a gamma of 0 hides it
                        .build()
                        .describe(film);
        assertTrue(told.contains("visual_fc, gamma, beta |"), told);
        String message =
                Thrown.message(
                        IllegalArgumentException.class,
                        () ->
                                ModulatedOptimizer.builder()
                                        .encoder("visual", "audio_fc")
                                        .build()
                                        .modulate(film));
        assertTrue(
                message.contains(
                        "encoder of modality \"visual\" must end with vertices that this modality alone reaches, got"
                                + " \"audio_fc\"; known are [visual_fc, gamma, beta]"),
                message);
    }

    @Test
    void everySourceIsDescribedWithItsReason() {
        ComputationGraphConfiguration conf = Nets.dense();
        String mixed =
                ModulatedOptimizer.builder()
                        .score("visual", ScoreSource.zeroOut())
                        .build()
                        .describe(conf);
        assertTrue(mixed.contains("rows of out.W for concat[0], b/2 (concatenation)"), mixed);
        assertTrue(mixed.contains("zero-out at out (asked for)"), mixed);
        String film = ModulatedOptimizer.builder().build().describe(Fusions.film(new Sgd(0.1)));
        assertTrue(
                film.contains(
                        "zero-out at out (its head after \"film\" (ElementWiseVertex) cannot be split)"),
                film);
        String sum = ModulatedOptimizer.builder().build().describe(Nets.sum());
        assertTrue(sum.contains("head audio_head.W, b, labels of out (sum)"), sum);
    }

    /** DL4J writes a head's dropout over the features that it is the only one to read. */
    @Test
    void theDropoutOfAHeadDoesNotReachItsScore() {
        DenseLayer head =
                new DenseLayer.Builder()
                        .nOut(Nets.CLASSES)
                        .activation(Activation.IDENTITY)
                        .dropOut(0.5)
                        .build();
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("audio_head", head, "audio_fc")
                .addLayer("visual_head", Nets.linear(), "visual_fc")
                .addVertex("sum", Nets.add(), "audio_head", "visual_head")
                .addLayer("out", Nets.loss(), "sum")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        for (ScoreSource source : List.of(ScoreSource.head(), ScoreSource.zeroOut())) {
            ComputationGraph graph =
                    Nets.init(ModulatedOptimizer.builder().score(source).build().modulate(conf));
            MultiDataSet batch = Nets.batch(EXAMPLES, 3);
            double expected =
                    Alone.score(graph, batch, List.of("audio_fc", "visual_fc"), Set.of("audio_fc"));
            assertEquals(expected, stepOf(graph, batch).get("audio").score(), RTOL);
        }
    }

    /** Without a head to read there is no gradient of a head that p could follow from. */
    @Test
    void theAdamVariantGoesWithoutItsMomentCoefficient() {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        ComputationGraphConfiguration film = Fusions.film(new Adam(0.01));
        ComputationGraph graph = Nets.init(optimizer.modulate(film));
        for (int step = 0; step < 3; step++) {
            stepOf(graph, Nets.batch(EXAMPLES, step))
                    .values()
                    .forEach(m -> assertEquals(1, m.momentCoefficient()));
        }
        String described = optimizer.describe(film);
        assertTrue(described.contains("updaters (Adam variant, p = 1), noise moments"), described);
    }

    private static Map<String, ModalityStep> stepOf(ComputationGraph graph, MultiDataSet batch) {
        graph.fit(batch);
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static DenseLayer dense(int out) {
        return Nets.layer(out);
    }
}
