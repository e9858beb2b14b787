package org.ogm4j.study.answer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How often each class was answered with each class. */
public final class Confusion implements Tally {

    private long[][] counts = new long[0][0];
    private long examples;
    private long hits;

    @Override
    public void add(INDArray truth, INDArray answer) {
        int[] classes = classes(truth, answer.size(1));
        int[] answers = answer.argMax(1).toIntVector();
        for (int i = 0; i < classes.length; i++) {
            add(classes[i], answers[i]);
        }
    }

    /** The classes of labels [n, K], or of [n, 1] with their numbers. */
    public static int[] classes(INDArray labels, long width) {
        return labels.size(1) == 1 && width > 1
                ? labels.reshape(labels.length()).toIntVector()
                : labels.argMax(1).toIntVector();
    }

    void add(int truth, int answer) {
        int largest = Math.max(truth, answer);
        if (largest >= counts.length) {
            grow(largest + 1);
        }
        counts[truth][answer]++;
        examples++;
        if (truth == answer) {
            hits++;
        }
    }

    private void grow(int classes) {
        long[][] grown = new long[classes][classes];
        for (int c = 0; c < counts.length; c++) {
            grown[c] = Arrays.copyOf(counts[c], classes);
        }
        counts = grown;
    }

    /** The share of right answers. */
    @Override
    public double first() {
        return hits / (double) examples;
    }

    /**
     * The mean over classes of {@code 2 TP / (2 TP + FP + FN)}. A class that neither occurs nor is
     * answered does not count.
     */
    @Override
    public double second() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.length; c++) {
            long occurs = 0;
            long answered = 0;
            for (int other = 0; other < counts.length; other++) {
                occurs += counts[c][other];
                answered += counts[other][c];
            }
            if (occurs + answered > 0) {
                sum += 2.0 * counts[c][c] / (occurs + answered);
                present++;
            }
        }
        return sum / present;
    }
}
