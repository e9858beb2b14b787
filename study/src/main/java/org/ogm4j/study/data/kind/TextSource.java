package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.ogm4j.study.data.files.CsvRows;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.data.files.FolderFiles;

/**
 * Where texts are: a folder of {@code ID.txt}, or a column of CSV files.
 *
 * @param folder of text files in UTF-8; null if texts are in a column
 * @param files CSV files; null if texts are in a folder
 * @param delimiter between cells; null is a comma
 * @param header whether the first line names the columns; null is true
 * @param id the column of ids; null: the number of the row, from 1 through all files
 * @param column the column of texts
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextSource(
        String folder,
        List<String> files,
        String delimiter,
        Boolean header,
        String id,
        String column) {

    /**
     * Checks that one of both is given.
     *
     * @throws IllegalArgumentException if neither or both are
     */
    public TextSource {
        if ((folder == null) == (files == null)) {
            throw new IllegalArgumentException(
                    "texts must be in a folder or in files, got %s and %s"
                            .formatted(folder, files));
        }
        if (files != null) {
            files = Check.files(files);
            Check.given(column, "column");
        }
        Check.delimiter(delimiter);
    }

    /**
     * A folder of text files.
     *
     * @param folder its name
     * @return the source
     */
    public static TextSource folder(String folder) {
        return new TextSource(folder, null, null, null, null, null);
    }

    /**
     * A column of a CSV file with a header.
     *
     * @param file its name
     * @param id the column of ids
     * @param column the column of texts
     * @return the source
     */
    public static TextSource column(String file, String id, String column) {
        return new TextSource(null, List.of(file), null, null, id, column);
    }

    /** Texts by id; an empty text is there. */
    Texts open(Path root, List<String> ids) {
        if (folder != null) {
            FolderFiles found = new FolderFiles(root.resolve(folder), Set.of("txt"), false, ids);
            return new Texts() {
                @Override
                public boolean has(String example) {
                    return found.has(example);
                }

                @Override
                public String text(String example) {
                    return FileBytes.text(found.get(example));
                }

                @Override
                public String missing(String example) {
                    return found.missing(example, "txt");
                }
            };
        }
        CsvRows rows =
                new CsvRows(root, files, Check.delimiter(delimiter), Check.or(header, true), id);
        int place = rows.places(List.of(column)).get(0);
        return new Texts() {
            @Override
            public boolean has(String example) {
                return rows.has(example);
            }

            @Override
            public String text(String example) {
                return rows.text(example, place);
            }

            @Override
            public String missing(String example) {
                return "%s: no row of id %s".formatted(rows.files(), example);
            }
        };
    }

    /** Texts by id. */
    interface Texts {

        boolean has(String id);

        String text(String id);

        String missing(String id);
    }
}
