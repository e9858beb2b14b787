package org.ogm4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
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
 * What a small network pays for modulation, where a step is over in a millisecond: a row of a table
 * for each kind, with ratios as in {@link FitStepBenchmark} and what a step allocates. The lines
 * that begin with "|" are the table.
 *
 * <p>Times are those that the training thread has a processor, which other work on the machine
 * changes little. With one native thread that is all of a step but the collections of garbage. The
 * ratio by the clock stands beside it. Code is compiled before it runs on ({@code -Xbatch}): on a
 * busy machine the compiler comes late otherwise, and what is timed is the interpreter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {
            "-Xmx2g",
            "-XX:+UseSerialGC",
            "-Xbatch",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        })
@Warmup(iterations = SmallStepBenchmark.WARMUP)
@Measurement(iterations = 60)
public class SmallStepBenchmark {

    static final int WARMUP = 40;

    /** So short that some of them are not interrupted. */
    private static final int PAIRS = 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is compared with the plain network of the same updater. */
    public enum Kind {
        DEFAULT,
        NO_NOISE,
        MOMENTS,
        ADAM_VARIANT,
        ZERO_OUT,
        PROBE;

        ModulatedOptimizer optimizer() {
            ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
            switch (this) {
                case NO_NOISE -> builder.noise(GradientNoise.none());
                case MOMENTS -> builder.noise(GradientNoise.moments());
                case ADAM_VARIANT -> builder.updater(new Adam(1e-3));
                case ZERO_OUT -> builder.score(ScoreSource.zeroOut());
                case PROBE -> builder.score(ScoreSource.probe());
                default -> {} // what a builder has
            }
            return builder.build();
        }
    }

    /** Which network. */
    @Param({"DENSE", "LSTM"})
    public Workload workload;

    /** Modulated how. */
    @Param({"DEFAULT", "NO_NOISE", "MOMENTS", "ADAM_VARIANT", "ZERO_OUT", "PROBE"})
    public Kind kind;

    /** Milliseconds of a step. */
    private record Time(double processor, double clock) {}

    private final List<Time> plainTimes = new ArrayList<>();
    private final List<Time> otherTimes = new ArrayList<>();
    private FitStepBenchmark.Step plain;
    private FitStepBenchmark.Step other;
    private boolean plainFirst;

    /** Two networks with the same weights. */
    @Setup
    public void initialise() {
        MultiDataSet batch = workload.batch();
        ComputationGraph modulated =
                new ComputationGraph(kind.optimizer().modulate(workload.network()));
        modulated.init();
        ComputationGraph stripped = ModulatedOptimizer.strip(modulated);
        plain = () -> stripped.fit(batch);
        other = () -> modulated.fit(batch);
    }

    /** A hundred steps of each or so, in short turns. */
    @Benchmark
    public void pairs() {
        for (int i = 0; i < PAIRS; i++) {
            pair();
        }
    }

    /** The order changes from pair to pair. */
    private void pair() {
        plainFirst = !plainFirst;
        if (plainFirst) {
            plainTimes.add(time(plain));
        }
        otherTimes.add(time(other));
        if (!plainFirst) {
            plainTimes.add(time(plain));
        }
    }

    private Time time(FitStepBenchmark.Step step) {
        long clock = System.nanoTime();
        long processor = THREADS.getCurrentThreadCpuTime();
        int steps = Math.max(1, workload.stepsPerTiming() / PAIRS);
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return new Time(
                (THREADS.getCurrentThreadCpuTime() - processor) / 1e6 / steps,
                (System.nanoTime() - clock) / 1e6 / steps);
    }

    private MedianRatio ratio(ToDoubleFunction<Time> time) {
        List<Double> ratios = new ArrayList<>();
        for (int i = WARMUP * PAIRS; i < plainTimes.size(); i++) {
            ratios.add(
                    time.applyAsDouble(otherTimes.get(i)) / time.applyAsDouble(plainTimes.get(i)));
        }
        return MedianRatio.of(ratios);
    }

    /** Prints the row. */
    @TearDown
    public void report() {
        MedianRatio ratio = ratio(Time::processor);
        List<Double> plainSteps =
                plainTimes.stream().skip(WARMUP * PAIRS).map(Time::processor).toList();
        Allocations ofPlain = Allocations.of(plain);
        Allocations added = Allocations.of(other).minus(ofPlain);
        System.out.printf(
                Locale.ROOT,
                "%n| %s | %s | %.2f | %.3f | %.3f to %.3f | %.3f to %.3f | %d | %.3f | %.0f + %.0f | %.0f + %.0f |%n",
                workload,
                kind,
                MedianRatio.of(plainSteps).median(),
                ratio.median(),
                ratio.low(),
                ratio.high(),
                ratio.lowerQuartile(),
                ratio.upperQuartile(),
                ratio.pairs(),
                ratio(Time::clock).median(),
                ofPlain.buffers(),
                added.buffers(),
                ofPlain.bytes() / 1e3,
                added.bytes() / 1e3);
    }
}
