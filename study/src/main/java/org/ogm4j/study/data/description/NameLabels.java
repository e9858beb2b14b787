package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.kind.Check;

/**
 * Labels in the names of files or folders, such as {@code 7_anna_12.wav}.
 *
 * @param folder whose files and folders are named after examples
 * @param pattern a regular expression of Java that the whole name without its ending matches, with
 *     a group {@code (?<label>...)} for the class and, if wanted, groups {@code id}, {@code fold}
 *     and {@code group}; without {@code id} the whole name is the id
 * @param classes in the order of their indices, others are an error; null: all that occur, in order
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NameLabels(String folder, String pattern, List<String> classes)
        implements LabelsDescription {

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it is none, or has no group of labels
     */
    public NameLabels {
        Check.given(folder, "folder");
        Check.given(pattern, "pattern");
        classes = Check.whole(classes);
        Check.pattern(pattern, "pattern");
        if (!pattern.contains("(?<label>")) {
            throw new IllegalArgumentException(
                    "pattern must have a group (?<label>...), got " + pattern);
        }
    }

    @Override
    public Labelled read(Path root) {
        Path where = root.resolve(folder);
        Pattern compiled = Pattern.compile(pattern);
        Map<String, Matcher> names = new LinkedHashMap<>();
        for (Path file : FolderFiles.list(where)) {
            String stem = FolderFiles.id(file.getFileName().toString(), file);
            Matcher matcher = compiled.matcher(stem);
            if (!matcher.matches()) {
                throw new DataException(file, "must have a name that matches " + pattern);
            }
            if (names.put(group(matcher, "id", stem), matcher) != null) {
                throw new DataException(file, "an id must come once, got it again");
            }
        }
        List<String> known =
                ClassNames.of(classes, names.values().stream().map(m -> m.group("label")).toList());
        List<Example> examples = new ArrayList<>();
        names.forEach(
                (id, matcher) -> {
                    int index = known.indexOf(matcher.group("label"));
                    if (index < 0) {
                        throw new DataException(
                                where,
                                "class must be one of %s, got %s of %s"
                                        .formatted(known, matcher.group("label"), id));
                    }
                    examples.add(
                            new Example(
                                    id,
                                    List.of((double) index),
                                    group(matcher, "fold", null),
                                    group(matcher, "group", null)));
                });
        try {
            return new Labelled(new Target(Target.Kind.CLASS, known), examples);
        } catch (IllegalArgumentException e) {
            throw new DataException(where, e.getMessage(), e);
        }
    }

    private String group(Matcher matcher, String name, String otherwise) {
        return pattern.contains("(?<" + name + ">") ? matcher.group(name) : otherwise;
    }
}
