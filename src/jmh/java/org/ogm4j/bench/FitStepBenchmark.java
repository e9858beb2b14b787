package org.ogm4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.examples.network.ClassifierPart;
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
 * plain one; or what share of a step the part is that modalities share.
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
    @Param({"EXAMPLE", "FILM", "TRANSFORMER", "RESNET18"})
    public Workload workload;

    /** With which updater. */
    @Param({"OWN", "ADAM"})
    public Updater updater;

    /** The network's own, or Adam on every layer, whose variant is then compared with it. */
    public enum Updater {
        OWN,
        ADAM
    }

    /** What is compared with the plain network. */
    @Param({"HEAD", "ZERO_OUT", "PROBE", "SHARED_PART"})
    public Compared compared;

    /** The network modulated with scores from a source, or the part that its modalities share. */
    public enum Compared {
        HEAD,
        ZERO_OUT,
        PROBE,
        SHARED_PART;

        ScoreSource source() {
            return switch (this) {
                case ZERO_OUT -> ScoreSource.zeroOut();
                case PROBE -> ScoreSource.probe();
                default -> ScoreSource.head();
            };
        }
    }

    private final List<Double> ratios = new ArrayList<>();
    private ComputationGraph plain;
    private ComputationGraph other;
    private MultiDataSet batch;
    private MultiDataSet otherBatch;
    private boolean plainFirst;

    /** Two networks with the same weights, and a batch for each. */
    @Setup
    public void initialise() {
        ComputationGraphConfiguration conf = workload.network();
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        if (updater == Updater.ADAM) {
            builder.updater(new Adam(1e-4));
        }
        batch = workload.batch();
        if (compared == Compared.SHARED_PART) {
            plain = new ComputationGraph(conf);
            plain.init();
            other = ClassifierPart.of(conf).graph();
            other.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.ENABLED);
            otherBatch = featuresOf(batch);
        } else {
            other = new ComputationGraph(builder.score(compared.source()).build().modulate(conf));
            other.init();
            plain = ModulatedOptimizer.strip(other);
            otherBatch = batch;
        }
    }

    /** What the encoders make of a batch. */
    private MultiDataSet featuresOf(MultiDataSet inputs) {
        Map<String, INDArray> activations = plain.feedForward(inputs.getFeatures(), false);
        return new MultiDataSet(
                other.getConfiguration().getNetworkInputs().stream()
                        .map(activations::get)
                        .toArray(INDArray[]::new),
                inputs.getLabels());
    }

    /** A step of each, the order changing from pair to pair. */
    @Benchmark
    public double pair() {
        plainFirst = !plainFirst;
        double first = plainFirst ? time(plain, batch) : time(other, otherBatch);
        double second = plainFirst ? time(other, otherBatch) : time(plain, batch);
        double ratio = plainFirst ? second / first : first / second;
        ratios.add(ratio);
        return ratio;
    }

    private double time(ComputationGraph graph, MultiDataSet examples) {
        long start = System.nanoTime();
        for (int step = 0; step < workload.stepsPerTiming(); step++) {
            graph.fit(examples);
        }
        return System.nanoTime() - start;
    }

    /** Prints the ratio. */
    @TearDown
    public void report() {
        List<Double> measured = ratios.subList(WARMUP, ratios.size());
        System.out.println(
                MedianRatio.of(measured)
                        .describe(workload + ", " + updater + ", " + compared + " / plain"));
    }
}
