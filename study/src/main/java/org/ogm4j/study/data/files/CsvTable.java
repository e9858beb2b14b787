package org.ogm4j.study.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.ogm4j.study.data.DataException;

/**
 * A table of cells in a text file, as RFC 4180 has it: cells between delimiters, a cell may stand
 * in double quotes and then hold delimiters, line breaks and quotes written twice. Lines end with
 * LF or CR LF; a byte order mark and empty lines are passed over. All rows have the same number of
 * cells. Spaces around a number, an id or a class are dropped.
 *
 * @since 0.1.0
 */
public final class CsvTable {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final Path file;
    private final List<String> columns;
    private final List<List<String>> rows;
    private final List<Integer> lines;

    private CsvTable(
            Path file, List<String> columns, List<List<String>> rows, List<Integer> lines) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @param file in UTF-8
     * @param delimiter between cells
     * @param header whether the first line names the columns; else their names are "1", "2", ...
     * @return the table
     * @throws DataException if the file cannot be read, a row has more or fewer cells than the
     *     first, a quote is not closed, or two columns have the same name
     */
    public static CsvTable read(Path file, char delimiter, boolean header) {
        CsvLines parser = new CsvLines(file, FileBytes.text(file), delimiter);
        List<List<String>> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        while (parser.hasNext()) {
            int line = parser.line();
            List<String> row = parser.next();
            if (row.size() == 1 && row.get(0).isBlank()) {
                continue;
            }
            if (!rows.isEmpty() && row.size() != rows.get(0).size()) {
                throw DataException.atLine(
                        file,
                        line,
                        "a row must have %d cells as the first, got %d"
                                .formatted(rows.get(0).size(), row.size()));
            }
            rows.add(row);
            lines.add(line);
        }
        if (rows.isEmpty()) {
            throw new DataException(file, "must have a row, got none");
        }
        List<String> columns = new ArrayList<>();
        if (header) {
            rows.remove(0).forEach(name -> columns.add(name.strip()));
            lines.remove(0);
            if (new HashSet<>(columns).size() < columns.size()) {
                throw DataException.atLine(
                        file, 1, "columns must have different names, got " + columns);
            }
        } else {
            for (int i = 1; i <= rows.get(0).size(); i++) {
                columns.add(String.valueOf(i));
            }
        }
        return new CsvTable(file, columns, rows, lines);
    }

    /**
     * The file.
     *
     * @return as given
     */
    public Path file() {
        return file;
    }

    /**
     * The names of the columns.
     *
     * @return in order
     */
    public List<String> columns() {
        return List.copyOf(columns);
    }

    /**
     * How many rows there are, the header not counted.
     *
     * @return the number
     */
    public int rows() {
        return rows.size();
    }

    /**
     * Where a column is.
     *
     * @param name of the column
     * @return its place, from 0
     * @throws DataException if there is none of this name
     */
    public int column(String name) {
        int place = columns.indexOf(name);
        if (place < 0) {
            throw new DataException(
                    file, "column must be one of %s, got %s".formatted(columns, name));
        }
        return place;
    }

    /**
     * The text of a cell.
     *
     * @param row from 0
     * @param column from 0
     * @return as it stands
     */
    public String text(int row, int column) {
        return rows.get(row).get(column);
    }

    /**
     * The text of a cell that must not be empty.
     *
     * @param row from 0
     * @param column from 0
     * @return without spaces around it
     * @throws DataException if it is empty
     */
    public String name(int row, int column) {
        String name = text(row, column).strip();
        if (name.isEmpty()) {
            throw at(row, "column %s must not be empty".formatted(columns.get(column)));
        }
        return name;
    }

    /**
     * The number in a cell.
     *
     * @param row from 0
     * @param column from 0
     * @return a finite number
     * @throws DataException if the cell is empty or holds anything else
     */
    public double number(int row, int column) {
        String text = text(row, column).strip();
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Float.isFinite((float) number)) { // as it will be kept
            throw at(
                    row,
                    "column %s must be a finite number, got %s"
                            .formatted(
                                    columns.get(column), text.isEmpty() ? "an empty cell" : text));
        }
        return number;
    }

    /**
     * What is wrong with a row.
     *
     * @param row from 0
     * @param problem what must be, and what was found
     * @return the exception, with file and line
     */
    public DataException at(int row, String problem) {
        return DataException.atLine(file, lines.get(row), problem);
    }
}
