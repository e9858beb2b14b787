package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;

/** The public data sets themselves, where their folders are named: {@code -Dgrid.dir=DIR}. */
class RealDataTest {

    private static Path dir(String property) {
        return Path.of(System.getProperty(property));
    }

    /** How many examples each fold has of each class. */
    private static Map<String, Integer> counts(MultimodalData data) {
        Map<String, Integer> counts = new HashMap<>();
        for (Example example : data.examples()) {
            counts.merge(example.fold() + "/" + example.label().get(0), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    @EnabledIfSystemProperty(named = "grid.dir", matches = ".+")
    void gridLetters() {
        MultimodalData data = KnownData.grid("letter", null).load(dir("grid.dir"));
        assertEquals(1000, data.size());
        assertArrayEquals(new int[] {1, 257, 35}, data.modalities().get(0).shape());
        assertArrayEquals(new int[] {18, 40, 64}, data.modalities().get(1).shape());
        assertEquals(25, data.target().size());
        assertEquals(125, counts(data).size());
        counts(data).forEach((each, count) -> assertEquals(8, count, each));
    }

    @Test
    @EnabledIfSystemProperty(named = "grid.dir", matches = ".+")
    void gridDigits() {
        MultimodalData data = KnownData.grid("digit", null).load(dir("grid.dir"));
        assertEquals(10, data.target().size());
        assertEquals(50, counts(data).size());
        counts(data).forEach((each, count) -> assertEquals(20, count, each));
    }

    @Test
    @EnabledIfSystemProperty(named = "mosi.dir", matches = ".+")
    void mosi() {
        MultimodalData data = KnownData.mosi().load(dir("mosi.dir"));
        assertEquals(2199, data.size());
        assertEquals(
                Map.of(
                        "text_train0/0.0", 738,
                        "text_train0/1.0", 709,
                        "text_test0/0.0", 285,
                        "text_test0/1.0", 467),
                counts(data));
        Partition parts = Partition.byFold(data, List.of("text_test0"), 0.1, 1);
        assertEquals(752, parts.test().size());
        assertEquals(145, parts.validation().size());
        assertEquals(1302, parts.training().size());
    }

    @Test
    @EnabledIfSystemProperty(named = "digits.dir", matches = ".+")
    void digits() {
        MultimodalData data = new DigitData(1, null, null).load(dir("digits.dir"));
        assertEquals(10_000, data.size());
        assertEquals(
                7000,
                Partition.byFold(data, List.of("test"), List.of("validation")).training().size());
        assertArrayEquals(new int[] {1, 129, 49}, data.modalities().get(0).shape());
        assertArrayEquals(new int[] {1, 28, 28}, data.modalities().get(1).shape());
    }
}
