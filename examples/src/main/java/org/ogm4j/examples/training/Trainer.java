package org.ogm4j.examples.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.ogm4j.Attribution;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.LinearProbe;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Quality;
import org.ogm4j.examples.network.Shapley;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.examples.signal.SignalPath;

/**
 * Trains networks on one set of data.
 *
 * <p>Each epoch pairs every training picture with another recording of its class and draws new
 * noise. Validation and test examples stay the same for all epochs, methods and seeds. The test
 * examples are looked at once, after the last epoch.
 */
public final class Trainer {

    private static final int ATTRIBUTED = 64;
    private static final int ONLINE_EPOCHS = 2;

    private final Source source;
    private final Settings settings;
    private final Monitor monitor;

    /**
     * Trains on digits and shows on the console how it goes on.
     *
     * @param signals fitted on the training part of the data
     */
    public Trainer(DigitData data, SignalPath signals, Settings settings) {
        this(new DigitSource(data, signals), settings);
    }

    /** Shows on the console how training goes on. */
    public Trainer(Source source, Settings settings) {
        this(source, settings, new ConsoleMonitor());
    }

    /**
     * Trains networks of the data's sizes.
     *
     * @param monitor is told how training goes on
     */
    public Trainer(Source source, Settings settings, Monitor monitor) {
        this.monitor = monitor;
        this.source = source;
        this.settings = settings.withSizes(source.sizes());
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
            Batches batches = batches(epoch).fedBy(course::feed);
            long start = System.nanoTime();
            steps.addAll(trainEpoch(graph, reader, task, batches));
            nanos += System.nanoTime() - start;
            peakBytes = Math.max(peakBytes, Pointer.physicalBytes());
            Accuracy accuracy = measure(graph, reader, source.validation()).accuracy();
            accuracies.add(accuracy);
            monitor.validated(task, accuracy);
        }
        Quality tested = measure(graph, reader, source.test());
        Batches train = source.trainingInOrder(settings.epochSeed(0));
        return new Run(
                method,
                steps,
                accuracies,
                tested.accuracy(),
                tested.macroF1(),
                LinearProbe.accuracy(graph, train, source.test()),
                Shapley.of(graph, source.test(), tested.accuracy().fused()),
                new Cost(nanos / 1e9 / steps.size(), peakBytes),
                attribution(graph));
    }

    /** The network with its initial weights. */
    private ComputationGraph plain() {
        ComputationGraph plain = new ComputationGraph(settings.network());
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
        return new Blending(graph, source, settings, superEpoch, reader, monitor);
    }

    /** Networks of one modality, trained as long as the others. */
    private Map<Modality, ComputationGraph> teachers() {
        Map<Modality, ComputationGraph> teachers = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            ComputationGraph teacher = Method.alone(modality, plain(), settings);
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                String task = "teacher " + modality.input();
                Batches batches = batches(epoch).fedBy(both -> Feed.of(teacher, both));
                trainEpoch(teacher, Unimodal.reader(modality), task, batches);
            }
            teacher.setListeners();
            teachers.put(modality, teacher);
        }
        return teachers;
    }

    private Quality measure(ComputationGraph graph, LogitsReader reader, Batches examples) {
        return Quality.measure(graph, reader, examples, source.sizes().classes());
    }

    /** Where the layers of a trunk get their output and gradient from, on validation examples. */
    private Attribution attribution(ComputationGraph graph) {
        boolean oneAnswerOfBoth =
                graph.getNumInputArrays() == Modality.values().length
                        && graph.getNumOutputArrays() == 1;
        if (!settings.architecture().fusion().mixesTokens() || !oneAnswerOfBoth) {
            return new Attribution(List.of(), List.of());
        }
        Batches validation = source.validation();
        MultiDataSet batch = validation.next(Math.min(ATTRIBUTED, validation.batch()));
        List<Attribution> measured = new ArrayList<>();
        Quietly.run(
                () -> measured.add(ModulatedOptimizer.builder().build().attribution(graph, batch)));
        return measured.get(0);
    }

    private Batches batches(int epoch) {
        return source.training(settings.batch(), settings.epochSeed(epoch));
    }

    private List<TrainingStep> trainEpoch(
            ComputationGraph graph, LogitsReader reader, String task, Batches batches) {
        try (Monitor.Epoch told = monitor.start(task, batches.steps())) {
            StepRecorder recorder = new StepRecorder(reader, told::step);
            graph.setListeners(recorder);
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
