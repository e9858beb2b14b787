package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.Point;
import org.ogm4j.study.Scores;
import org.ogm4j.study.table.Csv;

/**
 * Chooses the points of methods on validation examples. Each point is trained once, with a seed
 * that is not reported, and the best fused answer, mean of the last two epochs, wins; of equal ones
 * the first.
 *
 * @param jobs every point of every method
 */
public record Tuning(List<Job> jobs) {

    private static final int LAST_EPOCHS = 2;

    /** Copies the list. */
    public Tuning {
        jobs = List.copyOf(jobs);
    }

    /** The best point of each method of which a point is finished, by its name. */
    public Map<String, Point> choose(List<RunRecord> finished) {
        Map<String, Point> chosen = new LinkedHashMap<>();
        Map<String, Double> best = new LinkedHashMap<>();
        for (Job job : jobs) {
            String method = job.rival().name();
            double value = validation(find(job, finished));
            if (value > best.getOrDefault(method, Double.NEGATIVE_INFINITY)) {
                best.put(method, value);
                chosen.put(method, job.point());
            }
        }
        return chosen;
    }

    /** One row per point, with its validation score and whether it was chosen. */
    public List<String> rows(List<RunRecord> finished) {
        Map<String, Point> chosen = choose(finished);
        List<String> rows = new ArrayList<>();
        for (Job job : jobs) {
            Point point = job.point();
            rows.add(
                    String.format(
                            Locale.ROOT,
                            "%s,%d,%s,%d,%s,%s,%s,%s",
                            Csv.quoted(job.source().name()),
                            job.fold(),
                            Csv.quoted(job.rival().name()),
                            job.seed(),
                            job.decisive().get("learning_rate").replace("NaN", ""),
                            Double.isNaN(point.strength()) ? "" : point.strength(),
                            Csv.number(validation(find(job, finished))),
                            point.equals(chosen.get(job.rival().name()))));
        }
        return rows;
    }

    /** The titles of the rows. */
    public static String header() {
        return "data,fold,method,seed,learning_rate,strength,validation,chosen";
    }

    /** NaN if the run is not there. */
    private static double validation(Optional<RunRecord> run) {
        List<Scores> all = run.map(RunRecord::validation).orElse(List.of());
        return all.subList(Math.max(0, all.size() - LAST_EPOCHS), all.size()).stream()
                .mapToDouble(Scores::fused)
                .average()
                .orElse(Double.NaN);
    }

    private static Optional<RunRecord> find(Job job, List<RunRecord> finished) {
        return finished.stream().filter(run -> run.key().equals(job.key())).findFirst();
    }
}
