package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.files.CsvRows;

/**
 * Columns of numbers in CSV files, a vector {@code [columns]} for each row. A row whose cells are
 * all empty is an example that lacks the modality; a row with some empty cells is an error.
 *
 * @param name of the modality
 * @param files one or several with the same columns, read one after the other
 * @param delimiter between cells, one character; null is a comma
 * @param header whether the first line names the columns, else they are "1", "2", ...; null is true
 * @param id the column of ids; null: the number of the row, from 1 through all files
 * @param columns names, or "a..b" for all from a to b; null for all but the id and those in {@code
 *     except}
 * @param except columns that are left out; null for none
 * @param standardize null is {@code feature}, the columns
 * @param noise white noise on the numbers as they are in the file; null for none
 * @param optional whether examples may lack it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsvColumns(
        String name,
        List<String> files,
        String delimiter,
        Boolean header,
        String id,
        List<String> columns,
        List<String> except,
        Standardize standardize,
        Noise noise,
        Boolean optional)
        implements ModalityDescription {

    /**
     * Checks what must be given.
     *
     * @throws IllegalArgumentException if name or files are not given, or the delimiter is no
     *     character
     */
    public CsvColumns {
        Check.given(name, "name");
        Check.measured(standardize);
        files = Check.files(files);
        Check.delimiter(delimiter);
    }

    @Override
    public Source open(Path root, List<String> ids) {
        CsvRows rows =
                new CsvRows(root, files, Check.delimiter(delimiter), Check.or(header, true), id);
        List<Integer> places = places(rows);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("columns must be at least one, got none of " + name);
        }
        return new Source() {
            @Override
            public boolean has(String example) {
                return rows.has(example)
                        && places.stream().anyMatch(c -> !rows.text(example, c).isBlank());
            }

            @Override
            public Values read(String example) {
                double[] numbers =
                        places.stream().mapToDouble(c -> rows.number(example, c)).toArray();
                return Vectors.of(numbers, noise, name, example);
            }

            @Override
            public Fit fit() {
                return Check.or(standardize, Standardize.FEATURE).fit(0);
            }

            @Override
            public String missing(String example) {
                return "%s: no row of id %s, or nothing in it".formatted(rows.files(), example);
            }
        };
    }

    private List<Integer> places(CsvRows rows) {
        if (columns != null) {
            return rows.places(columns);
        }
        List<Integer> places = new ArrayList<>(rows.places(rows.columns()));
        places.removeAll(rows.places(Check.list(except)));
        if (id != null) {
            places.removeAll(rows.places(List.of(id)));
        }
        return places;
    }
}
