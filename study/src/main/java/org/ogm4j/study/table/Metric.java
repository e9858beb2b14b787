package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.stats.Estimate;

/**
 * What of a run is compared: on the test examples, after the last epoch.
 *
 * @param kind what
 * @param modality of which; empty where it is of all
 */
public record Metric(Kind kind, String modality) {

    /** The answer from all modalities. */
    public static final Metric FUSED = new Metric(Kind.FUSED, "");

    /** Time per step over the baseline's. */
    public static final Metric OVERHEAD = new Metric(Kind.OVERHEAD, "");

    /** Time per step. */
    public static final Metric STEP_MILLIS = new Metric(Kind.STEP_MILLIS, "");

    /** Memory. */
    public static final Metric PEAK_MEGABYTES = new Metric(Kind.PEAK_MEGABYTES, "");

    /** What is measured. */
    public enum Kind {
        FUSED("fused", "fused", 100, false),
        ALONE("%s", "%s alone", 100, false),
        FUSED_F1("fused_f1", "F1 fused", 100, false),
        F1("%s_f1", "F1 %s", 100, false),
        FUSED_ERROR("fused_error", "squared error fused", 1, false),
        ERROR("%s_error", "squared error %s", 1, false),
        PROBE("%s_probe", "%s probe", 100, false),

        /** The probe's accuracy minus that of the network of this modality alone, on equal runs. */
        GAP("%s_gap", "%s gap", 100, true),
        SHAPLEY("%s_shapley", "%s Shapley", 100, false),
        RATIO("%s_ratio", "ratio %s", 1, false),
        STEP_MILLIS("step_millis", "ms per step", 1, false),

        /** Time per step over the baseline's on equal runs, minus 1. */
        OVERHEAD("overhead", "time over %s", 100, true),
        PEAK_MEGABYTES("peak_megabytes", "peak MB", 1, false);

        private final String file;
        private final String title;
        private final double scale;
        private final boolean signed;

        Kind(String file, String title, double scale, boolean signed) {
            this.file = file;
            this.title = title;
            this.scale = scale;
            this.signed = signed;
        }

        private boolean isOfOne() {
            return file.contains("%s");
        }
    }

    /** All metrics of runs with these modalities, whatever is measured. */
    public static List<Metric> all(List<String> modalities) {
        List<Metric> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.isOfOne()) {
                modalities.forEach(modality -> all.add(new Metric(kind, modality)));
            } else {
                all.add(new Metric(kind, ""));
            }
        }
        return all;
    }

    /** Whether runs know it in which this is measured: accuracy has F1 beside it, R^2 the error. */
    boolean belongsTo(String measure) {
        return switch (kind) {
            case FUSED_F1, F1 -> measure.equals("accuracy");
            case FUSED_ERROR, ERROR -> !measure.equals("accuracy");
            default -> true;
        };
    }

    /** Some metrics, each of all modalities. */
    public static List<Metric> each(List<String> modalities, Kind... kinds) {
        List<Metric> all = all(modalities);
        return List.of(kinds).stream()
                .flatMap(kind -> all.stream().filter(metric -> metric.kind == kind))
                .toList();
    }

    /** Over a column for the eye. */
    public String title(String baseline) {
        return kind.title.formatted(kind == Kind.OVERHEAD ? baseline : modality);
    }

    /** What a value is multiplied with for the eye: shares are shown in %. */
    public double scale() {
        return kind.scale;
    }

    /** Whether its values are differences themselves. */
    public boolean isSigned() {
        return kind.signed;
    }

    /** Whether it cannot be above 1 or below 0. */
    boolean isShare(String measure) {
        return switch (kind) {
            case FUSED, ALONE, FUSED_F1, F1, PROBE -> measure.equals("accuracy");
            default -> false;
        };
    }

    /** The interval of a mean, ended where values do: times, errors, ratios are not negative. */
    Estimate bounded(Estimate estimate, String measure) {
        return switch (kind) {
            case FUSED, ALONE, FUSED_F1, F1, PROBE ->
                    estimate.within(isShare(measure) ? 0 : Double.NEGATIVE_INFINITY, 1);
            case FUSED_ERROR, ERROR, RATIO, STEP_MILLIS, PEAK_MEGABYTES ->
                    estimate.within(0, Double.POSITIVE_INFINITY);
            case GAP, SHAPLEY, OVERHEAD -> estimate;
        };
    }

    /**
     * The value of a run; NaN if its network gives no such answer or a run that it is compared with
     * is not there.
     */
    double of(RunRecord run, References others) {
        Function<Map<String, Double>, Double> own = map -> map.getOrDefault(modality, Double.NaN);
        return switch (kind) {
            case FUSED -> run.test().fused();
            case ALONE -> run.test().alone(modality);
            case FUSED_F1, FUSED_ERROR -> run.second().fused();
            case F1, ERROR -> run.second().alone(modality);
            case PROBE -> own.apply(run.linearProbe());
            case GAP -> own.apply(run.linearProbe()) - others.alone(run, modality);
            case SHAPLEY -> own.apply(run.shapley());
            case RATIO -> own.apply(run.meanRatio());
            case STEP_MILLIS -> 1e3 * run.cost().secondsPerStep();
            case OVERHEAD -> run.cost().secondsPerStep() / others.baselineSecondsPerStep(run) - 1;
            case PEAK_MEGABYTES -> run.cost().peakBytes() / 1e6;
        };
    }

    /** The name in files. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, kind.file, modality);
    }
}
