package org.ogm4j.examples.compare;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The seeds to run with, such as {@code 1-5} or {@code 1,3,7-9}.
 *
 * @param values without repetition
 */
record Seeds(List<Long> values) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,12})(?:-(\\d{1,12}))?");
    private static final int MOST = 1000;

    /** Reads seeds from the command line. */
    static final class Converter implements ITypeConverter<Seeds> {

        @Override
        public Seeds convert(String text) {
            List<Long> all =
                    Stream.of(text.split(",", -1))
                            .flatMapToLong(part -> range(part, text))
                            .distinct()
                            .boxed()
                            .toList();
            return new Seeds(all);
        }

        private static LongStream range(String part, String text) {
            Matcher matcher = RANGE.matcher(part);
            if (matcher.matches()) {
                long first = Long.parseLong(matcher.group(1));
                long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
                if (first <= last && last - first < MOST) {
                    return LongStream.rangeClosed(first, last);
                }
            }
            throw new TypeConversionException(
                    "must be numbers and rising ranges of at most %d such as 1-5 or 1,3,7-9, got %s"
                            .formatted(MOST, text));
        }
    }
}
