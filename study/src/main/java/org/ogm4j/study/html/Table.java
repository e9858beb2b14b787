package org.ogm4j.study.html;

import java.util.List;
import java.util.stream.Collectors;

/** A table that scrolls by itself where the screen is narrow. All text is escaped. */
public final class Table {

    private final String caption;
    private final StringBuilder rows = new StringBuilder();
    private final List<String> columns;

    /** With a caption and the titles of all columns, the one of the rows' names first. */
    public Table(String caption, List<String> columns) {
        this.caption = Html.escape(caption);
        this.columns = columns.stream().map(Html::escape).toList();
    }

    /**
     * Adds a row.
     *
     * @param kind a CSS class, or empty
     * @param name of the row
     * @param cells one for each further column
     */
    public Table row(String kind, String name, List<String> cells) {
        rows.append(
                "<tr class=\"%s\"><th scope=\"row\">%s</th>"
                        .formatted(Html.escape(kind), Html.escape(name)));
        for (int i = 0; i < cells.size(); i++) {
            rows.append(
                    "<td data-title=\"%s\">%s</td>"
                            .formatted(columns.get(i + 1), Html.escape(cells.get(i))));
        }
        rows.append("</tr>\n");
        return this;
    }

    /** The table. */
    public String html() {
        String head =
                columns.stream()
                        .map("<th scope=\"col\">%s</th>"::formatted)
                        .collect(Collectors.joining());
        return """
        <p class="hint" hidden="hidden">This table scrolls sideways.</p>
        <div class="scroll" role="region" tabindex="0" aria-label="%s"><table>
        <caption><span>%s</span></caption>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody></table></div>
        """
                .formatted(caption, caption, head, rows);
    }
}
