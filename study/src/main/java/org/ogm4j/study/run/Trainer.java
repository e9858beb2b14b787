package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Cost;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Run;
import org.ogm4j.study.Scores;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.Quietly;
import org.ogm4j.study.measure.BatchView;
import org.ogm4j.study.measure.Feed;
import org.ogm4j.study.measure.Layout;
import org.ogm4j.study.measure.LinearProbe;
import org.ogm4j.study.measure.Quality;
import org.ogm4j.study.measure.Reader;
import org.ogm4j.study.measure.Shapley;

/** Trains one network and measures it. The test examples are looked at after the last epoch. */
public final class Trainer {

    private final Trial trial;
    private final Layout layout;
    private final Monitor monitor;
    private final boolean tested;

    /**
     * For one run.
     *
     * @param layout of the plain network
     * @param tested whether the test examples are looked at
     */
    private Trainer(Trial trial, Layout layout, Monitor monitor, boolean tested) {
        this.tested = tested;
        this.trial = trial;
        this.layout = layout;
        this.monitor = monitor;
    }

    /** Makes the run of a job. */
    public static Run train(Job job, Monitor monitor) {
        Trial trial = job.trial(monitor::begin);
        return new Trainer(trial, job.layout(), monitor, job.isTested())
                .train(job.rival().method());
    }

    /** Trains on the thread that calls. */
    Run train(Method method) {
        Course course = method.start(trial);
        ComputationGraph graph = course.graph();
        List<TrainingListener> others = List.copyOf(graph.getListeners());
        Layout own = layout.in(graph);
        Reader reader = Reader.of(own);
        Split split = trial.split();
        List<TrainingStep> steps = new ArrayList<>();
        List<Scores> validation = new ArrayList<>();
        long nanos = 0;
        long peakBytes = 0;
        long examples = 0;
        for (int epoch = 0; epoch < trial.epochs(); epoch++) {
            course.begin(epoch);
            monitor.begin("epoch %d/%d".formatted(epoch + 1, trial.epochs()));
            Fed batches = new Fed(split.training(epoch), course);
            StepRecorder recorder = new StepRecorder(layout, own.output(), reader, monitor::step);
            graph.addListeners(recorder);
            long start = System.nanoTime();
            Quietly.run(() -> graph.fit(batches));
            nanos += System.nanoTime() - start;
            graph.setListeners(others);
            steps.addAll(recorder.steps());
            examples = batches.examples;
            peakBytes = Math.max(peakBytes, Pointer.physicalBytes());
            validation.add(measure(graph, reader, split.validation()).first());
            monitor.validated(epoch, validation.get(epoch));
        }
        if (steps.isEmpty()) {
            throw new IllegalStateException("the training examples must be at least one, got none");
        }
        Cost cost = new Cost(nanos / 1e9 / steps.size(), peakBytes);
        if (tested && !isFinite(graph)) {
            throw new StudyException(
                    "weights are not finite after training, so it has no result: lower the learning"
                            + " rate, or standardize the data");
        }
        return tested
                ? tested(graph, reader, steps, validation, examples, cost)
                : untested(graph, steps, validation, examples, cost);
    }

    private Run tested(
            ComputationGraph graph,
            Reader reader,
            List<TrainingStep> steps,
            List<Scores> validation,
            long examples,
            Cost cost) {
        monitor.begin("test");
        Split split = trial.split();
        Quality test = measure(graph, reader, split.test());
        return new Run(
                graph,
                layout.kind().first(),
                steps,
                validation,
                test.first(),
                test.second(),
                LinearProbe.accuracy(graph, split.trainingOnce(0), split.test(), layout),
                Shapley.of(graph, split::test, test.first().fused(), layout),
                examples,
                test.examples(),
                cost);
    }

    private static boolean isFinite(ComputationGraph graph) {
        return graph.paramTable().values().stream()
                .allMatch(
                        each ->
                                Double.isFinite(
                                        each.castTo(DataType.DOUBLE).sumNumber().doubleValue()));
    }

    /** Not chosen if it has no finite weights. */
    private Run untested(
            ComputationGraph graph,
            List<TrainingStep> steps,
            List<Scores> validation,
            long examples,
            Cost cost) {
        Scores none = new Scores(Double.NaN, Map.of());
        return new Run(
                graph,
                layout.kind().first(),
                steps,
                isFinite(graph) ? validation : List.of(),
                none,
                none,
                Map.of(),
                Map.of(),
                examples,
                0,
                cost);
    }

    private Quality measure(ComputationGraph graph, Reader reader, MultiDataSetIterator examples) {
        return Quality.measure(graph, reader, examples, layout);
    }

    /** The batches as the network takes them. */
    private final class Fed extends BatchView {

        private static final long serialVersionUID = 1L;

        private final transient Course course;
        private long examples;

        Fed(MultiDataSetIterator all, Course course) {
            super(all);
            this.course = course;
        }

        @Override
        protected MultiDataSet seen(MultiDataSet batch) {
            examples += batch.getFeatures(0).size(0);
            return course.feed(Feed.of(layout, course.graph(), batch), batch);
        }
    }
}
