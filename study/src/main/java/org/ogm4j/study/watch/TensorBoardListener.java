package org.ogm4j.study.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.tensorboard.EventFile;
import org.ogm4j.study.tensorboard.Scalars;

/**
 * Writes a training for TensorBoard while it runs; {@link WatchingListener} lists what.
 *
 * <p>Example: {@code tensorboard --logdir runs} shows a curve for each training below the folder.
 *
 * <pre>{@code
 * TensorBoardListener board = new TensorBoardListener(Path.of("runs/ogm-ge"), 10);
 * net.addListeners(board, new ModalityEvaluationListener(validation, 1, board::evaluated));
 * net.fit(train, 100);
 * }</pre>
 *
 * <p>Every listener makes a file of its own, {@code events.out.tfevents.SECONDS.NUMBER.ogm4j}, in
 * its first step. It begins with the mark by which TensorBoard gives up what files before it have
 * of this step and later ones; they are not changed. So a training that is resumed goes on in the
 * same folder, and one that begins anew there hides the one before.
 *
 * @since 0.1.0
 */
public final class TensorBoardListener extends WatchingListener {

    private final Path folder;
    private Path file;
    private OutputStream out;

    /**
     * Creates a listener that writes nothing yet.
     *
     * @param folder of one training; it is made if it is not there
     * @param every how many steps from one that is written to the next, at least 1
     * @throws IllegalArgumentException if every is below 1
     */
    public TensorBoardListener(Path folder, int every) {
        super(every);
        this.folder = folder;
        this.file = folder;
    }

    @Override
    Path place() {
        return file;
    }

    @Override
    void open(List<String> names, int first) throws IOException {
        Files.createDirectories(folder);
        double now = now();
        file = folder.resolve("events.out.tfevents.%010d.%05d.ogm4j".formatted((long) now, next()));
        out = Files.newOutputStream(file);
        out.write(EventFile.header(now));
        out.write(EventFile.restart(first, now));
    }

    /** TensorBoard reads files in the order of their names. */
    private long next() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(".ogm4j")).count();
        }
    }

    @Override
    void write(int iteration, int inEpoch, Map<String, Double> values) throws IOException {
        Map<String, Float> floats = new LinkedHashMap<>();
        values.forEach((tag, value) -> floats.put(tag, value.floatValue()));
        out.write(EventFile.record(new Scalars(iteration, now(), floats)));
    }

    @Override
    void close() {
        Quiet.close(out);
        out = null;
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }
}
