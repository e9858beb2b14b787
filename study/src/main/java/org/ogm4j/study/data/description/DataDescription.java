package org.ogm4j.study.data.description;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.words.JsonProblem;

/**
 * A data set as data: which files, and what is made of them. In JSON its {@code kind} says which
 * record.
 *
 * <p>Example: a folder with {@code labels.csv}, whose columns are {@code clip} and {@code word},
 * sounds {@code audio/CLIP.wav} and pictures {@code faces/CLIP.png}.
 *
 * <pre>{@code
 * MultimodalData load(Path folder) {
 *     DataDescription description = new FileData(
 *             CsvLabels.of("labels.csv", "clip", "word", null),
 *             List.of(WavFolder.of("audio", "audio", 16_000, 512, 320).withSeconds(1.0),
 *                     ImageFolder.of("visual", "faces", 48, 48, 1)),
 *             null);
 *     return description.load(folder);
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FileData.class, name = "files"),
    @JsonSubTypes.Type(value = DigitData.class, name = "digits")
})
public sealed interface DataDescription permits FileData, DigitData {

    /** Reads a single string where a list is wanted, and refuses unknown names. */
    ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /**
     * Reads the data set.
     *
     * @param root what its paths are relative to
     * @param memory how much of it is kept
     * @return all examples, checked
     * @throws DataException if files are missing or cannot be used
     */
    MultimodalData load(Path root, Memory memory);

    /**
     * Reads the data set, and keeps as much of it as fits into a quarter of the heap.
     *
     * @param root what its paths are relative to
     * @return all examples, checked
     * @throws DataException if files are missing or cannot be used
     */
    default MultimodalData load(Path root) {
        return load(root, Memory.quarterOfHeap());
    }

    /**
     * Reads a description.
     *
     * @param file in JSON
     * @return the description
     * @throws DataException if the file cannot be read, or something in it is unknown, missing or
     *     out of range; the message has the line
     */
    static DataDescription read(Path file) {
        try {
            return MAPPER.readValue(FileBytes.text(file), DataDescription.class);
        } catch (JsonProcessingException e) {
            String problem = JsonProblem.of(e);
            throw e.getLocation() == null
                    ? new DataException(file, problem, e)
                    : DataException.atLine(file, e.getLocation().getLineNr(), problem);
        }
    }

    /**
     * Writes a description.
     *
     * @param file in JSON; one that is there is replaced
     * @throws DataException if it cannot be written
     */
    default void write(Path file) {
        try {
            Files.writeString(
                    file, MAPPER.writerFor(DataDescription.class).writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new DataException(file, "cannot be written: " + e.getMessage(), e);
        }
    }
}
