package org.ogm4j.study.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class BatchesTest {

    private static final Partition ALL_OF_SIX =
            new Partition(List.of(0, 1, 2, 3, 4, 5), List.of(), List.of());

    private static Parts numbered(int size) {
        int[] classes = IntStream.range(0, size).map(i -> i % 2).toArray();
        return Made.data(classes)
                .parts(
                        new Partition(
                                IntStream.range(0, size).boxed().toList(), List.of(), List.of()));
    }

    /** The numbers of examples, which are their first features. */
    private static List<Integer> epoch(Batches batches) {
        List<Integer> seen = new ArrayList<>();
        while (batches.hasNext()) {
            MultiDataSet batch = batches.next();
            for (int row = 0; row < batch.getFeatures(0).size(0); row++) {
                int example = batch.getFeatures(0).getInt(row, 0);
                seen.add(example);
                assertEquals(10 * example, batch.getFeatures(0).getInt(row, 1));
                assertEquals(1, batch.getLabels(0).getInt(row, example % 2));
                assertEquals(0, batch.getLabels(0).getInt(row, 1 - example % 2));
            }
        }
        return seen;
    }

    @Test
    void everyEpochHasEveryExampleInAnotherOrder() {
        Batches batches = numbered(20).training(6, 1);
        assertEquals(4, batches.steps());

        List<Integer> first = epoch(batches);
        batches.reset();
        List<Integer> second = epoch(batches);

        assertEquals(20, new HashSet<>(first).size());
        assertEquals(20, new HashSet<>(second).size());
        assertNotEquals(first, second);
    }

    @Test
    void theOrderFollowsFromSeedAndEpoch() {
        Parts parts = numbered(20);
        Batches one = parts.training(6, 1);
        List<Integer> first = epoch(one);
        one.reset();
        List<Integer> second = epoch(one);

        assertEquals(first, epoch(parts.training(6, 1)));
        assertEquals(second, epoch(parts.training(6, 1, 1)));
        assertNotEquals(first, epoch(parts.training(6, 2)));
    }

    @Test
    void aResetBeforeTheFirstBatchIsNoNewEpoch() {
        Parts parts = numbered(20);
        Batches batches = parts.training(6, 1);
        batches.reset();
        assertEquals(0, batches.epoch());
        assertEquals(epoch(parts.training(6, 1)), epoch(batches));
    }

    @Test
    void aLastSingleExampleIsLeftOutOfTrainingAlone() {
        Parts parts = numbered(7);

        assertEquals(6, epoch(parts.training(3, 1)).size());
        assertEquals(2, parts.training(3, 1).steps());
        assertEquals(7, epoch(parts.training(1, 1)).size());
        assertEquals(7, epoch(parts.training(5, 1)).size());
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), epoch(parts.trainingInOrder(3)));
        assertEquals(1, epoch(numbered(1).training(3, 1)).size());
    }

    @Test
    void emptyPartsHaveNoBatches() {
        Batches none = numbered(3).test(2);
        assertFalse(none.hasNext());
        assertEquals(0, none.steps());
        assertThrows(NoSuchElementException.class, none::next);
    }

    @Test
    void sequencesOfUnequalLengthHaveMasksAndZeros() {
        int[] lengths = {2, 4, 1, 3, 3, 3};
        Modality x =
                Modality.load(
                        "x",
                        6,
                        i -> {
                            float[] numbers = new float[2 * lengths[i]];
                            Arrays.fill(numbers, 0, lengths[i], i + 1);
                            Arrays.fill(numbers, lengths[i], numbers.length, -i - 1);
                            return new Values(numbers, 2, lengths[i]);
                        },
                        Fit.NONE,
                        Memory.quarterOfHeap());
        assertArrayEquals(new int[] {2, 0}, x.shape());
        Batches batches =
                Made.data(Made.examples(0, 1, 0, 1, 0, 1), x).parts(ALL_OF_SIX).trainingInOrder(3);

        MultiDataSet first = batches.next();
        assertArrayEquals(new long[] {3, 2, 4}, first.getFeatures(0).shape());
        assertArrayEquals(new long[] {3, 4}, first.getFeaturesMaskArray(0).shape());
        for (int row = 0; row < 3; row++) {
            for (int t = 0; t < 4; t++) {
                boolean there = t < lengths[row];
                assertEquals(there ? 1 : 0, first.getFeaturesMaskArray(0).getInt(row, t));
                assertEquals(there ? row + 1 : 0, first.getFeatures(0).getInt(row, 0, t));
                assertEquals(there ? -row - 1 : 0, first.getFeatures(0).getInt(row, 1, t));
            }
        }

        MultiDataSet second = batches.next();
        assertArrayEquals(new long[] {3, 2, 3}, second.getFeatures(0).shape());
        assertNull(second.getFeaturesMaskArrays());
    }

    @Test
    void whoLacksAModalityHasZerosAndAMaskOfZeros() {
        int[][] shapes = {{2}, {2, 3}, {1, 2, 3}, {1, 2, 2, 2}};
        long[][] masks = {{6, 1}, {6, 3}, {6, 1, 1, 1}, null};
        Modality whole =
                Modality.load(
                        "whole", 6, i -> new Values(new float[1], 1), Fit.NONE, Memory.bytes(0));
        for (int k = 0; k < shapes.length; k++) {
            int[] shape = shapes[k];
            int length = IntStream.of(shape).reduce(1, (a, b) -> a * b);
            Modality x =
                    Modality.load(
                            "x",
                            6,
                            i -> {
                                float[] ones = new float[length];
                                Arrays.fill(ones, 5 + i);
                                return i == 2 ? null : new Values(ones, shape);
                            },
                            Modality.standardized(),
                            Memory.quarterOfHeap());

            MultiDataSet batch =
                    Made.data(Made.examples(0, 1, 0, 1, 0, 1), whole, x)
                            .parts(ALL_OF_SIX)
                            .trainingInOrder(6)
                            .next();

            if (masks[k] == null) {
                assertNull(batch.getFeaturesMaskArrays());
            } else {
                assertArrayEquals(masks[k], batch.getFeaturesMaskArray(1).shape());
            }
            for (int row = 0; row < 6; row++) {
                double features = batch.getFeatures(1).slice(row).norm1Number().doubleValue();
                assertEquals(row != 2, features > 0);
                if (masks[k] != null) {
                    double mask =
                            batch.getFeaturesMaskArray(1).slice(row).meanNumber().doubleValue();
                    assertEquals(row == 2 ? 0 : 1, mask);
                }
            }
        }
    }

    @Test
    void severalLabelsAndNumbersAreRowsAsTheyAre() {
        Modality x =
                Modality.load("x", 2, i -> new Values(new float[1], 1), Fit.NONE, Memory.bytes(0));
        for (Target.Kind kind : List.of(Target.Kind.LABELS, Target.Kind.NUMBERS)) {
            MultimodalData data =
                    new MultimodalData(
                            new Target(kind, List.of("a", "b", "c")),
                            List.of(
                                    new Example("1", List.of(1.0, 0.0, 1.0), null, null),
                                    new Example("2", List.of(0.0, 0.0, 0.0), null, null)),
                            List.of(x));
            MultiDataSet batch =
                    data.parts(new Partition(List.of(0, 1), List.of(), List.of()))
                            .trainingInOrder(2)
                            .next();
            assertArrayEquals(
                    new float[] {1, 0, 1, 0, 0, 0}, batch.getLabels(0).dup('c').data().asFloat());
        }
    }
}
