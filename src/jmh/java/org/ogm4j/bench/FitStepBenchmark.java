package org.ogm4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What modulation costs: the time of a {@code fit} step of a modulated network over that of the
 * plain one.
 *
 * <p>Both networks see the same batch in turns, A B B A, in one process, so that a machine that
 * slows down slows both. JMH's own time is that of a pair of steps; what counts is the line with
 * the ratio, the median over all pairs with its quartiles and a 95 % interval of the median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx6g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"})
@Warmup(iterations = FitStepBenchmark.WARMUP)
@Measurement(iterations = 30)
public class FitStepBenchmark {

    static final int WARMUP = 3;

    /** Which network. */
    @Param({"EXAMPLE", "RESNET18"})
    public Workload workload;

    /** With which updater. */
    @Param({"OWN", "ADAM"})
    public Updater updater;

    /** The network's own, or Adam on every layer, whose variant is then compared with it. */
    public enum Updater {
        OWN,
        ADAM
    }

    private final List<Double> ratios = new ArrayList<>();
    private ComputationGraph plain;
    private ComputationGraph modulated;
    private MultiDataSet batch;
    private boolean plainFirst;

    /** Two networks with the same weights. */
    @Setup
    public void initialise() {
        ComputationGraphConfiguration conf = workload.network();
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        if (updater == Updater.ADAM) {
            builder.updater(new Adam(1e-4));
        }
        modulated = new ComputationGraph(builder.build().modulate(conf));
        modulated.init();
        plain = ModulatedOptimizer.strip(modulated);
        batch = workload.batch();
    }

    /** A step of each, the order changing from pair to pair. */
    @Benchmark
    public double pair() {
        plainFirst = !plainFirst;
        double first = time(plainFirst ? plain : modulated);
        double second = time(plainFirst ? modulated : plain);
        double ratio = plainFirst ? second / first : first / second;
        ratios.add(ratio);
        return ratio;
    }

    private double time(ComputationGraph graph) {
        long start = System.nanoTime();
        for (int step = 0; step < workload.stepsPerTiming(); step++) {
            graph.fit(batch);
        }
        return System.nanoTime() - start;
    }

    /** Prints the ratio. */
    @TearDown
    public void report() {
        List<Double> measured = ratios.subList(WARMUP, ratios.size());
        System.out.println(
                MedianRatio.of(measured)
                        .describe(workload + ", " + updater + ", modulated / plain"));
    }
}
