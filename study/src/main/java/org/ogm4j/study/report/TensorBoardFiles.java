package org.ogm4j.examples.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.examples.compare.tensorboard.EventFile;
import org.ogm4j.examples.compare.tensorboard.Scalars;
import org.ogm4j.examples.network.Accuracy;

/**
 * The runs' curves for TensorBoard: {@code tensorboard/KEY/events.out.tfevents.TIME.ogm4j}. All
 * values of a run have the time at which it finished; look at them over steps.
 */
final class TensorBoardFiles {

    private TensorBoardFiles() {}

    /** Writes one file for each run, replacing what is there. */
    static void write(Path folder, List<RunRecord> runs) throws IOException {
        for (RunRecord run : runs) {
            Path own = folder.resolve("tensorboard").resolve(run.key());
            Files.createDirectories(own);
            long second = Instant.parse(run.finished()).getEpochSecond();
            RunStore.write(
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
            put(values, "training/accuracy", point.accuracy());
            put(values, "score/audio", point.audioScore());
            put(values, "score/visual", point.visualScore());
            put(values, "ratio/audio", point.audioRatio());
            put(values, "ratio/visual", point.visualRatio());
            put(values, "coefficient/audio", point.audioCoefficient());
            put(values, "coefficient/visual", point.visualCoefficient());
            all.add(new Scalars(point.step(), time, values));
        }
        int epochs = run.validation().size();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Accuracy accuracy = run.validation().get(epoch - 1);
            Map<String, Float> values = new LinkedHashMap<>();
            put(values, "validation/fused", accuracy.fused());
            put(values, "validation/audio", accuracy.audio());
            put(values, "validation/visual", accuracy.visual());
            all.add(new Scalars((long) run.steps() * epoch / epochs, time, values));
        }
        return all;
    }

    /** What is not known is left out. */
    private static void put(Map<String, Float> values, String tag, double value) {
        if (Double.isFinite(value)) {
            values.put(tag, (float) value);
        }
    }
}
