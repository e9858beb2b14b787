package org.ogm4j.study.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.data.DataException;

/**
 * The rows of some CSV files, one after the other, by id: what a column says, or the number of the
 * row from 1, counted through all files.
 */
public final class CsvRows {

    /** In place of a column's name: the name of the file without its ending. */
    public static final String FILE = "<file>";

    private final List<CsvTable> tables = new ArrayList<>();
    private final List<CsvTable> tableOf = new ArrayList<>();
    private final List<Integer> rowOf = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> ids = new ArrayList<>();

    /**
     * Reads all files.
     *
     * @param root what their names are relative to
     * @param files their names, at least one
     * @param delimiter between cells
     * @param header whether the first line of each names the columns
     * @param id name of the column; null for the numbers of rows
     * @throws DataException if a file cannot be used, if columns differ, or an id comes twice
     */
    public CsvRows(Path root, List<String> files, char delimiter, boolean header, String id) {
        for (String file : files) {
            CsvTable table = CsvTable.read(root.resolve(file), delimiter, header);
            tables.add(table);
            if (!table.columns().equals(tables.get(0).columns())) {
                throw new DataException(
                        table.file(),
                        "must have the columns of %s, got %s"
                                .formatted(tables.get(0).file(), table.columns()));
            }
            int column = id == null ? -1 : table.column(id);
            for (int row = 0; row < table.rows(); row++) {
                String own = id == null ? String.valueOf(ids.size() + 1) : table.name(row, column);
                if (places.put(own, ids.size()) != null) {
                    throw table.at(row, "an id must come once, got again " + own);
                }
                ids.add(own);
                tableOf.add(table);
                rowOf.add(row);
            }
        }
    }

    /**
     * All ids.
     *
     * @return in the order of rows
     */
    public List<String> ids() {
        return ids;
    }

    /**
     * The names of the columns.
     *
     * @return in order
     */
    public List<String> columns() {
        return tables.get(0).columns();
    }

    /**
     * Whether there is a row of an id.
     *
     * @param id of an example
     * @return whether there is
     */
    public boolean has(String id) {
        return places.containsKey(id);
    }

    /**
     * The places of columns.
     *
     * @param names of columns; "a..b" stands for all from a to b
     * @return from 0
     * @throws DataException if there is no such column
     */
    public List<Integer> places(List<String> names) {
        List<Integer> found = new ArrayList<>();
        for (String name : names) {
            int dots = columns().contains(name) ? -1 : name.indexOf("..");
            if (dots < 0) {
                found.add(tables.get(0).column(name));
                continue;
            }
            int from = tables.get(0).column(name.substring(0, dots));
            int to = tables.get(0).column(name.substring(dots + 2));
            for (int column = from; column <= to; column++) {
                found.add(column);
            }
        }
        return found;
    }

    /**
     * The text of a cell.
     *
     * @param id of the row
     * @param column its place
     * @return as it stands
     */
    public String text(String id, int column) {
        return table(id).text(row(id), column);
    }

    /**
     * The number in a cell.
     *
     * @param id of the row
     * @param column its place
     * @return a finite number
     * @throws DataException if there is none
     */
    public double number(String id, int column) {
        return table(id).number(row(id), column);
    }

    /**
     * What a column says of a row.
     *
     * @param id of the row
     * @param column its name, or {@link #FILE}
     * @return not empty
     * @throws DataException if the cell is empty
     */
    public String name(String id, String column) {
        CsvTable table = table(id);
        if (column.equals(FILE)) {
            String file = table.file().getFileName().toString();
            int dot = file.lastIndexOf('.');
            return dot > 0 ? file.substring(0, dot) : file;
        }
        return table.name(row(id), table.column(column));
    }

    /**
     * What is wrong with a row.
     *
     * @param id of the row
     * @param problem what must be, and what was found
     * @return the exception, with file and line
     */
    public DataException at(String id, String problem) {
        return table(id).at(row(id), problem);
    }

    /**
     * The files.
     *
     * @return their paths, for people
     */
    public String files() {
        return String.join(", ", tables.stream().map(table -> table.file().toString()).toList());
    }

    private CsvTable table(String id) {
        return tableOf.get(places.get(id));
    }

    private int row(String id) {
        return rowOf.get(places.get(id));
    }
}
