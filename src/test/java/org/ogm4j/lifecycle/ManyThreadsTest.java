package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** Several networks that train at the same time, each on a thread of its own. */
class ManyThreadsTest {

    private static final int STEPS = 15;

    @Test
    void eachTrainsAsIfItWereAlone() throws Exception {
        Map<String, Supplier<ComputationGraph>> networks = networks();
        Map<String, ComputationGraph> alone = new LinkedHashMap<>();
        networks.forEach((name, network) -> alone.put(name, trained(network.get())));

        CyclicBarrier start = new CyclicBarrier(networks.size());
        ExecutorService threads = Executors.newFixedThreadPool(networks.size());
        List<Callable<ComputationGraph>> tasks =
                networks.values().stream().map(network -> task(network, start)).toList();
        List<Future<ComputationGraph>> together = threads.invokeAll(tasks);
        threads.shutdown();

        int i = 0;
        for (Map.Entry<String, ComputationGraph> expected : alone.entrySet()) {
            ComputationGraph actual = together.get(i++).get();
            String name = expected.getKey();
            Compare.same(expected.getValue().params(), actual.params(), name);
            assertEquals(
                    ModulatedOptimizer.lastModulation(expected.getValue()),
                    ModulatedOptimizer.lastModulation(actual),
                    name);
        }
    }

    private static Callable<ComputationGraph> task(
            Supplier<ComputationGraph> network, CyclicBarrier start) {
        return () -> {
            ComputationGraph graph = network.get();
            start.await();
            return trained(graph);
        };
    }

    /** Of both kinds of noise and every source of scores, two of them with one optimizer. */
    private static Map<String, Supplier<ComputationGraph>> networks() {
        ModulatedOptimizer shared = ModulatedOptimizer.builder().build();
        ModulatedOptimizer probes =
                ModulatedOptimizer.builder().score(ScoreSource.probe()).scoreEvery(2).build();
        Map<String, Supplier<ComputationGraph>> networks = new LinkedHashMap<>();
        networks.put(
                "head, sgd",
                () -> Nets.init(shared.modulate(Nets.dense(new Nesterovs(0.05, 0.9)))));
        networks.put("head, adam", () -> Nets.init(shared.modulate(Nets.dense(new Adam(0.01)))));
        networks.put(
                "zero-out, dropout", () -> Nets.init(shared.modulate(Fusions.deep(new Sgd(0.05)))));
        networks.put("probe", () -> Nets.init(probes.modulate(Fusions.film(new RmsProp(0.01)))));
        return networks;
    }

    private static ComputationGraph trained(ComputationGraph graph) {
        Nd4j.getRandom().setSeed(17); // dropout's: ND4J has one stream per thread
        Resuming.train(graph, 0, STEPS);
        return graph;
    }
}
