package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.study.Rival;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.measure.Layout;

/**
 * A study that can be made.
 *
 * @param sources data with their networks
 * @param modalities the inputs of each; empty: one for each input
 * @param rivals the methods, the baseline first
 * @param seeds to report
 * @param folds of the data
 * @param epochs of a run
 * @param tuning where points are chosen for all data; null: each by itself
 * @param tuningSeed of the runs to choose from
 * @param baseline the method that others are compared with
 * @param shown the method that the report shows first
 * @param notes what to say of each set of data
 * @param titles what data are called in tables and the report, where that is not their name
 * @param origin how to make it again
 * @param tensorBoard whether event files are written
 */
public record Plan(
        List<Source> sources,
        Map<String, List<String>> modalities,
        List<Rival> rivals,
        List<Long> seeds,
        int folds,
        int epochs,
        Source tuning,
        long tuningSeed,
        String baseline,
        String shown,
        Map<String, String> notes,
        Map<String, String> titles,
        String origin,
        boolean tensorBoard) {

    /** Columns of tables have these names. */
    private static final Set<String> TAKEN =
            Set.of("fused", "overhead", "step_millis", "peak_megabytes");

    /** Finds all that is wrong. */
    public Plan {
        sources = List.copyOf(sources);
        modalities = new LinkedHashMap<>(modalities);
        rivals = List.copyOf(rivals);
        seeds = List.copyOf(seeds);
        notes = new LinkedHashMap<>(notes);
        titles = Map.copyOf(titles);
        List<String> names = rivals.stream().map(Rival::name).toList();
        String base = baseline == null && !names.isEmpty() ? names.get(0) : baseline;
        baseline = base;
        shown =
                shown == null
                        ? rivals.stream()
                                .filter(each -> !each.name().equals(base))
                                .min(Comparator.comparing(each -> each.method().only().isPresent()))
                                .map(Rival::name)
                                .orElse(null)
                        : shown;
        List<String> problems = new ArrayList<>();
        Map<String, String> called = titles;
        List<String> all =
                sources.stream()
                        .map(each -> called.getOrDefault(each.name(), each.name()))
                        .toList();
        require(
                problems,
                Set.copyOf(all).size() == all.size(),
                "titles of data must differ, got " + all);
        require(
                problems,
                !sources.isEmpty(),
                "data must be one set or more, got none: call data(...)");
        require(
                problems,
                !rivals.isEmpty(),
                "methods must be one or more, got none: call methods(...)");
        require(problems, epochs >= 1, "epochs must be at least 1, got none: call epochs(...)");
        require(
                problems,
                names.isEmpty() || names.contains(baseline),
                "baseline must be one of %s, got %s".formatted(names, baseline));
        require(
                problems,
                shown == null || names.contains(shown),
                "shown must be one of %s, got %s".formatted(names, shown));
        require(
                problems,
                !seeds.contains(tuningSeed) || rivals.stream().noneMatch(Rival::chooses),
                "the tuning seed must not be reported, got %d, one of the seeds"
                        .formatted(tuningSeed));
        checkGrids(rivals, problems);
        checkNetworks(sources, modalities, seeds, problems);
        if (!problems.isEmpty()) {
            throw new StudyException("the study cannot be made: " + String.join("; ", problems));
        }
    }

    /** Who may choose from more points is ahead by that alone. */
    private static void checkGrids(List<Rival> rivals, List<String> problems) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        rivals.forEach(rival -> sizes.put(rival.name(), rival.grid().size()));
        require(
                problems,
                sizes.values().stream().distinct().count() <= 1,
                "grids must have the same number of points for every method, or none for all, got %s"
                        .formatted(sizes));
    }

    private static void checkNetworks(
            List<Source> sources,
            Map<String, List<String>> modalities,
            List<Long> seeds,
            List<String> problems) {
        for (Source source : sources) {
            try {
                Layout layout = Layout.of(source.network(seeds.get(0)), modalities);
                require(
                        problems,
                        layout.modalities().size() > 1,
                        "modalities must be two or more, got %s for data \"%s\""
                                .formatted(layout.modalities(), source.name()));
                require(
                        problems,
                        layout.modalities().stream().noneMatch(TAKEN::contains),
                        "modalities must not be named %s, got %s: name them by modality(...)"
                                .formatted(TAKEN, layout.modalities()));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
    }

    private static void require(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /** A run as tables and the report call its data. */
    RunRecord titled(RunRecord run) {
        return run.on(titles.getOrDefault(run.data(), run.data()));
    }

    /** What to say of each set of data, by its title. */
    Map<String, String> titledNotes() {
        Map<String, String> titled = new LinkedHashMap<>();
        notes.forEach((data, note) -> titled.put(titles.getOrDefault(data, data), note));
        return titled;
    }

    /** Whether there is something to choose. */
    boolean hasGrids() {
        return rivals.get(0).chooses();
    }

    Job job(Source source, Rival rival, long seed, int fold) {
        return new Job(source, modalities, rival, rival.point(), seed, fold, epochs);
    }
}
