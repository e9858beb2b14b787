package org.ogm4j.study.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of a list, and what was meant by one that is not in it. */
public final class Names {

    private Names() {}

    /**
     * The value of this name.
     *
     * @param what is named, for the message
     * @throws IllegalArgumentException with all names, and the nearest one, if there is none
     */
    public static <T> T find(String what, List<T> values, String name) {
        return values.stream()
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        unknown(
                                                what,
                                                values.stream().map(Object::toString).toList(),
                                                name)));
    }

    /** Whether a name is there, and on one line. */
    public static boolean isOneLine(String name) {
        return !name.isBlank() && !name.matches("(?s).*\\R.*");
    }

    /** A name with nothing that a file's name may not have. */
    public static String ofFile(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** What to say of a name that is not known. */
    public static String unknown(String what, Collection<String> known, String name) {
        return "%s must be one of %s, got \"%s\"%s"
                .formatted(
                        what,
                        String.join(", ", known),
                        name,
                        meant(known, name).map("; did you mean \"%s\"?"::formatted).orElse(""));
    }

    /** The nearest name, if it is near: a third of its letters may be others. */
    static Optional<String> meant(Collection<String> known, String name) {
        String low = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(
                        each ->
                                distance(each.toLowerCase(Locale.ROOT), low)
                                        <= 1 + each.length() / 3)
                .min(Comparator.comparingInt(each -> distance(each.toLowerCase(Locale.ROOT), low)));
    }

    /** How many letters to change, add or leave out: Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[b.length()];
    }
}
