package org.ogm4j.examples.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.ogm4j.Attribution;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Quality;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.SignalPath;

/**
 * Trains networks on one set of data.
 *
 * <p>Each epoch pairs every training picture with another recording of its class and draws new
 * noise. Validation and test examples stay the same for all epochs, methods and seeds. The test
 * examples are looked at once, after the last epoch.
 */
public final class Trainer {

    private static final long VALIDATION_SEED = 1_000_001;
    private static final long TEST_SEED = 1_000_002;
    private static final int ATTRIBUTED = 64;

    private final DigitData data;
    private final SignalPath signals;
    private final Settings settings;
    private final Examples validation;
    private final Examples test;
    private final Monitor monitor;

    /**
     * Prepares the validation and test examples; shows on the console how training goes on.
     *
     * @param signals fitted on the training part of the data
     */
    public Trainer(DigitData data, SignalPath signals, Settings settings) {
        this(data, signals, settings, new ConsoleMonitor());
    }

    /**
     * Prepares the validation and test examples.
     *
     * @param signals fitted on the training part of the data
     * @param monitor is told how training goes on
     */
    public Trainer(DigitData data, SignalPath signals, Settings settings, Monitor monitor) {
        this.monitor = monitor;
        this.data = data;
        this.signals = signals;
        this.settings = settings;
        this.validation = signals.examples(data.validation(), VALIDATION_SEED);
        this.test = signals.examples(data.test(), TEST_SEED);
    }

    /**
     * Trains a new network on the thread that calls. Equal settings start all methods from the same
     * weights.
     */
    public Run train(Method method) {
        useOneNativeThread();
        ComputationGraphConfiguration conf = settings.network();
        LogitsReader reader = method.reader(conf, settings.architecture().fusion());
        ComputationGraph plain = new ComputationGraph(conf);
        plain.init();
        ComputationGraph graph = method.prepare(plain, settings);
        List<TrainingStep> steps = new ArrayList<>();
        List<Accuracy> accuracies = new ArrayList<>();
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            String task = "%-6s epoch %2d/%d".formatted(method, epoch + 1, settings.epochs());
            steps.addAll(trainEpoch(graph, reader, task, epoch));
            Accuracy accuracy = Quality.measure(graph, reader, validation).accuracy();
            accuracies.add(accuracy);
            monitor.validated(task, accuracy);
        }
        Quality tested = Quality.measure(graph, reader, test);
        return new Run(
                method, steps, accuracies, tested.accuracy(), tested.macroF1(), attribution(graph));
    }

    /** Where the layers of a trunk get their output and gradient from, on validation examples. */
    private Attribution attribution(ComputationGraph graph) {
        boolean oneAnswerOfBoth =
                graph.getNumInputArrays() == Modality.values().length
                        && graph.getNumOutputArrays() == 1;
        if (!settings.architecture().fusion().mixesTokens() || !oneAnswerOfBoth) {
            return new Attribution(List.of(), List.of());
        }
        int examples = Math.min(ATTRIBUTED, validation.size());
        int[] first = IntStream.range(0, examples).toArray();
        MultiDataSet batch = validation.batch(first, 0, examples);
        List<Attribution> measured = new ArrayList<>();
        Quietly.run(
                () -> measured.add(ModulatedOptimizer.builder().build().attribution(graph, batch)));
        return measured.get(0);
    }

    private List<TrainingStep> trainEpoch(
            ComputationGraph graph, LogitsReader reader, String task, int epoch) {
        long seed = settings.seed() * 10_000 + epoch;
        EpochIterator batches =
                new EpochIterator(
                        signals.examples(data.train(), seed),
                        settings.batch(),
                        seed,
                        batch -> Feed.of(graph, batch));
        try (Monitor.Epoch told = monitor.start(task, batches.steps())) {
            StepRecorder recorder = new StepRecorder(reader, told::step);
            graph.setListeners(new ModulationListener(recorder::modulated), recorder);
            Quietly.run(() -> graph.fit(batches));
            return recorder.steps();
        }
    }

    /**
     * The arrays are so small that sharing one among threads gains little, and where something else
     * keeps the processor busy the threads wait for each other most of the time.
     */
    private static void useOneNativeThread() {
        Nd4j.getExecutioner(); // loads the native library
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
}
