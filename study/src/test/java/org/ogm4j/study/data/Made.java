package org.ogm4j.study.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Data sets made by hand. */
final class Made {

    private Made() {}

    static Target classes(int count) {
        return new Target(
                Target.Kind.CLASS, IntStream.range(0, count).mapToObj(i -> "c" + i).toList());
    }

    /** Example i is of class classes[i], in fold i % 5, and in no group. */
    static List<Example> examples(int... classes) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            examples.add(new Example("e" + i, List.of((double) classes[i]), "" + i % 5, null));
        }
        return examples;
    }

    /** One modality "x" whose array is [i, 10 i]. */
    static MultimodalData data(int... classes) {
        Modality x =
                Modality.load(
                        "x",
                        classes.length,
                        i -> new Values(new float[] {i, 10 * i}, 2),
                        Fit.NONE,
                        Memory.quarterOfHeap());
        return new MultimodalData(classes(1 + max(classes)), examples(classes), List.of(x));
    }

    static MultimodalData data(List<Example> examples, Modality... modalities) {
        return new MultimodalData(classes(2), examples, List.of(modalities));
    }

    private static int max(int[] numbers) {
        return Math.max(1, IntStream.of(numbers).max().orElse(1));
    }
}
