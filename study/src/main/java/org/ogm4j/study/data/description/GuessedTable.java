package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ogm4j.study.data.files.CsvTable;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.data.files.FolderFiles;

/** A table with what its columns look like. */
record GuessedTable(CsvTable table, String delimiter) {

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

    Path path() {
        return table.file();
    }

    String name() {
        return path().getFileName().toString();
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
            if (names.contains(column.toLowerCase(Locale.ROOT)) && !List.of(not).contains(column)) {
                return column;
            }
        }
        return null;
    }

    /** Columns that may be the label, the likeliest first. */
    List<String> find(String id) {
        List<String> found = new ArrayList<>();
        for (String column : columns()) {
            String lower = column.toLowerCase(Locale.ROOT);
            if (column.equals(id)
                    || FolderGuess.FOLDS.contains(lower)
                    || FolderGuess.GROUPS.contains(lower)) {
                continue;
            }
            int different = values(column).size();
            boolean repeats = different >= 2 && different <= Math.max(2, rows() / 2);
            if (FolderGuess.LABELS.contains(lower)) {
                found.add(0, column);
            } else if (repeats && !isText(column) && (isWhole(column) || !isNumeric(column))) {
                found.add(column);
            }
        }
        return found;
    }

    /** How many of these examples a column names; without any, by what the column is called. */
    private int matches(String column, Set<String> names) {
        Set<String> values = values(column);
        if (values.size() < rows() || find(column).isEmpty()) {
            return 0;
        }
        if (names.isEmpty()) {
            return FolderGuess.IDS.contains(column.toLowerCase(Locale.ROOT)) ? rows() : 0;
        }
        return (int)
                values.stream()
                        .filter(id -> names.contains(id) || names.contains(FolderFiles.stem(id)))
                        .count();
    }

    private boolean saysLabel(String id) {
        return FolderGuess.LABELS.contains(find(id).get(0).toLowerCase(Locale.ROOT));
    }

    /**
     * A table that may have the labels.
     *
     * @param id the column that names examples
     * @param matches how many
     */
    record Named(GuessedTable table, String id, int matches) {

        private static Named of(GuessedTable table, Set<String> names) {
            Named best = new Named(table, null, 0);
            for (String column : table.columns()) {
                int matches = table.matches(column, names);
                if (matches > best.matches) {
                    best = new Named(table, column, matches);
                }
            }
            return best;
        }

        /**
         * The tables that name examples and have a column for labels, the one that names the most
         * first; of equals one whose column is called label or the like.
         */
        static List<Named> all(List<GuessedTable> tables, Set<String> names) {
            return tables.stream()
                    .map(table -> of(table, names))
                    .filter(each -> each.matches > 0)
                    .sorted(
                            Comparator.comparingInt(Named::matches)
                                    .thenComparing(each -> each.table.saysLabel(each.id))
                                    .reversed())
                    .toList();
        }
    }
}
