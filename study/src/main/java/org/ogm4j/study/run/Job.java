package org.ogm4j.study.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.Trial;
import org.ogm4j.study.measure.Layout;
import org.ogm4j.study.store.Digest;
import org.ogm4j.study.words.Names;

/** One run that is to be there. */
public final class Job {

    /** Counts up when runs of before cannot be compared with runs of today. */
    private static final int SCHEMA = 3;

    private final Source source;
    private final Map<String, List<String>> modalities;
    private final Rival rival;
    private final Point point;
    private final long seed;
    private final int fold;
    private final int epochs;
    private final boolean tested;
    private Map<String, String> settings;

    /**
     * Is to be made.
     *
     * @param modalities the inputs of each; empty: one for each input
     * @param point what was chosen for the method
     * @param fold from 0
     */
    public Job(
            Source source,
            Map<String, List<String>> modalities,
            Rival rival,
            Point point,
            long seed,
            int fold,
            int epochs) {
        this(source, modalities, rival, point, seed, fold, epochs, true);
    }

    private Job(
            Source source,
            Map<String, List<String>> modalities,
            Rival rival,
            Point point,
            long seed,
            int fold,
            int epochs,
            boolean tested) {
        this.source = source;
        this.modalities = modalities;
        this.rival = rival;
        this.point = point;
        this.seed = seed;
        this.fold = fold;
        this.epochs = epochs;
        this.tested = tested;
    }

    /** The same with what was chosen for its method. */
    public Job with(Point chosen) {
        return new Job(source, modalities, rival, chosen, seed, fold, epochs, tested);
    }

    /** The same to choose from: its test examples are not looked at. */
    Job untested() {
        return new Job(source, modalities, rival, point, seed, fold, epochs, false);
    }

    /** The run as its method sees it. */
    Trial trial(Consumer<String> monitor) {
        return new Trial(
                source.network(seed),
                modalities,
                () -> source.split(seed, fold),
                point,
                seed,
                epochs,
                monitor);
    }

    Layout layout() {
        return Layout.of(source.network(seed), modalities);
    }

    /** The name of the run's file: what it is, and a digest of everything that decides on it. */
    public String key() {
        StringBuilder all = new StringBuilder("schema=" + SCHEMA + "\n");
        all.append(
                "method=%s\ndata=%s\nseed=%d\nfold=%d\n"
                        .formatted(rival.name(), source.name(), seed, fold));
        decisive()
                .forEach((name, value) -> all.append(name).append('=').append(value).append('\n'));
        return "%s-seed%d-fold%d-%s-%s"
                .formatted(
                        Names.ofFile(rival.name()),
                        seed,
                        fold,
                        Names.ofFile(source.name()),
                        Digest.of(all.toString()));
    }

    /** Everything but method, data, seed and fold that decides on the result. */
    Map<String, String> decisive() {
        if (settings == null) {
            settings = settings();
        }
        return settings;
    }

    /** Asks data and method. */
    private Map<String, String> settings() {
        Trial trial = trial(task -> {});
        ComputationGraphConfiguration conf = trial.configuration();
        Map<String, String> all = new TreeMap<>();
        all.put("epochs", Integer.toString(epochs));
        all.put("network", Digest.of(conf.toJson()));
        all.put("content", source.digest(seed, fold));
        if (!tested) {
            all.put("tested", "no");
        }
        all.put("learning_rate", Double.toString(LearningRates.of(conf)));
        if (!Double.isNaN(point.strength())) {
            all.put("strength", Double.toString(point.strength()));
        }
        if (!modalities.isEmpty()) {
            all.put("modalities", modalities.toString());
        }
        try {
            all.putAll(rival.method().settings(trial));
        } catch (IllegalArgumentException | IllegalStateException e) {
            all.put("refused", e.getMessage()); // the run will fail, and say so
        }
        return all;
    }

    Source source() {
        return source;
    }

    Rival rival() {
        return rival;
    }

    Point point() {
        return point;
    }

    long seed() {
        return seed;
    }

    int fold() {
        return fold;
    }

    boolean isTested() {
        return tested;
    }

    int epochs() {
        return epochs;
    }
}
