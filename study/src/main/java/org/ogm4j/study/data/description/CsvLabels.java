package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.files.CsvRows;
import org.ogm4j.study.data.kind.Check;

/**
 * Labels in columns of CSV files, one example per row.
 *
 * <p>The column of folds, of groups or of labels may be {@code <file>}: what it says is then the
 * name of the file without its ending.
 *
 * @param files one or several with the same columns, read one after the other
 * @param delimiter between cells, one character; null is a comma
 * @param header whether the first line names the columns, else they are "1", "2", ...; null is true
 * @param id the column of ids: names of files, with their endings or without, or of the recordings
 *     that they were made of; null: the number of the row, from 1 through all files
 * @param label one column of classes; or columns of 0 and 1; or columns of numbers; "a..b" stands
 *     for all from a to b
 * @param target which of these; null is {@code class}
 * @param classes in the order of their indices, others are an error; null: all that occur, in the
 *     order of numbers if all are whole numbers, else in alphabetical order
 * @param fold the column of folds; null for none
 * @param group the column of groups that a split by seed keeps whole; or a regular expression with
 *     a group {@code (?<group>...)} that whole ids match; null for none
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsvLabels(
        List<String> files,
        String delimiter,
        Boolean header,
        String id,
        List<String> label,
        Answer target,
        List<String> classes,
        String fold,
        String group)
        implements LabelsDescription {

    private static final String GROUP = "(?<group>";

    /** What labels are. */
    public enum Answer {
        /** One of several classes. */
        @JsonProperty("class")
        CLASS(Target.Kind.CLASS),
        /** Any number of several labels, 0 or 1 each. */
        @JsonProperty("labels")
        LABELS(Target.Kind.LABELS),
        /** Numbers. */
        @JsonProperty("numbers")
        NUMBERS(Target.Kind.NUMBERS);

        private final Target.Kind kind;

        Answer(Target.Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * Checks what must be given.
     *
     * @throws IllegalArgumentException if files or labels are not given, or there are several
     *     columns of classes
     */
    public CsvLabels {
        files = Check.files(files);
        Check.delimiter(delimiter);
        label = Check.list(label);
        boolean classLabels = Check.or(target, Answer.CLASS) == Answer.CLASS;
        if (label.isEmpty() || (classLabels && label.size() > 1)) {
            throw new IllegalArgumentException(
                    "label must be %s, got %s"
                            .formatted(classLabels ? "one column" : "columns", label));
        }
        classes = Check.whole(classes);
        if (group != null && group.contains(GROUP)) {
            Check.pattern(group, "group");
        }
    }

    /**
     * Classes in a file with a header.
     *
     * @param file its name
     * @param id the column of ids
     * @param label the column of classes
     * @param fold the column of folds; null for none
     * @return the description
     */
    public static CsvLabels of(String file, String id, String label, String fold) {
        return new CsvLabels(List.of(file), null, null, id, List.of(label), null, null, fold, null);
    }

    @Override
    public Labelled read(Path root) {
        CsvRows rows =
                new CsvRows(root, files, Check.delimiter(delimiter), Check.or(header, true), id);
        Target.Kind kind = Check.or(target, Answer.CLASS).kind;
        List<Integer> columns = kind == Target.Kind.CLASS ? List.of() : rows.places(label);
        List<String> names =
                kind == Target.Kind.CLASS
                        ? ClassNames.of(
                                classes,
                                rows.ids().stream()
                                        .map(each -> rows.name(each, label.get(0)))
                                        .toList())
                        : columns.stream().map(rows.columns()::get).toList();
        List<Example> examples = new ArrayList<>();
        for (String each : rows.ids()) {
            List<Double> own =
                    kind == Target.Kind.CLASS
                            ? List.of(classOf(rows, each, names))
                            : columns.stream().map(c -> number(rows, each, c, kind)).toList();
            examples.add(
                    new Example(
                            each,
                            own,
                            fold == null ? null : rows.name(each, fold),
                            groupOf(rows, each)));
        }
        try {
            return new Labelled(new Target(kind, names), examples);
        } catch (IllegalArgumentException e) {
            throw new DataException(root.resolve(files.get(0)), e.getMessage(), e);
        }
    }

    private double classOf(CsvRows rows, String each, List<String> names) {
        String own = rows.name(each, label.get(0));
        int index = names.indexOf(own);
        if (index < 0) {
            throw rows.at(each, "class must be one of %s, got %s".formatted(names, own));
        }
        return index;
    }

    private String groupOf(CsvRows rows, String each) {
        if (group == null || !group.contains(GROUP)) {
            return group == null ? null : rows.name(each, group);
        }
        Matcher matcher = Pattern.compile(group).matcher(each);
        if (!matcher.matches()) {
            throw rows.at(each, "id must match %s, got %s".formatted(group, each));
        }
        return matcher.group("group");
    }

    private static double number(CsvRows rows, String each, int column, Target.Kind kind) {
        double number = rows.number(each, column);
        if (kind == Target.Kind.LABELS && number != 0 && number != 1) {
            throw rows.at(
                    each,
                    "label %s must be 0 or 1, got %s"
                            .formatted(rows.columns().get(column), number));
        }
        return number;
    }
}
