package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.kind.Check;

/**
 * A folder for each class, such as {@code audio/cat/x.wav}: the layout that DataVec's {@code
 * ParentPathLabelGenerator} reads. The id is the path below the folder without an ending, {@code
 * cat/x}, so that names may come again in other classes; every modality has its file at the same
 * path below its own folder, {@code lips/cat/x.jpg}.
 *
 * <p>Files that no kind of modality reads, and folders that hold neither files that one does nor
 * folders of images, are passed over.
 *
 * @param folder the folder of a modality, in which the classes are; "." for that of the data set
 * @param levels what its folders stand for, from the outermost to the innermost, each once and the
 *     label among them; null is {@code ["label"]}
 * @param classes in the order of their indices, others are an error; null: all that occur, in order
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FolderLabels(String folder, List<Level> levels, List<String> classes)
        implements LabelsDescription {

    /** What the name of a folder says. */
    public enum Level {
        /** The class. */
        @JsonProperty("label")
        LABEL,
        /** The part that the data set's authors put an example into. */
        @JsonProperty("fold")
        FOLD,
        /** Whom an example is of: a split by seed keeps groups whole. */
        @JsonProperty("group")
        GROUP
    }

    /**
     * Checks the levels.
     *
     * @throws IllegalArgumentException if one comes twice, or none is the label
     */
    public FolderLabels {
        Check.given(folder, "folder");
        levels = Check.whole(levels);
        classes = Check.whole(classes);
        if (levels != null
                && (!levels.contains(Level.LABEL) || Set.copyOf(levels).size() < levels.size())) {
            throw new IllegalArgumentException(
                    "levels must be label, fold and group, each once and label among them, got "
                            + levels.stream()
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .toList());
        }
    }

    /**
     * A folder in which there is one for each class.
     *
     * @param folder its name
     * @return the description
     */
    public static FolderLabels of(String folder) {
        return new FolderLabels(folder, null, null);
    }

    @Override
    public Labelled read(Path root) {
        Path where = root.resolve(folder);
        List<Level> read = Check.or(levels, List.of(Level.LABEL));
        Set<String> ids = new TreeSet<>();
        for (Map.Entry<String, Path> each : FolderFiles.at(where, read.size()).entrySet()) {
            if (FileKinds.of(each.getValue()) != null) {
                ids.add(FolderFiles.id(each.getKey(), each.getValue()));
            }
        }
        int label = read.indexOf(Level.LABEL);
        List<String> known =
                ClassNames.of(classes, ids.stream().map(id -> id.split("/", -1)[label]).toList());
        List<Example> examples = new ArrayList<>();
        for (String id : ids) {
            String[] names = id.split("/", -1);
            int index = known.indexOf(names[label]);
            if (index < 0) {
                throw new DataException(
                        where,
                        "class must be one of %s, got %s of %s".formatted(known, names[label], id));
            }
            examples.add(
                    new Example(
                            id,
                            List.of((double) index),
                            name(names, read.indexOf(Level.FOLD)),
                            name(names, read.indexOf(Level.GROUP))));
        }
        if (known.size() < 2) {
            throw new DataException(
                    where,
                    "must hold a folder for each of at least 2 classes, with files in it, got "
                            + known);
        }
        try {
            return new Labelled(new Target(Target.Kind.CLASS, known), examples);
        } catch (IllegalArgumentException e) {
            throw new DataException(where, e.getMessage(), e);
        }
    }

    private static String name(String[] names, int level) {
        return level < 0 ? null : names[level];
    }
}
