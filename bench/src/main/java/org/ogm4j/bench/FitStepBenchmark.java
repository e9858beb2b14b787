package org.ogm4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.Balance;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.network.layer.LeanConvolution;
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
        jvmArgs = {
            "-Xmx6g",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        })
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

    /** With which noise; the other kinds on request. */
    @Param("OWN")
    public Noise noise;

    /** What suits the updater, or a kind by name. */
    public enum Noise {
        OWN,
        NONE,
        SGD_COVARIANCE,
        MOMENTS,
        TENSOR_STD;

        void choose(ModulatedOptimizer.Builder builder) {
            switch (this) {
                case NONE -> builder.noise(GradientNoise.none());
                case SGD_COVARIANCE -> builder.noise(GradientNoise.sgdCovariance());
                case MOMENTS -> builder.noise(GradientNoise.moments());
                case TENSOR_STD -> builder.noise(GradientNoise.tensorStd());
                default -> {} // what suits the updater
            }
        }
    }

    /** What is compared with the plain network. */
    @Param({"HEAD", "ZERO_OUT", "PROBE", "SHARED_PART"})
    public Compared compared;

    /**
     * The network modulated with scores from a source, or the part that its modalities share. Only
     * on request: what runs the plain network's convolutions.
     */
    public enum Compared {
        HEAD,
        ZERO_OUT,
        PROBE,
        SHARED_PART,
        /** Every modality's own loss from the head's rows; without coefficient and noise. */
        SUM,
        /** The same from probes. */
        UNIFORM,
        /** The same with the Pareto combination. */
        MMPARETO,
        /** The published form of it, without this library. */
        MMPARETO_THREE_PASSES,
        /** Dropped features alone. */
        OPM,
        /** The plain network with oneDNN, over the same without. */
        ONEDNN,
        /** The plain network that keeps what its layers output, over one that does not. */
        CACHE,
        /** The plain network, over the same with DL4J's own convolution layers. */
        LEAN,
        /** PyTorch's step over the plain network's; RESNET18 only. */
        PYTORCH;

        ModulatedOptimizer.Builder builder() {
            return switch (this) {
                case ZERO_OUT -> ModulatedOptimizer.builder().score(ScoreSource.zeroOut());
                case PROBE -> ModulatedOptimizer.builder().score(ScoreSource.probe());
                case SUM -> Balance.uniform(1).score(ScoreSource.head());
                case UNIFORM -> Balance.uniform(1);
                case MMPARETO -> Balance.mmPareto();
                case OPM -> Balance.opm();
                default -> ModulatedOptimizer.builder().score(ScoreSource.head());
            };
        }
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Double> plainTimes = new ArrayList<>();
    private final List<Double> otherTimes = new ArrayList<>();
    private final List<Double> plainProcessorTimes = new ArrayList<>();
    private final List<Double> otherProcessorTimes = new ArrayList<>();
    private Step plain;
    private Step other;

    /** What the published form would save in a framework that keeps activations; else null. */
    private Step secondForward;

    private boolean plainFirst;

    /** One training step. */
    @FunctionalInterface
    interface Step {
        void run();
    }

    /** Two networks with the same weights, and a batch for each. */
    @Setup
    public void initialise() {
        ComputationGraphConfiguration conf = workload.network();
        MultiDataSet batch = workload.batch();
        switch (compared) {
            case SHARED_PART -> comparePart(conf, batch);
            case ONEDNN -> {
                plain = fitting(OneDnn.graph(conf.clone(), false), batch);
                other = fitting(OneDnn.graph(conf, true), batch);
            }
            case CACHE -> {
                plain = fitting(initialised(conf.clone()), batch);
                conf.setCacheMode(CacheMode.DEVICE);
                ComputationGraph caching = initialised(conf);
                caching.setCacheMode(CacheMode.DEVICE);
                System.out.println(Convolutions.describe(caching));
                other = fitting(caching, batch);
            }
            case LEAN -> {
                plain = fitting(initialised(withDl4jsLayers(conf)), batch);
                ComputationGraph lean = initialised(conf);
                System.out.println(Convolutions.describe(lean));
                other = fitting(lean, batch);
            }
            case PYTORCH -> {
                ComputationGraph graph = initialised(conf);
                System.out.println(Convolutions.describe(graph));
                plain = fitting(graph, batch);
                other = PyTorch.start(workload)::step;
            }
            case MMPARETO_THREE_PASSES -> {
                ComputationGraph graph = plain(conf);
                ThreePasses passes = new ThreePasses(graph, batch);
                plain = fitting(graph, batch);
                other = () -> passes.fit(batch);
                secondForward = () -> passes.secondForward(batch);
            }
            default -> compareModulated(conf, batch);
        }
    }

    /** With the updater that is asked for. */
    private ComputationGraph plain(ComputationGraphConfiguration conf) {
        ModulatedOptimizer.Builder builder = compared.builder();
        if (updater == Updater.ADAM) {
            builder.updater(new Adam(1e-4));
        }
        return ModulatedOptimizer.strip(initialised(builder.build().modulate(conf)));
    }

    private void compareModulated(ComputationGraphConfiguration conf, MultiDataSet batch) {
        ModulatedOptimizer.Builder builder = compared.builder();
        if (updater == Updater.ADAM) {
            builder.updater(new Adam(1e-4));
        }
        noise.choose(builder);
        ComputationGraph modulated = initialised(builder.build().modulate(conf));
        plain = fitting(ModulatedOptimizer.strip(modulated), batch);
        other = fitting(modulated, batch);
    }

    private void comparePart(ComputationGraphConfiguration conf, MultiDataSet batch) {
        ComputationGraph whole = initialised(conf);
        ComputationGraph part = ClassifierPart.of(conf).graph();
        part.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.ENABLED);
        plain = fitting(whole, batch);
        other = fitting(part, featuresOf(whole, part, batch));
    }

    /** What the encoders make of a batch. */
    private static MultiDataSet featuresOf(
            ComputationGraph whole, ComputationGraph part, MultiDataSet inputs) {
        Map<String, INDArray> activations = whole.feedForward(inputs.getFeatures(), false);
        return new MultiDataSet(
                part.getConfiguration().getNetworkInputs().stream()
                        .map(activations::get)
                        .toArray(INDArray[]::new),
                inputs.getLabels());
    }

    private static ComputationGraphConfiguration withDl4jsLayers(
            ComputationGraphConfiguration conf) {
        return ComputationGraphConfiguration.fromJson(
                conf.toJson()
                        .replace(
                                LeanConvolution.class.getName(), ConvolutionLayer.class.getName()));
    }

    private static ComputationGraph initialised(ComputationGraphConfiguration conf) {
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    private static Step fitting(ComputationGraph graph, MultiDataSet batch) {
        return () -> graph.fit(batch);
    }

    /** A step of each, the order changing from pair to pair. */
    @Benchmark
    public double pair() {
        plainFirst = !plainFirst;
        if (plainFirst) {
            time(plain, plainTimes, plainProcessorTimes);
        }
        time(other, otherTimes, otherProcessorTimes);
        if (!plainFirst) {
            time(plain, plainTimes, plainProcessorTimes);
        }
        return otherTimes.get(otherTimes.size() - 1);
    }

    /** Milliseconds per step, by the clock and of the processor for the thread that trains. */
    private void time(Step step, List<Double> times, List<Double> processorTimes) {
        long start = System.nanoTime();
        long processorStart = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < workload.stepsPerTiming(); i++) {
            step.run();
        }
        double perStep = 1e-6 / workload.stepsPerTiming();
        times.add((System.nanoTime() - start) * perStep);
        processorTimes.add((THREADS.getCurrentThreadCpuTime() - processorStart) * perStep);
    }

    /** Prints the ratio, and both median times. */
    @TearDown
    public void report() {
        String what = "%s, %s, noise %s, %s / plain".formatted(workload, updater, noise, compared);
        System.out.println(ratio(otherTimes, plainTimes).describe(what));
        System.out.println(
                ratio(otherProcessorTimes, plainProcessorTimes)
                        .describe(what + ", processor time"));
        System.out.printf(
                "plain %.0f ms per step, %s %.0f ms (medians)%n",
                median(plainTimes), compared, median(otherTimes));
        if (secondForward != null) {
            List<Double> forward = new ArrayList<>();
            for (int i = 0; i < otherTimes.size(); i++) {
                time(secondForward, forward, new ArrayList<>());
            }
            System.out.printf(
                    "of which %.0f ms are the encoders' second forward pass, %.4f of a plain step%n",
                    median(forward), median(forward) / median(plainTimes));
        }
    }

    private static MedianRatio ratio(List<Double> times, List<Double> plain) {
        List<Double> ratios = new ArrayList<>();
        for (int i = WARMUP; i < plain.size(); i++) {
            ratios.add(times.get(i) / plain.get(i));
        }
        return MedianRatio.of(ratios);
    }

    private static double median(List<Double> times) {
        return MedianRatio.of(times.subList(WARMUP, times.size())).median();
    }
}
