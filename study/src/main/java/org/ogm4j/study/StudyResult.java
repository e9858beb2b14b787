package org.ogm4j.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.run.RunRecord;

/**
 * What a study has found.
 *
 * @param runs that are finished
 * @param planned how many were to be there
 * @param failures what went wrong, by the names of runs
 * @param damaged files that were no runs, by the names of runs; those were made again
 * @param tables the content of {@code summary.md}
 * @since 0.1.0
 */
public record StudyResult(
        List<RunRecord> runs,
        int planned,
        Map<String, String> failures,
        Map<String, String> damaged,
        String tables) {

    /** Copies lists and maps. */
    public StudyResult {
        runs = List.copyOf(runs);
        failures = new LinkedHashMap<>(failures);
        damaged = new LinkedHashMap<>(damaged);
    }

    /**
     * Whether every run is there.
     *
     * @return false if one failed
     */
    public boolean isComplete() {
        return runs.size() == planned;
    }
}
