package org.ogm4j.study.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.Run;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.StudyResult;
import org.ogm4j.study.report.HtmlReport;
import org.ogm4j.study.report.Origin;
import org.ogm4j.study.report.TensorBoardFiles;
import org.ogm4j.study.store.RunStore;
import org.ogm4j.study.store.WholeFile;
import org.ogm4j.study.table.ResultFiles;

/** Makes a study: chooses points, makes runs, writes results. */
public final class StudyRunner {

    private final Plan plan;
    private final Path folder;
    private final RunStore<RunRecord> store;
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** To make it in a folder. */
    public StudyRunner(Plan plan, Path folder) throws IOException {
        this.plan = plan;
        this.folder = folder;
        this.store = new RunStore<>(folder, RunRecord.class, RunRecord::key);
    }

    /** Makes what is missing, and writes the results of all. */
    public StudyResult run() throws IOException {
        Map<Where, Map<String, Point>> chosen = plan.hasGrids() ? choose() : Map.of();
        List<Job> jobs = jobs(chosen);
        List<RunRecord> runs = complete("study", jobs);
        List<RunRecord> titled = runs.stream().map(plan::titled).toList();
        String tables =
                ResultFiles.write(
                        folder, titled, plan.baseline(), jobs.size(), failures, plan.titledNotes());
        WholeFile.write(folder.resolve("report.html"), html(titled, jobs.size()));
        if (plan.tensorBoard()) {
            TensorBoardFiles.write(folder, runs);
        }
        return new StudyResult(runs, jobs.size(), failures, store.damaged(), tables);
    }

    private String html(List<RunRecord> runs, int planned) {
        Map<String, String> problems = new LinkedHashMap<>(failures);
        store.damaged().forEach(problems::putIfAbsent);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return HtmlReport.of(
                runs,
                plan.baseline(),
                plan.shown(),
                plan.titledNotes(),
                new Origin(plan.origin(), planned, problems, now));
    }

    private List<RunRecord> complete(String task, List<Job> jobs) throws IOException {
        Comparison comparison = new Comparison(jobs, store, Trainer::train);
        List<RunRecord> runs = comparison.complete(task);
        failures.putAll(comparison.failures());
        return runs;
    }

    /**
     * Where points are chosen.
     *
     * @param data their name
     * @param fold of them
     */
    private record Where(String data, int fold) {}

    private Map<Where, Map<String, Point>> choose() throws IOException {
        Map<Where, Tuning> tunings = new LinkedHashMap<>();
        List<Job> all = new ArrayList<>();
        for (Source source : plan.tuning() == null ? plan.sources() : List.of(plan.tuning())) {
            for (int fold = 0; fold < plan.folds(); fold++) {
                Tuning tuning = tuning(source, fold);
                tunings.put(new Where(source.name(), fold), tuning);
                all.addAll(tuning.jobs());
            }
        }
        List<RunRecord> tried = complete("tune", all);
        StringBuilder csv = new StringBuilder(Tuning.header()).append('\n');
        Map<Where, Map<String, Point>> chosen = new LinkedHashMap<>();
        tunings.forEach(
                (where, tuning) -> {
                    tuning.rows(tried).forEach(row -> csv.append(row).append('\n'));
                    chosen.put(where, tuning.choose(tried));
                });
        WholeFile.write(folder.resolve("tuning.csv"), csv.toString());
        return chosen;
    }

    private Tuning tuning(Source source, int fold) {
        List<Job> jobs = new ArrayList<>();
        for (Rival rival : plan.rivals()) {
            Job job = plan.job(source, rival, plan.tuningSeed(), fold).untested();
            rival.grid().forEach(point -> jobs.add(job.with(point)));
        }
        return new Tuning(jobs);
    }

    /** Method by method on equal data, so that what was made before a stop can be compared. */
    private List<Job> jobs(Map<Where, Map<String, Point>> chosen) {
        List<Job> jobs = new ArrayList<>();
        for (long seed : plan.seeds()) {
            for (int fold = 0; fold < plan.folds(); fold++) {
                for (Source source : plan.sources()) {
                    String tuned = (plan.tuning() == null ? source : plan.tuning()).name();
                    Map<String, Point> points =
                            chosen.getOrDefault(new Where(tuned, fold), Map.of());
                    for (Rival rival : plan.rivals()) {
                        Job job = plan.job(source, rival, seed, fold);
                        if (!plan.hasGrids()) {
                            jobs.add(job);
                        } else if (points.containsKey(rival.name())) {
                            jobs.add(job.with(points.get(rival.name())));
                        } else {
                            failures.put(
                                    rival.name() + " on " + source.name(),
                                    "no point of its grid could be chosen: no run of them gave a"
                                            + " validation score");
                        }
                    }
                }
            }
        }
        return jobs;
    }

    /** Makes one run, and writes nothing. */
    public static Run train(Plan plan, String method, String data, long seed) {
        Rival rival =
                plan.rivals().stream()
                        .filter(each -> each.name().equals(method))
                        .findFirst()
                        .orElseThrow(() -> new StudyException("no method is named " + method));
        Source source =
                plan.sources().stream()
                        .filter(each -> each.name().equals(data))
                        .findFirst()
                        .orElseThrow(() -> new StudyException("no data are named " + data));
        Job job = plan.job(source, rival, seed, 0);
        try (RunsProgress progress = new RunsProgress(method, List.of(job))) {
            progress.run(method);
            return Trainer.train(job, progress);
        }
    }
}
