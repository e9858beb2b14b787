package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.BalanceRule;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.FixedRule;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.testing.SeenSteps;

/** Running means are saved, cloned and sent with the network, and training goes on to the bit. */
class RunningMeansTest {

    /** A rule of a user's own that needs everything there is. */
    public record SurestFirst(double least) implements BalanceRule {

        @Override
        public Map<String, Double> coefficients(Step step) {
            Map<String, Double> k = new LinkedHashMap<>();
            step.modalities()
                    .forEach(
                            (name, m) ->
                                    k.put(
                                            name,
                                            least
                                                    + m.mean().entropy()
                                                    + m.mean().score()
                                                    + m.now().logScore() / 10));
            return k;
        }
    }

    static Stream<BalanceRule> rules() {
        return Stream.of(
                BalanceRule.none(),
                BalanceRule.agm(2),
                BalanceRule.weakestFirst(0.5, 6),
                BalanceRule.inverseEntropy(0.5),
                new SurestFirst(0.1),
                new FixedRule(Map.of("audio", 1.5, "visual", 0.5)));
    }

    private static ComputationGraphConfiguration conf(BalanceRule rule, IUpdater updater, int n) {
        return ModulatedOptimizer.builder()
                .rule(rule)
                .scoreEvery(n)
                .build()
                .modulate(Nets.dense(updater));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void resumedEqualsUnbroken(BalanceRule rule, @TempDir Path folder) throws IOException {
        for (int every : new int[] {1, 3}) {
            for (IUpdater updater : List.of(new Nesterovs(0.1, 0.9), new Adam(0.01))) {
                Resuming.assertEqualsUnbroken(conf(rule, updater, every), folder);
            }
        }
    }

    /** JSON, Java's serialization and clone, each in mid-training, all carry the means. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyCopyGoesOnAlike(BalanceRule rule) throws Exception {
        ComputationGraph unbroken = Nets.init(conf(rule, new Sgd(0.1), 2));
        Resuming.train(unbroken, 0, 5);
        ComputationGraphConfiguration now = unbroken.getConfiguration();
        List<ComputationGraph> copies = new ArrayList<>();
        copies.add(new ComputationGraph(ComputationGraphConfiguration.fromJson(now.toJson())));
        copies.add(new ComputationGraph(ComputationGraphConfiguration.fromYaml(now.toYaml())));
        copies.add(new ComputationGraph(sent(now)));
        copies.add(unbroken.clone());
        for (ComputationGraph copy : copies) {
            copy.init();
            copy.setParams(unbroken.params().dup());
            copy.getConfiguration().setIterationCount(5); // clone forgets it
            Resuming.train(copy, 5, 9);
        }
        Resuming.train(unbroken, 5, 9);
        Modulation expected = ModulatedOptimizer.lastModulation(unbroken).orElseThrow();
        for (ComputationGraph copy : copies) {
            Compare.same(unbroken.params(), copy.params(), rule.toString());
            assertEquals(expected, ModulatedOptimizer.lastModulation(copy).orElseThrow());
        }
    }

    /** A copy has a state of its own: it trains, and the original's means stay. */
    @Test
    void copiesShareNoState() {
        ComputationGraph graph = Nets.init(conf(BalanceRule.agm(1), new Sgd(0.1), 1));
        Resuming.train(graph, 0, 3);
        String before = graph.getConfiguration().toJson();
        ComputationGraph clone = graph.clone();
        Resuming.train(clone, 3, 6);
        assertEquals(before, graph.getConfiguration().toJson());
    }

    private static ComputationGraphConfiguration sent(ComputationGraphConfiguration conf)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(conf);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ComputationGraphConfiguration) in.readObject();
        }
    }

    /** In the configuration, not in what makes two of them equal; strip takes it out. */
    @Test
    void areStateAndNoSetting() {
        ComputationGraph graph = Nets.init(conf(BalanceRule.agm(1), new Sgd(0.1), 1));
        ComputationGraphConfiguration before = graph.getConfiguration().clone();
        Resuming.train(graph, 0, 3);
        String json = graph.getConfiguration().toJson();
        assertTrue(json.contains("\"means\" : [ {"), json);
        assertTrue(json.contains("\"counted\" : 2"), "the third is waiting");
        before.setIterationCount(3);
        assertEquals(before, graph.getConfiguration());
        String plain = ModulatedOptimizer.strip(graph).getConfiguration().toJson();
        assertFalse(plain.contains("ogm4j") || plain.contains("means"), plain);
    }

    @Test
    void aRuleOfTheUsersOwnIsSavedIfItIsARecord(@TempDir Path folder) throws IOException {
        ComputationGraph graph = Nets.init(conf(new SurestFirst(0.25), new Sgd(0.1), 1));
        graph.fit(Nets.batch(8, 0));
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(graph, file, true);
        String json = ModelSerializer.restoreComputationGraph(file).getConfiguration().toJson();
        assertTrue(json.contains("SurestFirst") && json.contains("\"least\" : 0.25"), json);
        assertEquals(graph.getConfiguration(), ComputationGraphConfiguration.fromJson(json));

        BalanceRule lambda = step -> BalanceRule.none().coefficients(step);
        ComputationGraphConfiguration unsaved = conf(lambda, new Sgd(0.1), 1);
        String message = assertThrows(RuntimeException.class, unsaved::toJson).getMessage();
        assertTrue(message.contains("got the lambda or anonymous class"), message);
        assertTrue(message.contains("implements CoefficientRule or BalanceRule"), message);
        String described = ModulatedOptimizer.builder().rule(lambda).build().describe(Nets.dense());
        assertTrue(described.contains("settings: rule a rule of your own, all epochs"), described);
    }

    /** Every segment of truncated backpropagation is a step, and counts. */
    @Test
    void segmentsCount() {
        SeenSteps seen = new SeenSteps();
        ComputationGraphConfiguration conf =
                Nets.recurrent(new Sgd(0.1))
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTForwardLength(2)
                        .tBPTTBackwardLength(2)
                        .build();
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder().rule(seen), conf);
        graph.fit(Nets.sequences(4, 6, 1));
        assertEquals(3, seen.all().size());
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += seen.all().get(i).modalities().get("audio").now().score();
        }
        assertEquals(sum / 2, seen.last().modalities().get("audio").mean().score(), 1e-15);
    }

    /** Each replica has means of its own. */
    @ParameterizedTest
    @MethodSource("rules")
    void trainOnTwoThreads(BalanceRule rule) {
        ComputationGraph graph = Nets.init(conf(rule, new Sgd(0.1), 1));
        INDArray before = graph.params().dup();
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batches.add(Nets.batch(8, i));
        }
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph)
                        .workers(2)
                        .averagingFrequency(1)
                        .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
                        .build();
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), 8));
        wrapper.shutdown();
        assertTrue(Compare.differ(before, graph.params()));
        assertFalse(graph.params().isNaN().any());
    }
}
