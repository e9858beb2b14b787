package org.ogm4j.study.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ogm4j.study.data.DataException;

/**
 * The files of a folder by id, which is the name without its ending. Names that begin with a dot
 * are passed over: some systems leave such files behind.
 */
public final class FolderFiles {

    private final Path folder;
    private final Map<String, Path> byId = new HashMap<>();

    /**
     * Looks into a folder.
     *
     * @param folder to be looked into
     * @param endings of the files that count, in lower case
     * @param folders whether folders count too, by their names
     * @throws DataException if it is missing, holds nothing of the kind, or two files of one id
     */
    public FolderFiles(Path folder, Set<String> endings, boolean folders) {
        this.folder = folder;
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            String id = null;
            if (Files.isDirectory(file)) {
                id = folders ? name : null;
            } else if (endings.contains(ending(name))) {
                id = name.substring(0, name.lastIndexOf('.'));
            }
            if (id != null && byId.put(id, file) != null) {
                throw new DataException(folder, "must hold one file of each name, got two " + id);
            }
        }
        if (byId.isEmpty()) {
            throw new DataException(folder, "must hold files of " + endings + ", got none");
        }
    }

    /**
     * The file of an id.
     *
     * @param id of an example
     * @return null if there is none
     */
    public Path get(String id) {
        return byId.get(id);
    }

    /**
     * Whether there is a file of an id.
     *
     * @param id of an example
     * @return whether there is
     */
    public boolean has(String id) {
        return byId.containsKey(id);
    }

    /**
     * All ids.
     *
     * @return in no order
     */
    public Set<String> ids() {
        return byId.keySet();
    }

    /**
     * What to tell people of an id that is not there.
     *
     * @param id of an example
     * @param ending that a file would have
     * @return path and problem
     */
    public String missing(String id, String ending) {
        return "%s: no such file".formatted(folder.resolve(id + "." + ending));
    }

    /**
     * What a folder holds.
     *
     * @param folder to be looked into
     * @return in the order of names
     * @throws DataException if there is no such folder
     */
    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(folder, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What comes after the last dot of a name.
     *
     * @param name of a file
     * @return in lower case
     */
    public static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
