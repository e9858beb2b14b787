package org.ogm4j.study.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.words.Names;

/**
 * How examples are divided. What is left out follows from the data: with three folds or more each
 * is the test once, and the one after it for validation; folds whose names say train, test or
 * validation are what they are called; without folds shares are drawn by the seed.
 *
 * @param test folds for the test, in one division
 * @param validation folds for validation
 * @param testShare of all examples, drawn by the seed, whatever folds there are
 * @param validationShare of what is not tested, drawn by the seed
 */
public record SplitDescription(
        List<String> test, List<String> validation, Double testShare, Double validationShare) {

    /** As the data say. */
    static final SplitDescription AUTOMATIC = new SplitDescription(null, null, null, null);

    private static final double TEST = 0.2;
    private static final double VALIDATION = 0.1;
    private static final int FEWEST = 3;

    /** Checks what contradicts. */
    public SplitDescription {
        test = Given.list("test", test);
        validation = Given.list("validation", validation);
        if (test != null && testShare != null) {
            throw new IllegalArgumentException("test and testShare must not both be given");
        }
        if (validation != null && (validationShare != null || test == null)) {
            throw new IllegalArgumentException(
                    "validation names folds: give test too, and no validationShare");
        }
        checkShare("testShare", testShare);
        checkShare("validationShare", validationShare);
    }

    private static void checkShare(String name, Double share) {
        if (share != null && !(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "%s must be above 0 and below 1, got %s".formatted(name, share));
        }
    }

    /** The divisions of a data set. */
    Divisions of(MultimodalData data) {
        List<String> folds = folds(data);
        if (testShare != null || (test == null && folds.isEmpty())) {
            return bySeed(data);
        }
        if (test != null) {
            test.forEach(fold -> check(fold, folds));
            if (validation != null) {
                validation.forEach(fold -> check(fold, folds));
            }
            return named(data, folds, test, validation);
        }
        List<String> called = called(folds, "test", "eval");
        if (!called.isEmpty() && called.size() < folds.size()) {
            List<String> dev = called(folds, "val", "dev");
            dev.removeAll(called);
            boolean named = !dev.isEmpty() && validationShare == null;
            return named(data, folds, called, named ? dev : null);
        }
        if (folds.size() < FEWEST && validationShare == null) {
            throw new StudyException(
                    "folds %s: there must be three or more, or names that say train and test; give split {\"test\": [\"%s\"]} or {\"testShare\": 0.2}"
                            .formatted(folds, folds.get(folds.size() - 1)));
        }
        return crossed(data, folds);
    }

    private Divisions bySeed(MultimodalData data) {
        double tested = testShare == null ? TEST : testShare;
        double validated = (1 - tested) * (validationShare == null ? VALIDATION : validationShare);
        return new Divisions(
                data,
                1,
                "by seed: %.0f %% test, %.0f %% validation"
                        .formatted(100 * tested, 100 * validated),
                (seed, fold) -> Partition.bySeed(data, validated, tested, seed));
    }

    private Divisions named(
            MultimodalData data, List<String> folds, List<String> tested, List<String> validated) {
        if (validated != null) {
            return new Divisions(
                    data,
                    1,
                    "test %s, validation %s of folds %s".formatted(tested, validated, folds),
                    (seed, fold) -> Partition.byFold(data, tested, validated));
        }
        double share = validationShare == null ? VALIDATION : validationShare;
        return new Divisions(
                data,
                1,
                "test %s of folds %s, validation %.0f %% of the rest by seed"
                        .formatted(tested, folds, 100 * share),
                (seed, fold) -> Partition.byFold(data, tested, share, seed));
    }

    private Divisions crossed(MultimodalData data, List<String> folds) {
        String text = "each of the folds %s is the test once".formatted(folds);
        if (validationShare != null) {
            return new Divisions(
                    data,
                    folds.size(),
                    "%s, validation %.0f %% of the rest by seed"
                            .formatted(text, 100 * validationShare),
                    (seed, fold) ->
                            Partition.byFold(
                                    data, List.of(folds.get(fold)), validationShare, seed));
        }
        return new Divisions(
                data,
                folds.size(),
                text + ", and the one after it validation",
                (seed, fold) ->
                        Partition.byFold(
                                data,
                                List.of(folds.get(fold)),
                                List.of(folds.get((fold + 1) % folds.size()))));
    }

    /** Names of folds, in the order of numbers if all are, else alphabetical. */
    private static List<String> folds(MultimodalData data) {
        Set<String> names = new TreeSet<>();
        for (Example example : data.examples()) {
            if (example.fold() == null) {
                return List.of();
            }
            names.add(example.fold());
        }
        List<String> folds = new ArrayList<>(names);
        if (folds.stream().allMatch(fold -> fold.matches("\\d{1,9}"))) {
            folds.sort((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        }
        return folds;
    }

    private static List<String> called(List<String> folds, String... words) {
        List<String> called = new ArrayList<>();
        for (String fold : folds) {
            for (String word : words) {
                if (fold.toLowerCase(Locale.ROOT).contains(word) && !called.contains(fold)) {
                    called.add(fold);
                }
            }
        }
        return called;
    }

    private static void check(String fold, List<String> folds) {
        if (!folds.contains(fold)) {
            throw new StudyException(
                    folds.isEmpty()
                            ? "split names fold \"%s\", and the data have no folds".formatted(fold)
                            : "split: " + Names.unknown("fold", folds, fold));
        }
    }
}
