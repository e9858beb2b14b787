package org.ogm4j.examples.spark;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;

/**
 * Simulates many workers in one process, one step from one state, and compares the average of their
 * steps with the step of one big batch of all their examples. Prints the tables of docs/scale.md.
 */
public final class Scaling {

    private static final int ALL = 1000;
    private static final int[] WORKERS = {2, 10, 100, 1000};
    private static final int[] BATCHES = {8, 32, 128};
    private static final String LEADER = "sight";

    /** Far from the start, so that Adam's bias correction does not depend on the step. */
    private static final int FIRST_ITERATION = 100_000;

    private final PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    private final TwoModalities data = new TwoModalities(11);

    private Scaling() {}

    /**
     * Runs it.
     *
     * @param args "noise" leaves out the tables of coefficients
     */
    public static void main(String[] args) {
        Scaling scaling = new Scaling();
        if (!List.of(args).contains("noise")) {
            scaling.configurations();
            scaling.coefficients();
        }
        scaling.noise("Adam, moments", new Adam(0.01), GradientNoise.moments());
        scaling.noise("Sgd, sgdCovariance", new Sgd(0.1), GradientNoise.sgdCovariance());
        scaling.noise("Sgd, moments", new Sgd(0.1), GradientNoise.moments());
    }

    /** What a configuration weighs on its way to a worker. */
    private void configurations() {
        ComputationGraphConfiguration plain = TwoModalities.network(new Nesterovs(0.05, 0.9));
        ComputationGraphConfiguration modulated =
                ModulatedOptimizer.builder().build().modulate(plain);
        out.printf(
                "configuration: plain %,d bytes, modulated %,d bytes%n%n",
                SerializationUtils.serialize(plain).length,
                SerializationUtils.serialize(modulated).length);
    }

    private void coefficients() {
        FrozenState state = new FrozenState(new Sgd(0.1), GradientNoise.none(), data);
        out.println(
                "| batch | workers | k of one big batch | mean k | spread of k | step differs by |");
        out.println("|---|---|---|---|---|---|");
        for (int batch : BATCHES) {
            List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = data.batches(ALL, batch);
            List<FrozenState.Taken> taken =
                    batches.stream().map(one -> state.step(one, FIRST_ITERATION)).toList();
            double[] k =
                    taken.stream().mapToDouble(one -> one.coefficients().get(LEADER)).toArray();
            double mean = Arrays.stream(k).average().orElseThrow();
            double squares = Arrays.stream(k).map(one -> (one - mean) * (one - mean)).sum();
            double spread = Math.sqrt(squares / (ALL - 1));
            for (int workers : WORKERS) {
                double[] big = bigBatches(state, batches, taken, workers);
                out.printf(
                        "| %d | %,d | %.4f | %.4f | %.4f | %.1f %% |%n",
                        batch, workers, big[0], mean, spread, 100 * big[1]);
            }
        }
    }

    /**
     * One big batch for every group of workers.
     *
     * @return means over the groups: k of the big batch, and how much the mean of the workers'
     *     steps differs from its step
     */
    private static double[] bigBatches(
            FrozenState state,
            List<org.nd4j.linalg.dataset.api.MultiDataSet> batches,
            List<FrozenState.Taken> taken,
            int workers) {
        int groups = ALL / workers;
        double k = 0;
        double difference = 0;
        for (int from = 0; from < ALL; from += workers) {
            INDArray mean = taken.get(from).step().dup();
            taken.subList(from + 1, from + workers).forEach(one -> mean.addi(one.step()));
            FrozenState.Taken big =
                    state.step(
                            MultiDataSet.merge(batches.subList(from, from + workers)),
                            FIRST_ITERATION);
            k += big.coefficients().get(LEADER) / groups;
            difference += distance(mean.divi(workers), big.step()) / groups;
        }
        return new double[] {k, difference};
    }

    private static double distance(INDArray step, INDArray from) {
        return step.sub(from).norm2Number().doubleValue() / from.norm2Number().doubleValue();
    }

    private void noise(String title, IUpdater updater, GradientNoise noise) {
        FrozenState state = new FrozenState(updater, noise, data);
        out.println();
        out.println("| " + title + ": workers | as it is | one stream | other steps |");
        out.println("|---|---|---|---|");
        for (int workers : new int[] {2, 10, 100}) {
            out.println(noise(state, workers));
        }
    }

    /** The variance of the averaged step over draws of the noise, by that of one big batch. */
    private String noise(FrozenState state, int workers) {
        int draws = 3;
        int repeats = Math.max(5, 60 / workers);
        Map<Keys, Double> ofKeys = new EnumMap<>(Keys.class);
        double big = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = data.batches(workers, 32);
            List<org.nd4j.linalg.dataset.api.MultiDataSet> one =
                    List.of(MultiDataSet.merge(batches));
            for (Keys keys : Keys.values()) {
                ofKeys.merge(keys, variance(state, batches, repeats, keys), Double::sum);
            }
            big += variance(state, one, 40, Keys.ONE_STREAM);
        }
        StringBuilder row = new StringBuilder("| %d |".formatted(workers));
        for (double own : ofKeys.values()) {
            row.append(" %.2f |".formatted(own / big));
        }
        return row.toString();
    }

    /** What the random numbers of the workers depend on. */
    private enum Keys {
        /** What the library makes of the threads of ParallelWrapper. */
        OF_WORKERS,
        ONE_STREAM,
        /** Each takes another step. */
        OF_STEPS
    }

    /**
     * The variance of the mean step, over all parameters.
     *
     * @param keys of the random numbers
     */
    private static double variance(
            FrozenState state,
            List<org.nd4j.linalg.dataset.api.MultiDataSet> batches,
            int repeats,
            Keys keys) {
        String name = Thread.currentThread().getName();
        List<INDArray> means = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            INDArray mean = null;
            for (int worker = 0; worker < batches.size(); worker++) {
                int other = keys == Keys.OF_STEPS ? worker : 0;
                int iteration = FIRST_ITERATION + repeat * batches.size() + other;
                if (keys == Keys.OF_WORKERS) {
                    Thread.currentThread().setName("ParallelWrapper training thread " + worker);
                }
                INDArray step = state.step(batches.get(worker), iteration).step();
                mean = mean == null ? step : mean.addi(step);
            }
            means.add(mean.divi(batches.size()));
        }
        Thread.currentThread().setName(name);
        INDArray centre = means.get(0).dup();
        means.subList(1, repeats).forEach(centre::addi);
        centre.divi(repeats);
        double squares = 0;
        for (INDArray mean : means) {
            squares += Math.pow(mean.sub(centre).norm2Number().doubleValue(), 2);
        }
        return squares / (repeats - 1);
    }
}
