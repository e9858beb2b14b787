package org.ogm4j.study.answer;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels and answers as rows, one for each example, time step or place that counts. */
public final class Rows {

    private Rows() {}

    /**
     * The rows, [n, K].
     *
     * @param array [m, K], [m, K, T] or [m, K, H, W]
     */
    private static INDArray of(INDArray array) {
        return switch (array.rank()) {
            case 3 -> array.permute(0, 2, 1).dup('c').reshape('c', -1, array.size(1));
            case 4 -> array.permute(0, 2, 3, 1).dup('c').reshape('c', -1, array.size(1));
            default -> array;
        };
    }

    /**
     * Counts what the mask lets count.
     *
     * @param truth the labels; of sequences of classes also [m, T] with their numbers
     * @param answer of the same rank
     * @param mask [m, T] or [m, 1], or null
     */
    public static void count(Tally tally, INDArray truth, INDArray answer, INDArray mask) {
        INDArray labels =
                truth.rank() == 2 && answer.rank() == 3
                        ? truth.dup('c').reshape('c', -1, 1)
                        : of(truth);
        INDArray answers = of(answer);
        if (mask != null && mask.length() == answers.size(0)) {
            double[] counts = mask.dup('c').data().asDouble();
            int[] kept = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
            if (kept.length == 0) {
                return;
            }
            labels = labels.getRows(kept);
            answers = answers.getRows(kept);
        }
        tally.add(labels, answers);
    }
}
