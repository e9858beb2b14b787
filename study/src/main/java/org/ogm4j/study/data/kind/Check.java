package org.ogm4j.study.data.kind;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What compact constructors of descriptions check. */
public final class Check {

    private static final int MOST = 1 << 28;

    private Check() {}

    /** Not empty. */
    public static String given(String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " must be given, got " + value);
        }
        return value;
    }

    /** A default in place of null. */
    public static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** A copy; null becomes an empty list. */
    public static <T> List<T> list(List<T> values) {
        return values == null ? List.of() : whole(values);
    }

    /** A copy of a list without nulls; null stays null. */
    public static <T> List<T> whole(List<T> values) {
        if (values != null && values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a list must not hold null, got " + values);
        }
        return values == null ? null : List.copyOf(values);
    }

    /** A whole number from a least one on. */
    public static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s must be at least %d, got %d".formatted(name, least, value));
        }
    }

    /** Positive and finite, or null. */
    public static void positive(Double value, String name) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    /** How many samples or frames some seconds are, as many as memory holds. */
    static int count(double seconds, double rate) {
        long count = Math.round(seconds * rate);
        if (count > MOST) {
            throw new IllegalArgumentException(
                    "seconds must be at most %s at a rate of %s, got %s"
                            .formatted(MOST / rate, rate, seconds));
        }
        return (int) count;
    }

    /** A regular expression. */
    public static void pattern(String pattern, String name) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    name + " must be a regular expression, got " + pattern, e);
        }
    }

    /** Not for colours. */
    static void measured(Standardize standardize) {
        if (standardize == Standardize.IMAGENET) {
            throw new IllegalArgumentException(
                    "standardize must be none, all or feature but for images, got imagenet");
        }
    }

    /** One or several names of files. */
    public static List<String> files(List<String> files) {
        if (files == null || files.isEmpty()) {
            throw new IllegalArgumentException("files must be at least one, got none");
        }
        return whole(files);
    }

    /** One character, which null says is a comma. */
    public static char delimiter(String delimiter) {
        if (delimiter == null) {
            return ',';
        }
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new IllegalArgumentException(
                    "delimiter must be one character that is no quote and no line break, got "
                            + delimiter);
        }
        return delimiter.charAt(0);
    }
}
