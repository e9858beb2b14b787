package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.training.Method;

/**
 * Chooses learning rate and strength of each method on the validation split. Every method has four
 * points to choose from: four learning rates where it has no strength, else two of each. Each point
 * is trained once, with a seed that is not reported, and the best fused validation accuracy, mean
 * of the last two epochs, wins; of equal ones the first.
 *
 * @param jobs every point of every method
 */
record Tuning(List<Job> jobs) {

    private static final int LAST_EPOCHS = 2;

    /**
     * What is chosen.
     *
     * @param learningRate of the updater
     * @param strength of the method; NaN where it has none
     */
    record Point(double learningRate, double strength) {}

    /** All points of the methods, on the imbalance, data and settings of the template. */
    static Tuning of(List<Method> methods, Job template) {
        List<Job> jobs = new ArrayList<>();
        for (Method method : methods) {
            Job own =
                    new Job(
                            method,
                            template.imbalance(),
                            method.settings(template.settings()),
                            template.format(),
                            template.data());
            for (Point point : grid(method)) {
                jobs.add(own.with(point.learningRate(), point.strength()));
            }
        }
        return new Tuning(List.copyOf(jobs));
    }

    /** The four points of a method. */
    static List<Point> grid(Method method) {
        return switch (method) {
            case ADAM -> rates(0.0005, 0.001, 0.002, 0.004);
            case ADAM_OGM, ADAM_OGM_GE -> crossed(0.001, 0.002, 0.3, 0.8);
            case NOISE_ONLY, UNIFORM -> crossed(0.02, 0.05, 0.5, 1);
            case DISTILLATION -> crossed(0.02, 0.05, 1, 10);
            case OGM_DEAD_ZONE, OGM_GE_DEAD_ZONE -> crossed(0.02, 0.05, 0.8, 2);
            default ->
                    method.hasStrength()
                            ? crossed(0.02, 0.05, 0.3, 0.8)
                            : rates(0.01, 0.02, 0.05, 0.1);
        };
    }

    /** The best point of each method of which all points are finished. */
    Map<Method, Point> choose(List<RunRecord> finished) {
        Map<Method, Point> chosen = new EnumMap<>(Method.class);
        Map<Method, Double> best = new EnumMap<>(Method.class);
        for (Job job : jobs) {
            double accuracy = validation(find(job, finished));
            if (accuracy > best.getOrDefault(job.method(), -1.0)) {
                best.put(job.method(), accuracy);
                chosen.put(job.method(), point(job));
            }
        }
        return chosen;
    }

    /** One row per point, with its validation accuracy and whether it was chosen. */
    String csv(List<RunRecord> finished) {
        Map<Method, Point> chosen = choose(finished);
        StringBuilder csv =
                new StringBuilder(
                        "format,imbalance,method,seed,learning_rate,strength,validation,chosen\n");
        for (Job job : jobs) {
            Point point = point(job);
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%s,%s,%d,%s,%s,%.6f,%s%n",
                            job.format(),
                            job.imbalance(),
                            job.method(),
                            job.settings().seed(),
                            point.learningRate(),
                            Double.isNaN(point.strength()) ? "" : point.strength(),
                            validation(find(job, finished)),
                            point.equals(chosen.get(job.method()))));
        }
        return csv.toString();
    }

    static double validation(RunRecord run) {
        List<Accuracy> all = run.validation();
        return all.subList(Math.max(0, all.size() - LAST_EPOCHS), all.size()).stream()
                .mapToDouble(Accuracy::fused)
                .average()
                .orElseThrow();
    }

    private static RunRecord find(Job job, List<RunRecord> finished) {
        return finished.stream()
                .filter(run -> run.key().equals(job.key()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no run to choose from: " + job.key()));
    }

    private static Point point(Job job) {
        return new Point(job.settings().learningRate(), job.settings().strength());
    }

    private static List<Point> rates(double... rates) {
        List<Point> points = new ArrayList<>();
        for (double rate : rates) {
            points.add(new Point(rate, Double.NaN));
        }
        return points;
    }

    private static List<Point> crossed(double low, double high, double weak, double strong) {
        return List.of(
                new Point(low, weak),
                new Point(low, strong),
                new Point(high, weak),
                new Point(high, strong));
    }
}
