package org.ogm4j.study.data;

import java.util.HashSet;
import java.util.List;

/**
 * What a network is to answer.
 *
 * @param kind what the labels are
 * @param names of the classes in the order of their indices; of the labels; or of the numbers
 * @since 0.1.0
 */
public record Target(Kind kind, List<String> names) {

    /** What labels are. */
    public enum Kind {
        /** One of several classes; the network's labels are one-hot. */
        CLASS,
        /** Any number of several labels; the network's labels are 0 and 1. */
        LABELS,
        /** Numbers, for regression; as they are. */
        NUMBERS
    }

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if there are too few, or if two are alike
     */
    public Target {
        names = List.copyOf(names);
        int least = kind == Kind.CLASS ? 2 : 1;
        if (names.size() < least || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "names must be at least %d different ones, got %s".formatted(least, names));
        }
    }

    /** Columns of the network's labels. */
    public int size() {
        return names.size();
    }

    /**
     * Checks a label.
     *
     * @throws IllegalArgumentException if it is none of this target's
     */
    void check(Example example) {
        List<Double> label = example.label();
        boolean right =
                switch (kind) {
                    case CLASS -> label.size() == 1 && isClass(label.get(0));
                    case LABELS ->
                            label.size() == size()
                                    && label.stream().allMatch(y -> y == 0 || y == 1);
                    case NUMBERS ->
                            label.size() == size() && label.stream().allMatch(Double::isFinite);
                };
        if (!right) {
            String rule =
                    switch (kind) {
                        case CLASS -> "one index from 0 to " + (size() - 1);
                        case LABELS -> size() + " numbers, 0 or 1 each";
                        case NUMBERS -> size() + " finite numbers";
                    };
            throw new IllegalArgumentException(
                    "label of %s must be %s, got %s".formatted(example.id(), rule, label));
        }
    }

    /** Writes one row of the network's labels. */
    void write(Example example, float[] rows, int row) {
        if (kind == Kind.CLASS) {
            rows[row * size() + example.label().get(0).intValue()] = 1;
            return;
        }
        for (int i = 0; i < size(); i++) {
            rows[row * size() + i] = example.label().get(i).floatValue();
        }
    }

    private boolean isClass(double y) {
        return y == Math.rint(y) && y >= 0 && y < size();
    }
}
