package org.ogm4j.examples;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of several values by the name that its {@code toString} gives.
 *
 * @param choices all there are
 */
record Choice<E>(List<E> choices) implements ITypeConverter<E> {

    static <E extends Enum<E>> Choice<E> of(Class<E> type) {
        return new Choice<>(Arrays.asList(type.getEnumConstants()));
    }

    @Override
    public E convert(String name) {
        return choices.stream()
                .filter(choice -> choice.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "must be one of %s, got %s".formatted(choices, name)));
    }
}
