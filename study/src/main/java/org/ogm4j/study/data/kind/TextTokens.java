package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.text.Vocabulary;

/**
 * Texts as sequences of word indices {@code [1, T]}, for an {@code EmbeddingSequenceLayer}, which
 * gets {@code vocabulary + 2} inputs from the input type: 0 beyond the end, 1 for words that are
 * not in the vocabulary, then the words of the training part by frequency. Words are longest runs
 * of letters and digits, in lower case.
 *
 * @param name of the modality
 * @param texts where they are
 * @param vocabulary the largest number of words that get an index of their own
 * @param length words that are taken of a text, from its beginning
 * @param optional whether examples may lack it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextTokens(
        String name,
        TextSource texts,
        @JsonProperty(required = true) int vocabulary,
        @JsonProperty(required = true) int length,
        Boolean optional)
        implements ModalityDescription {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TextTokens {
        Check.given(name, "name");
        Check.given(texts == null ? null : "texts", "texts");
        Check.atLeast(1, vocabulary, "vocabulary");
        Check.atLeast(1, length, "length");
    }

    @Override
    public Source open(Path root, List<String> ids) {
        TextSource.Texts source = texts.open(root, ids);
        Vocabulary words =
                new Vocabulary(ids.stream().filter(source::has).map(source::text).toList());
        return new Source() {
            @Override
            public boolean has(String id) {
                return source.has(id);
            }

            @Override
            public Values read(String id) {
                return words.read(source.text(id), length);
            }

            @Override
            public Fit fit() {
                return words.indices(vocabulary);
            }

            @Override
            public int indices() {
                return vocabulary + 2;
            }

            @Override
            public String missing(String id) {
                return source.missing(id);
            }
        };
    }
}
