package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.Cost;
import org.ogm4j.study.Point;
import org.ogm4j.study.Scores;

/** Runs that nobody made. */
public final class Samples {

    public static final List<String> MODALITIES = List.of("audio", "visual");

    private Samples() {}

    public static Map<String, Double> of(double audio, double visual) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("audio", audio);
        map.put("visual", visual);
        return map;
    }

    /** With a test score; audio alone 0.5, visual alone unknown, probes 0.7 and 0.3. */
    public static RunRecord record(
            String method, String data, long seed, int fold, double fused, List<Scores> epochs) {
        String only = method.endsWith("-only") ? method.replace("-only", "") : null;
        boolean alone = only != null;
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            double ratio = alone ? Double.NaN : 1 + 0.2 * i;
            curve.add(
                    new CurvePoint(
                            5 * i,
                            2.0 / i,
                            0.2 * i,
                            of(0.1 * i, 0.5),
                            of(ratio, 0.5),
                            of(alone || method.equals("plain") ? 1 : 0.9, 1),
                            alone ? Map.of() : Map.of("signal_cosine/audio", -0.1 * i)));
        }
        return new RunRecord(
                key(method, data, seed, fold),
                method,
                only,
                data,
                seed,
                fold,
                new Point(0.02, Double.NaN),
                Map.of("learning_rate", "0.02", "epochs", "4"),
                MODALITIES,
                "accuracy",
                new Scores(fused, of(0.5, Double.NaN)),
                new Scores(fused, of(0.5, Double.NaN)),
                of(0.7, 0.3),
                of(0.4, 0.2),
                epochs,
                curve,
                of(alone ? Double.NaN : 1.5, alone ? Double.NaN : 0.7),
                20,
                40,
                20,
                new Cost(0.004, 5_000_000),
                12.5,
                Map.of("java", "17", "os", "Example <OS>"),
                "2026-11-24T10:00:0%dZ".formatted(seed % 10));
    }

    /** The same with another course of training. */
    public static RunRecord with(RunRecord run, List<CurvePoint> curve) {
        return new RunRecord(
                run.key(),
                run.method(),
                run.only(),
                run.data(),
                run.seed(),
                run.fold(),
                run.point(),
                run.settings(),
                run.modalities(),
                run.measure(),
                run.test(),
                run.second(),
                run.linearProbe(),
                run.shapley(),
                run.validation(),
                curve,
                run.meanRatio(),
                run.steps(),
                run.trained(),
                run.tested(),
                run.cost(),
                run.seconds(),
                run.environment(),
                run.finished());
    }

    public static RunRecord record(String method, String data, long seed, double fused) {
        List<Scores> epochs = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            epochs.add(new Scores(fused - 0.1 / i, of(0.5, 0.4)));
        }
        return record(method, data, seed, 0, fused, epochs);
    }

    static String key(String method, String data, long seed, int fold) {
        return "%s-seed%d-fold%d-%s-0123abcd".formatted(method, seed, fold, data);
    }

    /**
     * Two sets of data, seeds 1 to 3. Plain has 80, 81 and 82 %; ogm-ge 4 points more, uniform 5
     * less, each with an error of up to 0.2; ogm differs by -3, 0 and 3.
     */
    public static List<RunRecord> runs() {
        List<RunRecord> runs = new ArrayList<>();
        for (String data : List.of("medium", "strong")) {
            for (int seed = 1; seed <= 3; seed++) {
                double plain = 0.79 + 0.01 * seed;
                runs.add(record("plain", data, seed, plain));
                runs.add(record("ogm-ge", data, seed, plain + 0.038 + 0.001 * seed));
                runs.add(record("uniform", data, seed, plain - 0.052 + 0.001 * seed));
                runs.add(record("ogm", data, seed, plain + 0.03 * (seed - 2)));
                runs.add(record("audio-only", data, seed, 0.6));
                runs.add(record("visual-only", data, seed, 0.5));
            }
        }
        return runs;
    }
}
