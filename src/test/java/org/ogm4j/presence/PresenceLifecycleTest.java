package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;

/** Off is off, saved is unbroken, stripped is plain. */
class PresenceLifecycleTest {

    @TempDir Path folder;

    static Stream<ComputationGraphConfiguration> networks() {
        return Stream.of(
                Nets.dense(new Nesterovs(0.1, 0.9)),
                droppedOut(),
                Fusions.deep(new Adam(0.01)),
                Fusions.film(new Sgd(0.1)));
    }

    /** Two readers of one input, both with dropout. */
    private static ComputationGraphConfiguration droppedOut() {
        DenseLayer.Builder layer = new DenseLayer.Builder().nOut(4).dropOut(0.6);
        return Nets.base()
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_fc", layer.build(), "audio")
                .addLayer("audio_fc2", layer.build(), "audio")
                .addLayer("visual_fc", layer.build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc", "audio_fc2")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Where every example has every modality the options change nothing, masks of 1 neither. */
    @ParameterizedTest
    @MethodSource("networks")
    void withNothingMissingItIsAsWithout(ComputationGraphConfiguration conf) {
        ComputationGraph without = trained(ModulatedOptimizer.builder(), conf, null);
        for (MissingModality missing :
                List.of(MissingModality.masks(), MissingModality.zeros(), MissingModality.nans())) {
            ModulatedOptimizer.Builder options = ModulatedOptimizer.builder().missing(missing);
            ComputationGraph with = trained(options, conf, null);
            Compare.same(without.params(), with.params(), missing.toString());
            Compare.sameState(without, with, missing.toString());
        }
        ComputationGraph masked =
                trained(
                        ModulatedOptimizer.builder(),
                        conf,
                        new INDArray[] {Nd4j.ones(DataType.DOUBLE, 8, 1), null});
        Compare.same(without.params(), masked.params(), "masks of 1");
    }

    private static ComputationGraph trained(
            ModulatedOptimizer.Builder options,
            ComputationGraphConfiguration conf,
            INDArray[] masks) {
        Nd4j.getRandom().setSeed(3);
        ComputationGraph graph = Nets.modulated(options, conf);
        for (int step = 0; step < 5; step++) {
            MultiDataSet batch = Nets.batch(8, step);
            batch.setFeaturesMaskArrays(masks);
            graph.fit(batch);
        }
        return graph;
    }

    /** Outside the window an example without a modality trains as in the plain network. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void outsideTheWindowItIsThePlainNetwork(Missing sign) {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().epochs(1, 1).missing(sign.option()),
                        Nets.dense());
        for (int step = 0; step < 3; step++) {
            MultiDataSet batch = batch(sign, step);
            plain.fit(Missing.withoutNans(batch));
            graph.fit(batch);
            Compare.same(plain.params(), graph.params(), "step " + step);
        }
        graph.incrementEpochCount();
        graph.fit(batch(sign, 3));
        plain.fit(Missing.withoutNans(batch(sign, 3)));
        assertTrue(Compare.differ(plain.params(), graph.params()), "inside it is another");
    }

    private static MultiDataSet batch(Missing sign, int step) {
        return sign.in(
                Nets.batch(8, step),
                Missing.atRandom(8, 0.3, 2L * step),
                sign == Missing.MASK ? null : Missing.atRandom(8, 0.3, 2L * step + 1));
    }

    /** Scores that serve three steps, of which the file falls into the second. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void savedAndLoadedItTrainsOn(Missing sign) throws IOException {
        for (ScoreSource source : List.of(ScoreSource.automatic(), ScoreSource.probe())) {
            ComputationGraphConfiguration conf =
                    ModulatedOptimizer.builder()
                            .missing("audio", sign.option())
                            .missing("visual", sign.option())
                            .score(source)
                            .scoreEvery(3)
                            .unimodal(UnimodalSignal.sum(1))
                            .build()
                            .modulate(Nets.dense(new Nesterovs(0.1, 0.9)));
            assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
            assertEquals(conf, SerializationUtils.clone(conf));
            assertEquals(conf, conf.clone());
            ComputationGraph unbroken = Nets.init(conf.clone());
            ComputationGraph first = Nets.init(conf);
            train(unbroken, sign, 0, 8);
            train(first, sign, 0, 5);
            File file = folder.resolve("network.zip").toFile();
            ModelSerializer.writeModel(first, file, true);
            ComputationGraph resumed = ModelSerializer.restoreComputationGraph(file, true);
            ComputationGraph clone = first.clone();
            Compare.same(
                    first.outputSingle(batch(sign, 9).getFeatures()),
                    clone.outputSingle(batch(sign, 9).getFeatures()),
                    "clone");
            train(resumed, sign, 5, 8);
            Compare.same(unbroken.params(), resumed.params(), "parameters");
            Compare.sameState(unbroken, resumed, "updater state");
            assertTrue(Double.isFinite(resumed.params().sumNumber().doubleValue()));
        }
    }

    private static void train(ComputationGraph graph, Missing sign, int from, int to) {
        for (int step = from; step < to; step++) {
            graph.fit(batch(sign, step));
        }
    }

    /** A ratio of pairs is not that of the scores, so it is held with them. */
    @Test
    void aHeldRatioIsThatOfItsStep() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing(MissingModality.zeros()).scoreEvery(2),
                        Nets.dense());
        List<Double> ratios = new ArrayList<>();
        List<Double> ofScores = new ArrayList<>();
        for (int step = 0; step < 2; step++) {
            graph.fit(batch(Missing.ZEROS, step));
            var last = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
            ratios.add(last.get("audio").ratio());
            ofScores.add(last.get("audio").score() / last.get("visual").score());
        }
        assertEquals(ratios.get(0), ratios.get(1));
        assertEquals(ofScores.get(0), ofScores.get(1));
        assertTrue(Math.abs(ratios.get(0) - ofScores.get(0)) > 1e-6);
    }

