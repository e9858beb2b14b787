package org.ogm4j.study.document;

import java.util.List;
import java.util.stream.Collectors;
import org.ogm4j.study.table.Words;

/** A table in Markdown, row by row. */
final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    MarkdownTable(List<String> titles) {
        row(titles);
        text.append("|---".repeat(titles.size())).append("|\n");
    }

    void row(List<String> cells) {
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
