package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SeedsTest {

    @Test
    void readsNumbersAndRanges() {
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), read("1-5"));
        assertEquals(List.of(3L, 1L, 2L), read("3,1-3"));
        assertEquals(List.of(0L), read("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "5-1", "1,", "1-2-3", "-1", "1-1001", "1 - 5"})
    void refusesEverythingElse(String text) {
        assertThrows(TypeConversionException.class, () -> read(text));
    }

    private static List<Long> read(String text) {
        return new Seeds.Converter().convert(text).values();
    }
}
