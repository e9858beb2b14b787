package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.CsvTable;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.files.NpyFile;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;

/**
 * What a folder seems to hold, as a description to be looked at and corrected.
 *
 * <p>The layouts of {@link KnownData} and {@link DigitData} are known. Of any other folder:
 *
 * <ul>
 *   <li>A folder inside that holds mostly WAV files, images (or folders of images), {@code .npy} or
 *       {@code .txt} files is a modality of its name.
 *   <li>The labels are in the CSV file with a column that names the most of these files; where
 *       there are no such folders, in the one with a column of ids.
 *   <li>The label is the column called label, class, target, emotion or the like; else the first
 *       column with at least 2 values that repeat. Folds and groups go by the names of columns too.
 *   <li>Other CSV files with the same ids are modalities of their numbers; a column of several
 *       words is a modality of tokens.
 *   <li>A {@code .npy} file with as many rows as there are labels is a modality.
 * </ul>
 *
 * @param data what was found
 * @param notes what was decided, and what else was possible, one sentence each
 * @since 0.1.0
 */
public record FolderGuess(DataDescription data, List<String> notes) {

    private static final List<String> LABELS =
            List.of("label", "labels", "class", "target", "y", "emotion", "sentiment", "category");
    private static final List<String> FOLDS =
            List.of("fold", "split", "part", "subset", "partition", "set");
    private static final List<String> GROUPS =
            List.of("group", "speaker", "talker", "subject", "actor", "user", "patient");
    private static final List<String> IDS = List.of("id", "clip", "name", "file", "example", "key");
    private static final int WORDS = 2000;
    private static final int LENGTH = 100;

    /** Copies the list. */
    public FolderGuess {
        notes = List.copyOf(notes);
    }

    /**
     * Looks into a folder. Nothing is decoded but headers, the first image, and CSV files.
     *
     * @param folder of a data set
     * @return a description whose paths are relative to the folder
     * @throws DataException if there is no CSV file with labels, or no modality
     */
    public static FolderGuess of(Path folder) {
        DataDescription known = known(folder);
        if (known != null) {
            return new FolderGuess(known, List.of("The layout is known: see docs/data.md."));
        }
        List<String> notes = new ArrayList<>();
        List<ModalityDescription> modalities = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<GuessedTable> tables = new ArrayList<>();
        for (Path path : FolderFiles.list(folder)) {
            String ending = FolderFiles.ending(path.getFileName().toString());
            if (Files.isDirectory(path)) {
                GuessedFolder.of(path, notes)
                        .ifPresent(
                                found -> {
                                    modalities.add(found.modality());
                                    names.addAll(found.ids());
                                });
            } else if (ending.equals("csv") || ending.equals("tsv")) {
                GuessedTable.read(path, notes).ifPresent(tables::add);
            }
        }
        GuessedTable labels = null;
        String id = null;
        int most = 0;
        for (GuessedTable table : tables) {
            for (String column : table.columns()) {
                int matches = matches(table, column, names);
                if (matches > most) {
                    labels = table;
                    id = column;
                    most = matches;
                }
            }
        }
        if (labels == null || labels.find(LABELS, id).isEmpty()) {
            throw new DataException(
                    folder,
                    "must hold a CSV file with a header, a column with the names of files without their endings and a column of labels, got %d CSV files"
                            .formatted(tables.size()));
        }
        notes.add(
                "%s has the labels: column %s names %d examples."
                        .formatted(labels.name(), id, labels.rows()));
        CsvLabels described = describe(labels, id, notes);
        addColumns(modalities, tables, labels, id, described, notes);
        addArrays(modalities, folder, labels.rows(), notes);
        if (modalities.isEmpty()) {
            throw new DataException(
                    folder, "must hold a folder, columns or an array for a modality, got none");
        }
        return new FolderGuess(new FileData(described, modalities, null), notes);
    }

