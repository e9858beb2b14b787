package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md quotes messages that exist, and every line of the log. */
class TroubleshootingTest {

    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final Pattern QUOTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern LOGGED =
            Pattern.compile("LOG\\.\\w+\\(\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One string literal plus another, and plus something that is none. */
    private static final String SUM = "\"\\+\"";

    private static final String VALUE = "\"\\+[^\"\\n;]{1,80}?\\+\"";
    private static final String DOTS = "\\.{3,}";
    private static final String PLACE = "\\{\\}|%[0-9$.,]*[a-z]";

    @Test
    void everyMessageIsInTheSources() throws IOException {
        String sources = plain(sources("src/main/java") + sources("study/src/main/java"));
        List<String> quoted = all(QUOTED, Files.readString(PAGE));
        assertTrue(quoted.size() > 60, "messages on the page: " + quoted.size());
        List<String> unknown =
                quoted.stream().filter(message -> !sources.contains(squeezed(message))).toList();
        assertEquals(List.of(), unknown, "not in the sources");
    }

    @Test
    void everyLineOfTheLogIsOnThePage() throws IOException {
        List<String> quoted =
                all(QUOTED, Files.readString(PAGE)).stream().map(m -> squeezed(m)).toList();
        String sources = joined(sources("src/main/java") + sources("study/src/main/java"));
        List<String> logged = all(LOGGED, sources);
        assertTrue(logged.size() >= 8, "lines of the log: " + logged.size());
        List<String> missing =
                logged.stream()
                        .map(TroubleshootingTest::plain)
                        .filter(line -> quoted.stream().noneMatch(line::contains))
                        .toList();
        assertEquals(List.of(), missing, "not on the page");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }

    /** Without line breaks and spaces, which sums of literals put anywhere. */
    private static String squeezed(String text) {
        String message = text.replaceAll("\\s", "").replaceAll(DOTS, "...");
        return message.endsWith("...") ? message.substring(0, message.length() - 3) : message;
    }

    private static String joined(String source) {
        return source.replaceAll("\\s", "").replaceAll(SUM, "");
    }

    private static String plain(String source) {
        return joined(source)
                .replaceAll(VALUE, "...")
                .replaceAll(PLACE, "...")
                .replaceAll(DOTS, "...")
                .replace("\\\"", "\"")
                .replace("\\n", "");
    }

    private static String sources(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> all.append(read(file)));
        }
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
