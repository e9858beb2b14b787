package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.ogm4j.study.data.DataException;

/**
 * One modality: which files, and what is made of them. In JSON its {@code kind} says which record.
 *
 * @since 0.1.0
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WavFolder.class, name = "wav"),
    @JsonSubTypes.Type(value = ImageFolder.class, name = "image"),
    @JsonSubTypes.Type(value = CsvColumns.class, name = "csv"),
    @JsonSubTypes.Type(value = NpyArrays.class, name = "npy"),
    @JsonSubTypes.Type(value = TextTokens.class, name = "tokens"),
    @JsonSubTypes.Type(value = TextGrams.class, name = "grams")
})
public sealed interface ModalityDescription
        permits WavFolder, ImageFolder, CsvColumns, NpyArrays, TextTokens, TextGrams {

    /**
     * The modality's name, that of the network's input.
     *
     * @return unique in a data set
     */
    String name();

    /**
     * Whether examples may lack it. Else an example without it is an error.
     *
     * @return null and false: they may not
     */
    Boolean optional();

    /**
     * Looks for the files.
     *
     * @param root what paths are relative to
     * @param ids of all examples, in order
     * @throws DataException if there are none, or if a table cannot be read
     */
    Source open(Path root, List<String> ids);
}
