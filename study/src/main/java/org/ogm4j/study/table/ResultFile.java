package org.ogm4j.study.table;

import java.nio.file.Path;

/**
 * A {@code results.csv}, and what its data are called.
 *
 * @param name of its one set of data, or in front of the names of several; empty to leave them
 * @param path of the file
 */
public record ResultFile(String name, Path path) {

    /** From {@code NAME=FILE} or {@code FILE}; a name has no slash. */
    public static ResultFile of(String text) {
        int sign = text.indexOf('=');
        String name = sign < 0 ? "" : text.substring(0, sign);
        return name.contains("/") || name.contains("\\")
                ? new ResultFile("", Path.of(text))
                : new ResultFile(name.strip(), Path.of(text.substring(sign + 1)));
    }

    /** The same in a folder, unless its path is absolute. */
    public ResultFile under(Path folder) {
        return new ResultFile(name, folder.resolve(path));
    }

    /** What a set of data is called, of which the file has one or more. */
    String shown(String data, boolean one) {
        if (name.isEmpty()) {
            return data;
        }
        return one ? name : name + " " + data;
    }
}
