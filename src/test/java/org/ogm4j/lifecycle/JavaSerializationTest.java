package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Spark sends configurations to its workers by Java's serialization, not as JSON. */
class JavaSerializationTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyFusionArrives(boolean adaptive) throws Exception {
        IUpdater updater = adaptive ? new Adam(0.01) : new Nesterovs(0.01, 0.9);
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        Set<String> arrived = new TreeSet<>();
        for (var fusion : Fusions.all(updater).entrySet()) {
            MultiDataSet batch = Fusions.batchFor(fusion.getKey(), 6, 1);
            assertArrives(optimizer.modulate(fusion.getValue()), batch);
            arrived.add(fusion.getKey());
        }
        assertEquals(Fusions.all(updater).keySet(), arrived);
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe", "zero-out", "sum", "trunk", "opm", "lambda"})
    void everyOptionArrives(String option) throws Exception {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        ComputationGraphConfiguration conf = Nets.dense();
        MultiDataSet batch = Nets.batch(6, 1);
        switch (option) {
            case "probe" -> builder.score(ScoreSource.probe());
            case "zero-out" -> builder.score(ScoreSource.zeroOut()).scoreEvery(2);
            case "sum" -> conf = Nets.sum();
            case "opm" -> builder.dropFeatures(PredictionModulation.opm(0.5, 0.5));
            case "trunk" -> {
                builder.trunk(true);
                conf = Fusions.selfAttention(new Nesterovs(0.01, 0.9));
                batch = Fusions.tokenBatch(6, 1);
            }
            default -> builder.rule(rho -> Math.min(1, 1 / rho));
        }
        ComputationGraphConfiguration modulated = builder.build().modulate(conf);
        if (option.equals("lambda")) { // equal to itself only
            assertTrainsAlike(modulated, sent(modulated), batch);
        } else {
            assertArrives(modulated, batch);
        }
    }

    /** The counters travel too; it is DL4J's clone() on the worker that forgets them. */
    @Test
    void theCountersArrive() throws Exception {
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder().build().modulate(Nets.dense());
        conf.setIterationCount(7);
        conf.setEpochCount(3);
        assertEquals(7, sent(conf).getIterationCount());
        assertEquals(3, sent(conf).getEpochCount());
        assertEquals(0, sent(conf).clone().getIterationCount(), "or DL4J was mended");
    }

    private static void assertArrives(ComputationGraphConfiguration conf, MultiDataSet batch)
            throws Exception {
        ComputationGraphConfiguration arrived = sent(conf);
        assertEquals(conf, arrived);
        assertEquals(conf.toJson(), arrived.toJson());
        assertTrainsAlike(conf, arrived, batch);
    }

    private static void assertTrainsAlike(
            ComputationGraphConfiguration here,
            ComputationGraphConfiguration there,
            MultiDataSet batch) {
        ComputationGraph driver = trained(here, batch);
        ComputationGraph worker = trained(there, batch);
        Compare.same(driver.params(), worker.params(), "parameters");
        assertEquals(
                ModulatedOptimizer.lastModulation(driver).orElseThrow(),
                ModulatedOptimizer.lastModulation(worker).orElseThrow());
    }

    private static ComputationGraph trained(
            ComputationGraphConfiguration conf, MultiDataSet batch) {
        ComputationGraph graph = Nets.init(conf);
        Nd4j.getRandom().setSeed(1); // of dropout
        for (int step = 0; step < 3; step++) {
            graph.fit(batch);
        }
        return graph;
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
}
