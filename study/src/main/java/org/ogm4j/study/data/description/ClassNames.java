package org.ogm4j.study.data.description;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The classes of a data set in the order of their indices. */
final class ClassNames {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,15}");

    private ClassNames() {}

    /**
     * As given; or all that occur, as numbers in the order of numbers if all of them are whole
     * numbers, else in the order of their letters (Unicode).
     */
    static List<String> of(List<String> given, Collection<String> found) {
        if (given != null) {
            return given;
        }
        TreeSet<String> names = new TreeSet<>(found);
        if (names.stream().allMatch(name -> WHOLE_NUMBER.matcher(name).matches())) {
            return names.stream().sorted(Comparator.comparingLong(Long::parseLong)).toList();
        }
        return List.copyOf(names);
    }
}
