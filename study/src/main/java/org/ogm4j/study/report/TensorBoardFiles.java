package org.ogm4j.study.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.Scores;
import org.ogm4j.study.run.CurvePoint;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.store.WholeFile;
import org.ogm4j.study.tensorboard.EventFile;
import org.ogm4j.study.tensorboard.Scalars;

/**
 * The runs' curves for TensorBoard: {@code tensorboard/KEY/events.out.tfevents.TIME.ogm4j}. All
 * values of a run have the time at which it finished; look at them over steps.
 */
public final class TensorBoardFiles {

    private TensorBoardFiles() {}

    /** Writes one file for each run, replacing what is there. */
    public static void write(Path folder, List<RunRecord> runs) throws IOException {
        for (RunRecord run : runs) {
            Path own = folder.resolve("tensorboard").resolve(run.key());
            Files.createDirectories(own);
            long second = Instant.parse(run.finished()).getEpochSecond();
            WholeFile.write(
                    own.resolve("events.out.tfevents.%d.ogm4j".formatted(second)),
                    EventFile.of(scalars(run)));
        }
    }

    /** The training curve over steps, and validation at the last step of every epoch. */
    static List<Scalars> scalars(RunRecord run) {
        double time = Instant.parse(run.finished()).getEpochSecond();
        List<Scalars> all = new ArrayList<>();
        for (CurvePoint point : run.curve()) {
            Map<String, Float> values = new LinkedHashMap<>();
            put(values, "training/loss", point.loss());
            put(values, "training/" + tag(run), point.right());
            putAll(values, "score/", point.scores());
            putAll(values, "ratio/", point.ratios());
            putAll(values, "coefficient/", point.coefficients());
            putAll(values, "", point.measured());
            all.add(new Scalars(point.step(), time, values));
        }
        int epochs = run.validation().size();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Scores scores = run.validation().get(epoch - 1);
            Map<String, Float> values = new LinkedHashMap<>();
            put(values, "validation/fused", scores.fused());
            putAll(values, "validation/", scores.alone());
            all.add(new Scalars((long) run.steps() * epoch / epochs, time, values));
        }
        return all;
    }

    private static String tag(RunRecord run) {
        return run.measure().equals("accuracy") ? "accuracy" : "r2";
    }

    private static void putAll(
            Map<String, Float> values, String prefix, Map<String, Double> byModality) {
        byModality.forEach((modality, value) -> put(values, prefix + modality, value));
    }

    /** What is not known is left out. */
    private static void put(Map<String, Float> values, String tag, double value) {
        if (Double.isFinite(value)) {
            values.put(tag, (float) value);
        }
    }
}
