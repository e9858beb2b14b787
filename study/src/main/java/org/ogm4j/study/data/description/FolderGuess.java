package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.CsvTable;
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
 *   <li>The labels are in the CSV file that names the most of these files and has a column for
 *       them; of two that name as many, in the one where the column is called so. Where there are
 *       no such folders, it is one with a column of ids.
 *   <li>If none does, classes are the names of folders: in that of each modality, {@code
 *       audio/cat/x.wav}, or around all of them, {@code cat/x.wav}.
 *   <li>The label is the column called label, class, target, emotion or the like; else the first
 *       column with at least 2 values that repeat. Folds and groups go by the names of columns too.
 *   <li>Other CSV files with the same ids are modalities of their numbers; a column of several
 *       words is a modality of tokens. Where one CSV file is all there is, columns of numbers whose
 *       names begin alike, {@code pulse_1} and {@code pulse_2}, are a modality.
 *   <li>A {@code .npy} file with as many rows as there are labels is a modality.
 * </ul>
 *
 * @param data what was found
 * @param notes what was decided, and what else was possible, one sentence each
 * @since 0.1.0
 */
public record FolderGuess(DataDescription data, List<String> notes) {

    static final List<String> LABELS =
            List.of("label", "labels", "class", "target", "y", "emotion", "sentiment", "category");
    static final List<String> FOLDS =
            List.of("fold", "split", "part", "subset", "partition", "set");
    static final List<String> GROUPS =
            List.of("group", "speaker", "talker", "subject", "actor", "user", "patient");
    static final List<String> IDS = List.of("id", "clip", "name", "file", "example", "key");
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
     * @throws DataException if there are no labels, or no modality
     */
    public static FolderGuess of(Path folder) {
        DataDescription known = known(folder);
        if (known != null) {
            return new FolderGuess(known, List.of("The layout is known: see docs/data.md."));
        }
        List<String> notes = new ArrayList<>();
        List<GuessedTable> tables = new ArrayList<>();
        for (Path path : FolderFiles.list(folder)) {
            String ending = FolderFiles.ending(path.getFileName().toString());
            if (!Files.isDirectory(path) && (ending.equals("csv") || ending.equals("tsv"))) {
                GuessedTable.read(path, notes).ifPresent(tables::add);
            }
        }
        List<String> told = new ArrayList<>();
        List<GuessedFolder> flat = GuessedFolder.all(folder, 0, told);
        Set<String> names = new HashSet<>();
        flat.forEach(each -> names.addAll(each.ids()));
        List<GuessedTable.Named> named = GuessedTable.Named.all(tables, names);
        Optional<FolderGuess> classes =
                GuessedClasses.of(folder, named.isEmpty() ? 0 : flat.size());
        if (classes.isPresent()) {
            tables.forEach(
                    table ->
                            notes.add(
                                    "%s is not used: folders are the classes."
                                            .formatted(table.name())));
            notes.addAll(classes.get().notes());
            return new FolderGuess(classes.get().data(), notes);
        }
        if (named.isEmpty()) {
            throw new DataException(
                    folder,
                    "must hold a CSV file with a header, a column with the names of files and a column of labels, or a folder for each modality with one for each class in it, got %d CSV files"
                            .formatted(tables.size()));
        }
        notes.addAll(told);
        GuessedTable labels = named.get(0).table();
        String id = named.get(0).id();
        notes.add(
                "%s has the labels: column %s names %d examples."
                        .formatted(labels.name(), id, named.get(0).matches()));
        for (GuessedTable.Named other : named.subList(1, named.size())) {
            notes.add(
                    "Labels could be in %s too: column %s names %d examples."
                            .formatted(other.table().name(), other.id(), other.matches()));
        }
        CsvLabels described = describe(labels, id, notes);
        List<ModalityDescription> modalities = new ArrayList<>();
        flat.forEach(each -> modalities.add(each.modality()));
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

    private static CsvLabels describe(GuessedTable labels, String id, List<String> notes) {
        List<String> candidates = labels.find(id);
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
                modalities.add(columns(table.stem(), table, id, numbers));
                notes.add("%s has %d columns of numbers.".formatted(table.name(), numbers.size()));
            } else if (!numbers.isEmpty() && modalities.isEmpty() && tables.size() == 1) {
                addByName(modalities, table, id, numbers, notes);
            } else if (!numbers.isEmpty()) {
                notes.add("Not used: columns %s of %s.".formatted(numbers, table.name()));
            }
        }
    }

    private static CsvColumns columns(
            String name, GuessedTable table, String id, List<String> numbers) {
        return new CsvColumns(
                name,
                List.of(table.name()),
                table.delimiter(),
                null,
                id,
                numbers,
                null,
                null,
                null,
                null);
    }

    /** Where one table is all there is: columns whose names begin alike are a modality. */
    private static void addByName(
            List<ModalityDescription> modalities,
            GuessedTable table,
            String id,
            List<String> numbers,
            List<String> notes) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String column : numbers) {
            String begin = column.replaceFirst("([_.: -].*|\\d+)$", "");
            byName.computeIfAbsent(begin, key -> new ArrayList<>()).add(column);
        }
        if (byName.size() < 2
                || byName.containsKey("")
                || byName.values().stream().anyMatch(each -> each.size() < 2)) {
            throw new DataException(
                    table.path(),
                    "must have columns of numbers whose names tell the modality, such as pulse_1, pulse_2, heat_1, heat_2, or there must be a CSV file for each, got "
                            + numbers);
        }
        byName.forEach(
                (name, own) -> {
                    modalities.add(columns(name, table, id, own));
                    notes.add("Modality %s is %d columns of numbers.".formatted(name, own.size()));
                });
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
}
