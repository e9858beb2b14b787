package org.ogm4j.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ogm4j.study.data.DataException;

/** Reads the recordings of a folder; each is named {@code {digit}_{voice}_{index}.wav}. */
final class RecordingFolder {

    private static final Pattern NAME = Pattern.compile("(\\d)_.+_(\\d+)\\.wav");

    private RecordingFolder() {}

    /**
     * Reads the recordings whose index is wanted, in the order of their names.
     *
     * @throws DataException if the folder is missing or holds no such recording, or if a file is
     *     misnamed or unreadable
     */
    static List<Recording> read(Path folder, IntPredicate wantedIndex) {
        List<Recording> recordings =
                wavFiles(folder).stream()
                        .filter(file -> wantedIndex.test(index(file)))
                        .map(file -> new Recording(digit(file), Speech.read(file)))
                        .toList();
        if (recordings.isEmpty()) {
            throw new DataException(folder, "holds no recording {digit}_{voice}_{index}.wav");
        }
        return recordings;
    }

    private static List<Path> wavFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
        } catch (IOException e) {
            throw new DataException(folder, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static int digit(Path file) {
        return Integer.parseInt(parse(file).group(1));
    }

    private static int index(Path file) {
        return Integer.parseInt(parse(file).group(2));
    }

    private static Matcher parse(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new DataException(file, "must be named {digit}_{voice}_{index}.wav");
        }
        return matcher;
    }
}
