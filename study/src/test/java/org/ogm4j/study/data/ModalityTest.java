package org.ogm4j.study.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.junit.jupiter.api.Test;

class ModalityTest {

    private static Modality load(Memory memory, Modality.Reader reader) {
        return Modality.load("x", 10, reader, Fit.NONE, memory);
    }

    @Test
    void whatDoesNotFitIntoMemoryIsDecodedAgainWithTheSameNumbers() {
        AtomicInteger calls = new AtomicInteger();
        Modality.Reader reader =
                i -> {
                    calls.incrementAndGet();
                    return new Values(new float[] {i, i, i}, 3);
                };
        Modality some = load(Memory.bytes(12 * 4), reader);
        assertEquals(4, some.kept());
        assertEquals(10, calls.get());

        for (int i = 0; i < 10; i++) {
            assertArrayEquals(new float[] {i, i, i}, some.get(i).numbers());
        }
        assertEquals(16, calls.get());
        assertEquals(0, load(Memory.bytes(11), reader).kept());
        assertEquals(10, load(Memory.quarterOfHeap(), reader).kept());
    }

    @Test
    void theMemoryIsSharedByAllModalities() {
        Memory memory = Memory.bytes(12 * 12);
        Modality.Reader reader = i -> new Values(new float[3], 3);
        assertEquals(10, load(memory, reader).kept());
        assertEquals(2, load(memory, reader).kept());
    }

    @Test
    void problemsAreToldTogether() {
        DataException e =
                assertThrows(
                        DataException.class,
                        () ->
                                load(
                                        Memory.quarterOfHeap(),
                                        i -> {
                                            if (i >= 3) {
                                                throw new DataException(Path.of("f" + i), "is bad");
                                            }
                                            return new Values(new float[1], 1);
                                        }));
        assertEquals(
                "f3: is bad\nf4: is bad\nf5: is bad\nf6: is bad\nf7: is bad\n... 7 problems",
                e.getMessage());
    }

    @Test
    void numbersMustBeFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            String message = assertFails(i -> new Values(new float[] {0, i == 6 ? bad : 1}, 2));
            assertEquals(
                    "modality x: all numbers must be finite, got %s at place 1 of example 7"
                            .formatted(bad),
                    message);
        }
    }

    @Test
    void shapesMustBeAlikeButForTheLengthOfSequences() {
        assertEquals(
                "modality x: all examples must have the same shape, got [2] first and [3] in example 5",
                assertFails(
                        i -> i == 4 ? new Values(new float[3], 3) : new Values(new float[2], 2)));
        assertTrue(
                assertFails(
                                i ->
                                        i == 4
                                                ? new Values(new float[4], 1, 2, 2)
                                                : new Values(new float[4], 2, 2))
                        .startsWith("modality x: all examples must have the same shape"));
        assertEquals("modality x: at least one example must have it", assertFails(i -> null));
    }

    private static String assertFails(Modality.Reader reader) {
        return assertThrows(DataException.class, () -> load(Memory.quarterOfHeap(), reader))
                .getMessage();
    }

    @Test
    void inputTypesAreThoseOfDl4j() {
        assertEquals(InputType.feedForward(6), type(6));
        assertEquals(InputType.recurrent(2, 3), type(2, 3));
        assertEquals(InputType.convolutional(2, 3, 1, CNN2DFormat.NCHW), type(1, 2, 3));
        assertEquals(
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 1, 2, 3, 1),
                type(1, 1, 2, 3));
        Modality uneven =
                load(Memory.quarterOfHeap(), i -> new Values(new float[2 * (1 + i)], 2, 1 + i));
        assertEquals(InputType.recurrent(2), uneven.inputType());
    }

    private static InputType type(int... shape) {
        return load(Memory.quarterOfHeap(), i -> new Values(new float[6], shape)).inputType();
    }

    @Test
    void aDataSetMustFitTogether() {
        Modality x = load(Memory.quarterOfHeap(), i -> i == 3 ? null : new Values(new float[1], 1));
        List<Example> examples = Made.examples(new int[10]);
        assertMessage(
                "example e3 must have at least one modality, got none",
                () -> Made.data(examples, x));
        assertMessage("modality must come once, got twice x", () -> Made.data(examples, x, x));
        assertMessage(
                "modality x must have 4 examples, got 10",
                () -> Made.data(examples.subList(0, 4), x));
        assertMessage(
                "label of e1 must be one index from 0 to 1, got [2.0]",
                () -> Made.data(Made.examples(0, 2, 0, 0, 0, 0, 0, 0, 0, 0), x));
        assertMessage(
                "names must be at least 2 different ones, got [a, a]",
                () -> new Target(Target.Kind.CLASS, List.of("a", "a")));
        assertMessage(
                "there must be 6 numbers of shape [2, 3], got 5",
                () -> new Values(new float[5], 2, 3));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
