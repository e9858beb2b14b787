package org.ogm4j.study.document;

import org.ogm4j.study.table.Words;

/**
 * All tables as Markdown, each with the command that makes it.
 *
 * @param compared what they show
 * @param command that makes them
 */
public record Tables(Compared compared, String command) {

    /** One for each set of data; then the {@link Matrix}. */
    public String all() {
        StringBuilder text = new StringBuilder(DataTable.legend(compared.baseline()));
        for (String data : compared.data()) {
            text.append("\n### %s\n\n".formatted(Words.markdown(data)));
            text.append(code()).append(new DataTable(compared, data).markdown());
        }
        return text + "\n### All data\n\n" + matrix();
    }

    /** The {@link Matrix} alone. */
    public String matrix() {
        return code() + new Matrix(compared).markdown();
    }

    private String code() {
        return "```text\n%s\n```\n\n".formatted(command);
    }
}