    private static DataDescription known(Path folder) {
        if (Files.exists(folder.resolve("text_train0.csv"))
                && Files.exists(folder.resolve("video_test0.csv"))) {
            return KnownData.mosi();
        }
        if (Files.isDirectory(folder.resolve("AudioWAV"))
                && Files.isDirectory(folder.resolve("Image-01-FPS"))) {
            return Files.exists(folder.resolve("train.csv"))
                    ? KnownData.cremaByLists()
                    : KnownData.crema();
        }
        Path grid = folder.resolve("labels.csv");
        if (Files.isDirectory(folder.resolve("lips"))
                && Files.isRegularFile(grid)
                && CsvTable.read(grid, ',', true)
                        .columns()
                        .containsAll(
                                List.of(
                                        "clip",
                                        "letter",
                                        "letter_start_s",
                                        "letter_end_s",
                                        "fold"))) {
            return KnownData.grid("letter", null);
        }
        Path digits = folder.resolve("train").resolve("images-idx3-ubyte.gz");
        boolean apart =
                Files.isDirectory(folder.resolve("fsdd"))
                        && Files.isDirectory(folder.resolve("mnist"));
        if (apart || Files.exists(digits)) {
            return new DigitData(1, null, null);
        }
        return null;
    }

    /** How many rows a column names; without files to be named, by what it is called. */
    private static int matches(GuessedTable table, String column, Set<String> names) {
        Set<String> values = table.values(column);
        if (values.size() < table.rows()) {
            return 0;
        }
        if (names.isEmpty()) {
            return IDS.contains(column.toLowerCase(Locale.ROOT))
                            && !table.find(LABELS, column).isEmpty()
                    ? table.rows()
                    : 0;
        }
        values.retainAll(names);
        return values.size();
    }

    private static CsvLabels describe(GuessedTable labels, String id, List<String> notes) {
        List<String> candidates = labels.find(LABELS, id);
        String label = candidates.get(0);
        boolean numbers = labels.isNumeric(label) && !labels.isWhole(label);
        notes.add(
                "Label is column %s%s%s."
                        .formatted(
                                label,
                                numbers
                                        ? ", numbers for regression"
                                        : ", %d classes".formatted(labels.values(label).size()),
                                candidates.size() > 1
                                        ? "; it could be one of "
                                                + candidates.subList(1, candidates.size())
                                        : ""));
        String fold = labels.named(FOLDS, id, label);
        String group = labels.named(GROUPS, id, label);
        notes.add(fold == null ? "There are no folds." : "Folds are in column %s.".formatted(fold));
        if (group != null) {
            notes.add("Groups that a split by seed keeps whole are in column %s.".formatted(group));
        }
        return new CsvLabels(
                List.of(labels.name()),
                labels.delimiter(),
                null,
                id,
                List.of(label),
                numbers ? CsvLabels.Answer.NUMBERS : null,
                null,
                fold,
                group);
    }

    private static void addColumns(
            List<ModalityDescription> modalities,
            List<GuessedTable> tables,
            GuessedTable labels,
            String id,
            CsvLabels described,
            List<String> notes) {
        for (GuessedTable table : tables) {
            if (!table.columns().contains(id)) {
                notes.add("%s is not used: it has no column %s.".formatted(table.name(), id));
                continue;
            }
            List<String> numbers = new ArrayList<>();
            for (String column : table.columns()) {
                boolean taken =
                        column.equals(id)
                                || described.label().contains(column)
                                || column.equals(described.fold())
                                || column.equals(described.group());
                if (taken) {
                    continue;
                }
                if (table.isText(column)) {
                    modalities.add(
                            new TextTokens(
                                    column,
                                    new TextSource(
                                            null,
                                            List.of(table.name()),
                                            table.delimiter(),
                                            null,
                                            id,
                                            column),
                                    WORDS,
                                    LENGTH,
                                    null));
                    notes.add("Column %s of %s is text.".formatted(column, table.name()));
                } else if (table.isNumeric(column)) {
                    numbers.add(column);
                }
            }
            if (!numbers.isEmpty() && !table.name().equals(labels.name())) {
                modalities.add(
                        new CsvColumns(
                                table.stem(),
                                List.of(table.name()),
                                table.delimiter(),
                                null,
                                id,
                                numbers,
                                null,
                                null,
                                null,
                                null));
                notes.add("%s has %d columns of numbers.".formatted(table.name(), numbers.size()));
            } else if (!numbers.isEmpty()) {
                notes.add("Not used: columns %s of %s.".formatted(numbers, table.name()));
            }
        }
    }

