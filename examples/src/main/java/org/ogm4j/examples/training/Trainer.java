package org.ogm4j.examples.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.ogm4j.Attribution;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.LinearProbe;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Quality;
import org.ogm4j.examples.network.Shapley;
import org.ogm4j.examples.network.Unimodal;
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
    private static final int ONLINE_EPOCHS = 2;

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
        ComputationGraph plain = plain();
        LogitsReader reader =
                method.reader(plain.getConfiguration(), settings.architecture().fusion());
        Course course = course(method, plain, reader);
        ComputationGraph graph = course.graph();
        List<TrainingStep> steps = new ArrayList<>();
        List<Accuracy> accuracies = new ArrayList<>();
        long nanos = 0;
        long peakBytes = 0;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            String task = "%-6s epoch %2d/%d".formatted(method, epoch + 1, settings.epochs());
            course.begin(epoch);
            EpochIterator batches = batches(epoch, course::feed);
            long start = System.nanoTime();
            steps.addAll(trainEpoch(graph, reader, task, batches));
            nanos += System.nanoTime() - start;
            peakBytes = Math.max(peakBytes, Pointer.physicalBytes());
            Accuracy accuracy = Quality.measure(graph, reader, validation).accuracy();
            accuracies.add(accuracy);
            monitor.validated(task, accuracy);
        }
        Quality tested = Quality.measure(graph, reader, test);
        Examples train = signals.examples(data.train(), settings.epochSeed(0));
        return new Run(
                method,
                steps,
                accuracies,
                tested.accuracy(),
                tested.macroF1(),
                LinearProbe.accuracy(graph, train, test),
                Shapley.of(graph, test, tested.accuracy().fused()),
                new Cost(nanos / 1e9 / steps.size(), peakBytes),
                attribution(graph));
    }

    /** The network with its initial weights. */
    private ComputationGraph plain() {
        ComputationGraph plain =
                new ComputationGraph(
                        AudioVisualNet.configuration(
                                settings.architecture().encoder(),
                                settings.architecture().fusion(),
                                settings.updater(),
                                settings.learningRate(),
                                settings.seed()));
        plain.init();
        return plain;
    }

    private Course course(Method method, ComputationGraph plain, LogitsReader reader) {
        ComputationGraph graph = method.prepare(plain, settings);
        return switch (method) {
            case BLENDING_OFFLINE -> blending(graph, reader, settings.epochs());
            case BLENDING_ONLINE -> blending(graph, reader, ONLINE_EPOCHS);
            case DISTILLATION -> new Distillation(graph, teachers());
            default -> Course.of(graph);
        };
    }

    private Course blending(ComputationGraph graph, LogitsReader reader, int superEpoch) {
        return new Blending(graph, data.train(), signals, settings, superEpoch, reader, monitor);
    }

    /** Networks of one modality, trained as long as the others. */
    private Map<Modality, ComputationGraph> teachers() {
        Map<Modality, ComputationGraph> teachers = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            ComputationGraph teacher = Method.alone(modality, plain(), settings);
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                String task = "teacher " + modality.input();
                EpochIterator batches = batches(epoch, both -> Feed.of(teacher, both));
                trainEpoch(teacher, Unimodal.reader(modality), task, batches);
            }
            teacher.setListeners();
            teachers.put(modality, teacher);
        }
        return teachers;
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

    private EpochIterator batches(int epoch, UnaryOperator<MultiDataSet> feed) {
        long seed = settings.epochSeed(epoch);
        return new EpochIterator(
                signals.examples(data.train(), seed), settings.batch(), seed, feed);
    }

    private List<TrainingStep> trainEpoch(
            ComputationGraph graph, LogitsReader reader, String task, EpochIterator batches) {
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
