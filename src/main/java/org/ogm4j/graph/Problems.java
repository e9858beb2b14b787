package org.ogm4j.graph;

import java.util.List;

/** Problems are collected and thrown together, so that a user mends them in one go. */
final class Problems {

    private Problems() {}

    static void throwAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The network cannot be modulated:\n  - " + String.join("\n  - ", problems));
        }
    }
}