    /** The network reads zeros for rows of NaN, at inference too, and the array stays as it is. */
    @Test
    void rowsOfNanAreReadAsZerosAndStay() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing("visual", MissingModality.nans()),
                        droppedOut());
        boolean[] has = {true, false, true};
        MultiDataSet batch = Missing.NANS.in(Nets.batch(3, 1), null, has);
        INDArray[] before = {batch.getFeatures(0).dup(), batch.getFeatures(1).dup()};
        graph.fit(batch);
        INDArray out = graph.outputSingle(batch.getFeatures());
        Compare.same(before[0], batch.getFeatures(0), "audio");
        Compare.same(before[1], batch.getFeatures(1), "visual");
        Compare.same(graph.outputSingle(Missing.withoutNans(batch).getFeatures()), out, "output");
        assertTrue(Double.isFinite(out.sumNumber().doubleValue()));
    }

    /** A row with numbers and NaN is a fault, which turns modulation off for the batch. */
    @Test
    void oneNanIsNoMissingModality() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing(MissingModality.nans()), Nets.dense());
        MultiDataSet batch = Missing.NANS.in(Nets.batch(3, 1), new boolean[] {true, false, true});
        batch.getFeatures(0).putScalar(0, 2, Double.NaN);
        graph.fit(batch);
        assertEquals(1, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
    }

    @Test
    void strippedItIsThePlainNetwork() {
        for (ScoreSource source : List.of(ScoreSource.automatic(), ScoreSource.probe())) {
            ComputationGraphConfiguration conf = droppedOut();
            ModulatedOptimizer optimizer =
                    ModulatedOptimizer.builder()
                            .missing(MissingModality.nans())
                            .score(source)
                            .score("audio", ScoreSource.zeroOut())
                            .build();
            ComputationGraph graph = Nets.init(optimizer.modulate(conf));
            train(graph, Missing.NANS, 0, 3);
            ComputationGraph plain = ModulatedOptimizer.strip(graph);
            assertEquals(conf, Rewrite.strip(optimizer.modulate(conf)));
            assertFalse(plain.getConfiguration().toJson().contains("org.ogm4j"));
            INDArray[] features = Missing.withoutNans(batch(Missing.NANS, 4)).getFeatures();
            Compare.same(graph.outputSingle(features), plain.outputSingle(features), "output");
            ComputationGraph again = optimizer.modulate(plain);
            Compare.same(graph.outputSingle(features), again.outputSingle(features), "again");
            again.fit(batch(Missing.NANS, 5));
            assertTrue(Double.isFinite(again.params().sumNumber().doubleValue()));
        }
    }

    @Test
    void onTwoThreads() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .missing(MissingModality.nans())
                                .score(ScoreSource.probe()),
                        Nets.dense());
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            batches.add(batch(Missing.NANS, step));
        }
        INDArray before = graph.params().dup();
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph).workers(2).averagingFrequency(1).build();
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), 8));
        wrapper.shutdown();
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
        assertTrue(Compare.differ(before, graph.params()));
    }

    @Test
    void describeTellsOfIt() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .missing("audio", MissingModality.nans())
                        .missing("visual", MissingModality.zeros())
                        .build();
        String text = optimizer.describe(optimizer.modulate(Nets.dense()));
        String own = "seed 2022, no audio where nans, no visual where zeros\n";
        assertEquals(2, text.split(own, -1).length - 1, text);
        String plain = ModulatedOptimizer.builder().build().describe(Nets.dense());
        assertTrue(plain.contains("seed 2022\n"), plain);
    }
}