    private static void addArrays(
            List<ModalityDescription> modalities, Path folder, int rows, List<String> notes) {
        for (Path path : FolderFiles.list(folder)) {
            String name = path.getFileName().toString();
            if (Files.isDirectory(path) || !FolderFiles.ending(name).equals("npy")) {
                continue;
            }
            int[] shape = NpyFile.open(path).shape();
            if (shape.length > 0 && shape[0] == rows) {
                modalities.add(
                        new NpyArrays(
                                name.substring(0, name.length() - 4),
                                name,
                                null,
                                null,
                                null,
                                null));
                notes.add("%s has one row per label, in their order.".formatted(name));
            } else {
                notes.add("%s is not used: it has not %d rows.".formatted(name, rows));
            }
        }
    }

    /** A table with what its columns look like. */
    private record GuessedTable(CsvTable table, String delimiter) {

        /** Nothing if the first line does not name columns. */
        static Optional<GuessedTable> read(Path file, List<String> notes) {
            String first = FileBytes.text(file).lines().findFirst().orElse("");
            char delimiter = ',';
            for (char other : new char[] {';', '\t'}) {
                if (count(first, other) > count(first, delimiter)) {
                    delimiter = other;
                }
            }
            if (first.matches("[-+\\d.eE\"\\s" + delimiter + "]*")) {
                notes.add(
                        "%s is not used: its first line has no names of columns."
                                .formatted(file.getFileName()));
                return Optional.empty();
            }
            return Optional.of(
                    new GuessedTable(
                            CsvTable.read(file, delimiter, true),
                            delimiter == ',' ? null : String.valueOf(delimiter)));
        }

        private static long count(String text, char c) {
            return text.chars().filter(each -> each == c).count();
        }

        String name() {
            return table.file().getFileName().toString();
        }

        String stem() {
            return name().substring(0, name().lastIndexOf('.'));
        }

        int rows() {
            return table.rows();
        }

        List<String> columns() {
            return table.columns();
        }

        Set<String> values(String column) {
            Set<String> values = new HashSet<>();
            int place = table.column(column);
            for (int row = 0; row < table.rows(); row++) {
                values.add(table.text(row, place).strip());
            }
            return values;
        }

        boolean isNumeric(String column) {
            return values(column).stream().allMatch(v -> v.matches("[-+]?[\\d.]+([eE][-+]?\\d+)?"));
        }

        boolean isWhole(String column) {
            return values(column).stream().allMatch(v -> v.matches("-?\\d+"));
        }

        /** At least three words on average. */
        boolean isText(String column) {
            Set<String> values = values(column);
            long spaces = values.stream().mapToLong(value -> count(value, ' ')).sum();
            return spaces >= 2L * values.size();
        }

        String named(List<String> names, String... not) {
            for (String column : columns()) {
                if (names.contains(column.toLowerCase(Locale.ROOT))
                        && !List.of(not).contains(column)) {
                    return column;
                }
            }
            return null;
        }

        /** Columns that may be the label, the likeliest first. */
        List<String> find(List<String> names, String id) {
            List<String> found = new ArrayList<>();
            for (String column : columns()) {
                String lower = column.toLowerCase(Locale.ROOT);
                if (column.equals(id) || FOLDS.contains(lower) || GROUPS.contains(lower)) {
                    continue;
                }
                int different = values(column).size();
                boolean repeats = different >= 2 && different <= Math.max(2, rows() / 2);
                if (names.contains(lower)) {
                    found.add(0, column);
                } else if (repeats && !isText(column) && (isWhole(column) || !isNumeric(column))) {
                    found.add(column);
                }
            }
            return found;
        }
    }
}
