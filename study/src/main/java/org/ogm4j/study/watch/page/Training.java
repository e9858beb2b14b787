package org.ogm4j.study.watch.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.deeplearning4j.core.storage.Persistable;

/** What the updates of one training come to. */
final class Training {

    /** As many places of a curve as a screen shows. */
    private static final int MOST = 500;

    private final NavigableMap<Integer, Map<String, Double>> steps = new TreeMap<>();
    private int epoch;

    /** From updates in the order in which they were stored. */
    Training(List<Persistable> updates) {
        for (Persistable each : updates) {
            StepUpdate update = (StepUpdate) each;
            if (update.values().isEmpty()) {
                steps.tailMap(update.iteration(), true).clear();
            } else {
                steps.computeIfAbsent(update.iteration(), step -> new LinkedHashMap<>())
                        .putAll(update.values());
                epoch = update.epoch();
            }
        }
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    int lastStep() {
        return steps.lastKey();
    }

    int lastEpoch() {
        return epoch;
    }

    /**
     * All curves: kind, then of what, then value by step. Long ones are thinned, each by itself,
     * and keep their last place.
     */
    Map<String, Map<String, NavigableMap<Integer, Double>>> curves() {
        Map<String, Map<String, NavigableMap<Integer, Double>>> curves = new LinkedHashMap<>();
        steps.forEach(
                (step, values) ->
                        values.forEach(
                                (name, value) -> {
                                    int slash = name.indexOf('/');
                                    curves.computeIfAbsent(
                                                    name.substring(0, slash),
                                                    kind -> new LinkedHashMap<>())
                                            .computeIfAbsent(
                                                    name.substring(slash + 1),
                                                    what -> new TreeMap<>())
                                            .put(step, value);
                                }));
        curves.values().forEach(kind -> kind.values().forEach(Training::thin));
        return curves;
    }

    private static void thin(NavigableMap<Integer, Double> curve) {
        int every = (curve.size() + MOST - 1) / MOST;
        int last = curve.lastKey();
        int number = 0;
        for (var steps = curve.keySet().iterator(); steps.hasNext(); number++) {
            if (steps.next() != last && number % every != 0) {
                steps.remove();
            }
        }
    }
}
