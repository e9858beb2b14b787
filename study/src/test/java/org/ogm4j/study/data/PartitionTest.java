package org.ogm4j.study.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionTest {

    /** 1,000 examples in 7 classes of very different sizes. */
    private static MultimodalData uneven() {
        SplittableRandom random = new SplittableRandom(2);
        int[] classes = new int[1000];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) (7 * Math.pow(random.nextDouble(), 2));
        }
        return Made.data(classes);
    }

    private static void assertComplete(MultimodalData data, Partition parts) {
        List<Integer> all = new ArrayList<>(parts.training());
        all.addAll(parts.validation());
        all.addAll(parts.test());
        assertEquals(data.size(), all.size());
        assertEquals(data.size(), new HashSet<>(all).size());
    }

    @Test
    void lastGroupsAreThoseOfTheHighestNumbers() {
        List<Example> examples = new ArrayList<>();
        for (String group : List.of("9", "10", "2", "10", "100")) {
            examples.add(new Example("e" + examples.size(), List.of(0.0), "f" + group, group));
        }
        Partition parts = Partition.byGroup(examples, 1, 1);
        assertEquals(List.of(4), parts.test());
        assertEquals(List.of(1, 3), parts.validation());
        assertEquals(List.of(0, 2), parts.training());
        assertEquals(List.of(1), parts.first(1).validation());
        assertEquals(parts, parts.first(3));
        assertEquals(List.of(4), Partition.byGroup(examples, 1, List.of("f10")).validation());
        assertEquals(
                "groups set apart must be at least 0 and fewer than there are, got 2 of 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Partition.byGroup(examples, 2, 2))
                        .getMessage());

        List<Example> named = new ArrayList<>(examples);
        named.add(new Example("b", List.of(0.0), null, "b"));
        assertEquals(List.of(0), Partition.byGroup(named, 1, 1).validation(), "in order of names");
        named.add(new Example("c", List.of(0.0), null, null));
        assertThrows(IllegalArgumentException.class, () -> Partition.byGroup(named, 1, 1));
    }

    @Test
    void everyPartHasItsShareOfEveryClassGiveOrTakeOne() {
        MultimodalData data = uneven();
        for (long seed = 0; seed < 20; seed++) {
            Partition parts = Partition.bySeed(data, 0.15, 0.2, seed);

            assertComplete(data, parts);
            assertEquals(200, parts.test().size());
            assertEquals(150, parts.validation().size());
            for (int c = 0; c < 7; c++) {
                double label = c;
                double all = count(data, Stream.iterate(0, i -> i + 1).limit(1000).toList(), label);
                assertEquals(0.2 * all, count(data, parts.test(), label), 1);
                // a difference of two rounded numbers
                assertEquals(0.15 * all, count(data, parts.validation(), label), 1.5);
                assertEquals(0.65 * all, count(data, parts.training(), label), 1);
            }
        }
    }

    private static int count(MultimodalData data, List<Integer> part, double label) {
        return (int)
                part.stream().filter(i -> data.examples().get(i).label().get(0) == label).count();
    }

    @Test
    void theSeedDecides() {
        MultimodalData data = uneven();

        assertEquals(Partition.bySeed(data, 0.1, 0.2, 7), Partition.bySeed(data, 0.1, 0.2, 7));
        assertNotEquals(Partition.bySeed(data, 0.1, 0.2, 7), Partition.bySeed(data, 0.1, 0.2, 8));
    }

    @Test
    void foldsAreThoseOfTheData() {
        MultimodalData data = uneven();

        Partition parts = Partition.byFold(data, List.of("4"), List.of("3"));

        assertComplete(data, parts);
        assertTrue(parts.test().stream().allMatch(i -> i % 5 == 4));
        assertTrue(parts.validation().stream().allMatch(i -> i % 5 == 3));
        assertTrue(parts.training().stream().allMatch(i -> i % 5 < 3));
        assertEquals(200, parts.test().size());
    }

    @Test
    void validationMayBeAShareOfTheOtherFolds() {
        MultimodalData data = uneven();

        Partition parts = Partition.byFold(data, List.of("0"), 0.25, 3);

        assertComplete(data, parts);
        assertTrue(parts.test().stream().allMatch(i -> i % 5 == 0));
        assertEquals(200, parts.validation().size());
        assertEquals(600, parts.training().size());
    }

    @Test
    void groupsStayWhole() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            examples.add(new Example("e" + i, List.of(i % 2.0), null, "speaker" + i % 13));
        }
        Modality x =
                Modality.load(
                        "x", 300, i -> new Values(new float[1], 1), Fit.NONE, Memory.bytes(0));
        MultimodalData data = Made.data(examples, x);

        Partition parts = Partition.bySeed(data, 0.2, 0.3, 5);

        assertComplete(data, parts);
        Set<String> training = groups(data, parts.training());
        Set<String> validation = groups(data, parts.validation());
        Set<String> test = groups(data, parts.test());
        assertEquals(13, training.size() + validation.size() + test.size());
        assertEquals(90, parts.test().size(), 24);
        assertEquals(60, parts.validation().size(), 24);
        assertFalse(validation.isEmpty());
    }

    private static Set<String> groups(MultimodalData data, List<Integer> part) {
        Set<String> groups = new HashSet<>();
        part.forEach(i -> groups.add(data.examples().get(i).group()));
        return groups;
    }

    @Test
    void refusesWhatMakesNoSense() {
        MultimodalData data = Made.data(0, 1, 0, 1, 0, 1);
        assertMessage(
                "shares must be at least 0 and below 1 together, got 0.5 and 0.5",
                () -> Partition.bySeed(data, 0.5, 0.5, 1));
        assertMessage(
                "shares must be at least 0 and below 1 together, got NaN and 0.1",
                () -> Partition.bySeed(data, Double.NaN, 0.1, 1));
        assertMessage(
                "fold must be one of [0, 1, 2, 3, 4], got 9",
                () -> Partition.byFold(data, List.of("9"), List.of()));
        assertMessage(
                "a fold must be in one part, got 1 in test and validation",
                () -> Partition.byFold(data, List.of("1"), List.of("1")));
        assertMessage(
                "no example must come twice, got 3 places for 2 examples",
                () -> new Partition(List.of(1, 2), List.of(), List.of(2)));
        assertMessage(
                "there must be examples for training, got none",
                () -> new Partition(List.of(), List.of(), List.of(2)));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
