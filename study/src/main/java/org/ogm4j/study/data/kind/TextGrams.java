package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.text.HashedGrams;

/**
 * Texts as vectors {@code [buckets]} of hashed n-grams: each adds the sign of its MurmurHash3 (x86,
 * 32 bits, seed 0) at the place of its absolute value modulo buckets; the vector then gets length
 * 1.
 *
 * @param name of the modality
 * @param texts where they are
 * @param unit what n-grams are made of; null is {@code word}
 * @param least n of the shortest; null is 1
 * @param most n of the longest; null is 2
 * @param buckets the length of the vector
 * @param optional whether examples may lack it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextGrams(
        String name,
        TextSource texts,
        Unit unit,
        Integer least,
        Integer most,
        @JsonProperty(required = true) int buckets,
        Boolean optional)
        implements ModalityDescription {

    /** What n-grams are made of. */
    public enum Unit {
        /** Words, joined by a space. */
        @JsonProperty("word")
        WORD,
        /** Characters, spaces among them. */
        @JsonProperty("character")
        CHARACTER
    }

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TextGrams {
        Check.given(name, "name");
        Check.given(texts == null ? null : "texts", "texts");
        Check.atLeast(1, Check.or(least, 1), "least");
        Check.atLeast(Check.or(least, 1), Check.or(most, 2), "most");
        Check.atLeast(1, buckets, "buckets");
    }

    @Override
    public Source open(Path root, List<String> ids) {
        TextSource.Texts source = texts.open(root, ids);
        return new Source() {
            @Override
            public boolean has(String id) {
                return source.has(id);
            }

            @Override
            public Values read(String id) {
                float[] vector =
                        HashedGrams.vector(
                                source.text(id),
                                unit == Unit.CHARACTER,
                                Check.or(least, 1),
                                Check.or(most, 2),
                                buckets);
                return new Values(vector, buckets);
            }

            @Override
            public Fit fit() {
                return Fit.NONE;
            }

            @Override
            public String missing(String id) {
                return source.missing(id);
            }
        };
    }
}
