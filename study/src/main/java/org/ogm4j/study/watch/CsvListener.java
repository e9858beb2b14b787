package org.ogm4j.study.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a training as a table while it runs, a row for each step; {@link WatchingListener} lists
 * its columns, which come after {@code iteration} and {@code epoch}, both from 0. What is not known
 * is empty. An evaluation has a row of its own, with the step before it.
 *
 * <p>Example: {@code tail -f training.csv} follows it.
 *
 * <pre>{@code
 * CsvListener csv = new CsvListener(Path.of("training.csv"), 10);
 * net.addListeners(csv, new ModalityEvaluationListener(validation, 1, csv::evaluated));
 * net.fit(train, 100);
 * }</pre>
 *
 * <p>Where the file is there already and training goes on from a step above 0, rows of that step
 * and later ones, and one cut short, are cut off. A file of other columns, and any file where
 * training begins at step 0, is moved aside, to the same name with {@code .1}, {@code .2} and so
 * on. To a pipe it is only written.
 *
 * @since 0.1.0
 */
public final class CsvListener extends WatchingListener {

    private static final Logger LOG = LoggerFactory.getLogger(CsvListener.class);

    private final Path path;
    private List<String> columns;
    private OutputStream file;

    /**
     * Creates a listener that writes nothing yet.
     *
     * @param path of the table; its folder is made if it is not there
     * @param every how many steps from one row to the next, at least 1
     * @throws IllegalArgumentException if every is below 1
     */
    public CsvListener(Path path, int every) {
        super(every);
        this.path = path;
    }

    @Override
    Path place() {
        return path;
    }

    @Override
    void open(List<String> names, int first) throws IOException {
        columns = names;
        String header =
                "iteration,epoch,"
                        + names.stream().map(CsvListener::quoted).collect(Collectors.joining(","));
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
        }
        // a pipe, or a device, has no rows to go on from
        int end = Files.isRegularFile(path) ? cutOff(header, first) : 0;
        file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (end == 0) {
            append(header);
        }
    }

    /** How many bytes are left; all if the file is moved aside. */
    private int cutOff(String header, int first) throws IOException {
        byte[] content = Files.readAllBytes(path);
        if (!goesOn(content, header, first)) {
            moveAside();
            return 0;
        }
        int end = endOfRowsBefore(first, content);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(end);
        }
        return end;
    }

    /** A header that was cut short is begun again. */
    private static boolean goesOn(byte[] content, String header, int first) {
        String text = new String(content, StandardCharsets.UTF_8);
        return header.startsWith(text) || (first > 0 && text.startsWith(header + "\n"));
    }

    private void moveAside() throws IOException {
        int number = 1;
        while (Files.exists(Path.of(path + "." + number))) {
            number++;
        }
        Path aside = Path.of(path + "." + number);
        Files.move(path, aside);
        LOG.warn("{} was of another training, or of other columns: it is {} now", path, aside);
    }

    /** Whole rows only; 0 if there is not even a header. */
    private static int endOfRowsBefore(int first, byte[] content) {
        int end = 0;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == '\n') {
                String row = new String(content, end, at - end, StandardCharsets.UTF_8);
                if (end > 0 && !isBefore(row, first)) {
                    return end;
                }
                end = at + 1;
            }
        }
        return end;
    }

    private static boolean isBefore(String row, int first) {
        String iteration = row.substring(0, Math.max(0, row.indexOf(',')));
        return iteration.matches("\\d{1,9}") && Integer.parseInt(iteration) < first;
    }

    @Override
    void write(int iteration, int inEpoch, Map<String, Double> values) throws IOException {
        append(
                columns.stream()
                        .map(name -> values.containsKey(name) ? values.get(name).toString() : "")
                        .collect(Collectors.joining(",", iteration + "," + inEpoch + ",", "")));
    }

    /** One call to the operating system, so that readers see whole rows. */
    private void append(String line) throws IOException {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void close() {
        Quiet.close(file);
        file = null;
    }

    /** As RFC 4180 has it. */
    private static String quoted(String name) {
        return name.matches("[^\",\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
