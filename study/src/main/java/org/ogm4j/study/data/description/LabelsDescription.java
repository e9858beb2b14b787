package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Target;

/**
 * Where ids and labels of examples come from. In JSON its {@code kind} says which record.
 *
 * @since 0.1.0
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CsvLabels.class, name = "csv"),
    @JsonSubTypes.Type(value = NameLabels.class, name = "names"),
    @JsonSubTypes.Type(value = FolderLabels.class, name = "folders")
})
public sealed interface LabelsDescription permits CsvLabels, NameLabels, FolderLabels {

    /**
     * Reads them.
     *
     * @param root what paths are relative to
     * @throws DataException if they cannot be used
     */
    Labelled read(Path root);

    /**
     * Examples and what their labels mean.
     *
     * @param target the kind of label, and names
     * @param examples in the order of the file, or of names
     */
    record Labelled(Target target, List<Example> examples) {}
}
