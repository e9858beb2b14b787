package org.ogm4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;

/** A worker is a network of the driver's configuration, its hook one that was sent by Java. */
class DriverCountersTest {

    private final ComputationGraph driver = network();
    private final DriverCounters counters = new DriverCounters(driver);
    private final MultiDataSet batch = Small.batches(1, 7).get(0);

    @Test
    void countsAreTheDriversBeforeTheFirstStepOfARound() {
        driverIsAt(40, 2);
        ComputationGraph worker = network();
        round(worker, 1);
        assertEquals(41, worker.getIterationCount());
        assertEquals(2, worker.getEpochCount());
        assertEquals(40, ModulatedOptimizer.lastModulation(worker).orElseThrow().iteration());
    }

    @Test
    void workerCountsOnWithinARound() {
        driverIsAt(40, 2);
        ComputationGraph worker = network();
        round(worker, 3);
        assertEquals(43, worker.getIterationCount());
    }

    @Test
    void noiseOfTheNextRoundIsNewAndThatOfTheSameRoundIsNot() {
        float[] first = round(network(), 1);
        assertArrayEquals(first, round(network(), 1));
        driverIsAt(1, 0);
        assertFalse(Arrays.equals(first, round(network(), 1)));
    }

    @Test
    void roundAfterTheWindowIsPlain() {
        driverIsAt(40, 3);
        ComputationGraph worker = network();
        round(worker, 1);
        assertTrue(ModulatedOptimizer.lastModulation(worker).isEmpty());
    }

    /** Gradient sharing keeps the network and the listener of the first task. */
    @Test
    void firstListenerTakesTheCountsThatCameLast() {
        ComputationGraph worker = network();
        worker.setListeners(arrived());
        driverIsAt(40, 2);
        arrived();
        epoch(worker, 3);
        assertEquals(43, worker.getIterationCount());
        assertEquals(2, ModulatedOptimizer.lastModulation(worker).orElseThrow().epoch());
    }

    @Test
    void networkThatIsFedBatchesTakesTheCountsToo() {
        driverIsAt(40, 2);
        ComputationGraph worker = network();
        worker.setListeners(arrived());
        worker.fit(batch);
        worker.fit(batch);
        assertEquals(42, worker.getIterationCount());
        assertEquals(40 + 1, ModulatedOptimizer.lastModulation(worker).orElseThrow().iteration());
    }

    @Test
    void workerThatIsAheadOfTheDriverDoesNotGoBack() {
        ComputationGraph worker = network();
        worker.setListeners(arrived());
        epoch(worker, 3);
        driverIsAt(0, 1);
        arrived();
        epoch(worker, 3);
        assertEquals(6, worker.getIterationCount());
        assertEquals(1, ModulatedOptimizer.lastModulation(worker).orElseThrow().epoch());
    }

    @Test
    void windowEndsInGradientSharing() {
        ComputationGraph worker = network();
        driverIsAt(40, 3);
        worker.setListeners(arrived());
        epoch(worker, 2);
        assertTrue(ModulatedOptimizer.lastModulation(worker).isEmpty());
    }

    /** Epochs 0 to 2 are modulated. */
    private static ComputationGraph network() {
        return Small.network(
                ModulatedOptimizer.builder()
                        .noise(GradientNoise.sgdCovariance())
                        .epochs(0, 2)
                        .build(),
                new Sgd(0.1));
    }

    private void driverIsAt(int iteration, int epoch) {
        driver.getConfiguration().setIterationCount(iteration);
        driver.getConfiguration().setEpochCount(epoch);
    }

    private DriverCounters arrived() {
        return SerializationUtils.roundtrip(counters);
    }

    /** What DL4J does with a hook on a worker. */
    private float[] round(ComputationGraph worker, int steps) {
        DriverCounters hook = arrived();
        for (int i = 0; i < steps; i++) {
            hook.preUpdate(batch, worker);
            worker.fit(batch);
            hook.postUpdate(batch, worker);
        }
        return worker.params().toFloatVector();
    }

    private void epoch(ComputationGraph worker, int steps) {
        List<MultiDataSet> batches = Small.batches(steps, 8);
        worker.fit(new IteratorMultiDataSetIterator(batches.iterator(), Small.BATCH));
    }
}
