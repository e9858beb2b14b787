package org.ogm4j.examples.compare;

import java.util.List;
import java.util.Map;

/**
 * Where a report comes from.
 *
 * @param arguments of the command line
 * @param planned how many runs were to be there
 * @param failures what went wrong, by key
 * @param written when, UTC
 */
record Origin(List<String> arguments, int planned, Map<String, String> failures, String written) {

    /** The command that makes the report again, to be pasted into a shell. */
    String command() {
        StringBuilder all = new StringBuilder();
        for (String argument : arguments) {
            all.append(all.isEmpty() ? "" : " ").append(quoted(argument));
        }
        return "mvn -B -pl examples -am compile exec:java -Dexec.args=\"%s\"".formatted(all);
    }

    /** Inside the double quotes Maven reads single ones. */
    private static String quoted(String argument) {
        return argument.matches("[\\w./:,=@%+-]+") ? argument : "'" + argument + "'";
    }
}
