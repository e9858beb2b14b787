package org.ogm4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A table in plain text: a header, a line under it, and columns as wide as they need to be. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        add(header);
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** Ends with a line break; no line ends with a space. */
    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringJoiner line = new StringJoiner(" | ");
            StringJoiner rule = new StringJoiner("-+-");
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.add(cell + " ".repeat(widths[column] - cell.length()));
                rule.add("-".repeat(widths[column]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (row == rows.get(0)) {
                text.append(rule).append('\n');
            }
        }
        return text.toString();
    }
}
