package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.CsvTable;

/**
 * The part of a recording where something happens, by a CSV file with names of columns: of {@code
 * seconds} in length, round the middle between {@code start} and {@code end}, or from {@code start}
 * on where no end is named. What would lie outside of the recording is moved inside.
 *
 * @param file with a row for each example; others may be in it
 * @param id the column of the ids
 * @param start the column of the start, in seconds from the beginning of the recording
 * @param end the column of the end; null: the part begins at the start
 * @param seconds how long the part is
 * @param fps images per second, of frames; sounds have their own rate
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Excerpt(
        String file,
        String id,
        String start,
        String end,
        @JsonProperty(required = true) double seconds,
        Double fps) {

    /**
     * Checks what must be given.
     *
     * @throws IllegalArgumentException if it is not, or a number is not positive
     */
    public Excerpt {
        Check.given(file, "file");
        Check.given(id, "id");
        Check.given(start, "start");
        Check.positive(seconds, "seconds");
        Check.positive(fps, "fps");
    }

    /** Reads where the parts are. */
    Places open(Path root) {
        CsvTable table = CsvTable.read(root.resolve(file), ',', true);
        int ids = table.column(id);
        int starts = table.column(start);
        int ends = end == null ? -1 : table.column(end);
        Map<String, Double> begins = new HashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            double from = table.number(row, starts);
            double begin = ends < 0 ? from : (from + table.number(row, ends)) / 2 - seconds / 2;
            if (begins.put(table.name(row, ids), begin) != null) {
                throw table.at(row, "an id must come once, got again " + table.name(row, ids));
            }
        }
        return new Places(root.resolve(file), seconds, begins);
    }

    /** Where the parts are, in seconds. */
    record Places(Path file, double seconds, Map<String, Double> begins) {

        /** How many samples or frames a part has. */
        int length(double rate) {
            return Math.max(1, Check.count(seconds, rate));
        }

        /**
         * The first sample or frame of an example's part.
         *
         * @param recording the file of the recording
         * @param available how many samples or frames it has
         * @param rate of them per second
         */
        int first(String id, Path recording, int available, double rate) {
            Double begin = begins.get(id);
            if (begin == null) {
                throw new DataException(file, "must have a row for %s, got none".formatted(id));
            }
            if (available < length(rate)) {
                throw new DataException(
                        recording,
                        "must be at least %s s long for the excerpt, got %s s"
                                .formatted(seconds, available / rate));
            }
            long first = Math.round(begin * rate);
            return (int) Math.max(0, Math.min(available - length(rate), first));
        }
    }
}
