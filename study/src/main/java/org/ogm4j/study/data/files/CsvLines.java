package org.ogm4j.study.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ogm4j.study.data.DataException;

/** Takes a text apart into rows of cells, and counts its lines. */
final class CsvLines {

    private static final char QUOTE = '"';

    private final Path file;
    private final String text;
    private final char delimiter;
    private int at;
    private int line = 1;

    CsvLines(Path file, String text, char delimiter) {
        this.file = file;
        this.text = text;
        this.delimiter = delimiter;
    }

    boolean hasNext() {
        return at < text.length();
    }

    /** The line that the next row begins in, from 1. */
    int line() {
        return line;
    }

    List<String> next() {
        List<String> row = new ArrayList<>();
        while (true) {
            row.add(hasNext() && text.charAt(at) == QUOTE ? quoted() : plain());
            if (!hasNext()) {
                return row;
            }
            if (text.charAt(at) == delimiter) {
                at++;
                continue;
            }
            at += text.charAt(at) == '\r' ? 2 : 1;
            line++;
            return row;
        }
    }

    private String plain() {
        int start = at;
        while (hasNext() && !ends()) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int first = line;
        StringBuilder cell = new StringBuilder();
        for (at++; hasNext(); at++) {
            char c = text.charAt(at);
            if (c == QUOTE) {
                boolean twice = at + 1 < text.length() && text.charAt(at + 1) == QUOTE;
                if (!twice) {
                    at++;
                    if (hasNext() && !ends()) {
                        throw DataException.atLine(
                                file, line, "a quoted cell must end with its quote, got more");
                    }
                    return cell.toString();
                }
                at++;
            }
            line += c == '\n' ? 1 : 0;
            cell.append(c);
        }
        throw DataException.atLine(file, first, "a quote must be closed, got the end of the file");
    }

    private boolean ends() {
        char c = text.charAt(at);
        return c == delimiter
                || c == '\n'
                || (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n');
    }
}
