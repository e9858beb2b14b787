package org.ogm4j.study.table;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, row by row. */
public final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    /** A table with these titles. */
    public MarkdownTable(List<String> titles) {
        row(titles);
        text.append("|---".repeat(titles.size())).append("|\n");
    }

    /** Adds a row; what Markdown would take for its own is escaped. */
    public void row(List<String> cells) {
        text.append(
                cells.stream()
                        .map(Words::markdown)
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
