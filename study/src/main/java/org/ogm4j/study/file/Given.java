package org.ogm4j.study.file;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What was given in a file. */
final class Given {

    private Given() {}

    /** A copy of a list; null if there is none. */
    static <T> List<T> list(String name, List<T> values) {
        if (values != null && hasNull(values)) {
            throw new IllegalArgumentException(name + " must not hold null");
        }
        return values == null ? null : List.copyOf(values);
    }

    /** Lists that cannot hold null cannot be asked for it either. */
    static boolean hasNull(Collection<?> values) {
        return values.stream().anyMatch(Objects::isNull);
    }
}
