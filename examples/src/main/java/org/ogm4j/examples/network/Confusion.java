package org.ogm4j.examples.network;

/** How often each class was answered with each class. */
final class Confusion {

    private final long[][] counts;
    private long examples;
    private long hits;

    Confusion(int classes) {
        counts = new long[classes][classes];
    }

    void add(int truth, int answer) {
        counts[truth][answer]++;
        examples++;
        if (truth == answer) {
            hits++;
        }
    }

    /** The share of right answers; NaN without examples. */
    double accuracy() {
        return hits / (double) examples;
    }

    /**
     * The mean over classes of {@code 2 TP / (2 TP + FP + FN)}. A class that neither occurs nor is
     * answered does not count. NaN without examples.
     */
    double macroF1() {
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
