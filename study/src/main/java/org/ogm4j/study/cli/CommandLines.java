package org.ogm4j.study.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ogm4j.study.StudyException;

/** Command lines as text: words with spaces are in quotes. */
final class CommandLines {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    private CommandLines() {}

    /**
     * One of a file.
     *
     * @param place file and line
     * @param args behind the name of the command
     */
    record Line(String place, List<String> args) {

        Line {
            args = List.copyOf(args);
        }
    }

    /** As someone would type it. */
    static String text(List<String> args) {
        return "study "
                + args.stream()
                        .map(arg -> arg.matches("[\\w./:,=@%+-]+") ? arg : "'" + arg + "'")
                        .collect(Collectors.joining(" "));
    }

    /** The words of a line. */
    static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(word -> QUOTED.matcher(word).replaceAll("$1$2"))
                .toList();
    }

    /**
     * All lines of a file that begin with a command; empty ones and those that begin with # are
     * left out.
     *
     * @throws StudyException if one begins with something else
     */
    static List<Line> read(Path file, String command) throws IOException {
        List<Line> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            List<String> words = words(lines.get(i));
            if (words.isEmpty() || words.get(0).startsWith("#")) {
                continue;
            }
            String place = file + ":" + (i + 1);
            if (words.size() < 2 || !words.subList(0, 2).equals(List.of("study", command))) {
                throw new StudyException(
                        "%s: must begin with \"study %s\"".formatted(place, command));
            }
            found.add(new Line(place, words.subList(2, words.size())));
        }
        return found;
    }
}
