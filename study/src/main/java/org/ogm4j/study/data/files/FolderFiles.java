package org.ogm4j.study.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ogm4j.study.data.DataException;

/**
 * The files of a folder by id. An id names the file whose name it is, with its ending or without;
 * of a file in a folder inside, such as {@code cat/x.wav}, with that folder's name: {@code cat/x}.
 * An id that ends as recordings do, {@code x.mp4}, names {@code x.wav} and {@code x.png} too: what
 * was made of it. Names that begin with a dot are passed over: some systems leave such files
 * behind.
 */
public final class FolderFiles {

    /** What images' names end with. */
    public static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    private static final Set<String> RECORDINGS =
            Set.of(
                    "wav", "npy", "txt", "mp3", "flac", "ogg", "m4a", "aac", "mp4", "m4v", "avi",
                    "mov", "mkv", "webm", "flv", "wmv", "mpg", "mpeg");
    private static final int TOLD = 5;

    private final Path folder;
    private final Map<String, Path> byName = new HashMap<>();
    private final Map<String, List<Path>> byStem = new HashMap<>();
    private final Map<String, Path> byId = new HashMap<>();

    /**
     * Looks into a folder.
     *
     * @param folder to be looked into
     * @param endings of the files that count, in lower case
     * @param folders whether folders count too, by their names
     * @param ids of all examples: as deep as they are, it is looked into folders inside
     * @throws DataException if it is missing, holds nothing of the kind, two files of one id, one
     *     file of two ids, or an example in a folder of another name than its id says
     */
    public FolderFiles(Path folder, Set<String> endings, boolean folders, Collection<String> ids) {
        this.folder = folder;
        ids.stream()
                .map(FolderFiles::depth)
                .distinct()
                .forEach(depth -> add(depth, endings, folders));
        if (byName.isEmpty()) {
            throw new DataException(folder, "must hold files of " + endings + ", got none");
        }
        Map<Path, String> taken = new HashMap<>();
        for (String id : ids) {
            Path file = find(id);
            String other = file == null ? null : taken.put(file, id);
            if (other != null) {
                throw new DataException(
                        file, "must be of one example, got ids %s and %s".formatted(other, id));
            }
            byId.put(id, file);
        }
        refuseOtherFolders(ids);
    }

    private void add(int depth, Set<String> endings, boolean folders) {
        at(folder, depth)
                .forEach(
                        (name, file) -> {
                            if (Files.isDirectory(file)
                                    ? folders
                                    : endings.contains(ending(name))) {
                                byName.put(name, file);
                                byStem.computeIfAbsent(id(name, file), stem -> new ArrayList<>())
                                        .add(file);
                            }
                        });
    }

    /** Null if there is none. */
    private Path find(String id) {
        Set<Path> found = new LinkedHashSet<>(byStem.getOrDefault(id, List.of()));
        if (byName.containsKey(id)) {
            found.add(byName.get(id));
        }
        if (found.isEmpty()) {
            found.addAll(byStem.getOrDefault(stem(id), List.of()));
        }
        if (found.size() > 1) {
            throw new DataException(
                    folder,
                    "must hold one file for id %s, got %s"
                            .formatted(
                                    id, found.stream().map(folder::relativize).sorted().toList()));
        }
        return found.stream().findFirst().orElse(null);
    }

    /**
     * Where no name comes twice, a name says which example it is, and another folder contradicts
     * the label. Names such as 1, 2, 3 in each folder say nothing of the kind.
     */
    private void refuseOtherFolders(Collection<String> ids) {
        Map<String, String> wanted = byLastName(ids);
        List<String> others = new ArrayList<>();
        byLastName(byStem.keySet())
                .forEach(
                        (name, found) -> {
                            String id = wanted.get(name);
                            if (id != null && !has(id)) {
                                others.add("%s, got %s".formatted(id, found));
                            }
                        });
        if (!others.isEmpty()) {
            throw new DataException(
                    folder,
                    "must hold every example in the folder that its label is from; %d are elsewhere:\n%s"
                            .formatted(
                                    others.size(),
                                    String.join(
                                            "\n",
                                            others.subList(0, Math.min(TOLD, others.size())))));
        }
    }

    /** Ids by what comes after the last folder; nothing if one comes twice. */
    private static Map<String, String> byLastName(Collection<String> ids) {
        Map<String, String> byLastName = new TreeMap<>();
        for (String id : ids) {
            if (byLastName.put(id.substring(id.lastIndexOf('/') + 1), id) != null) {
                return Map.of();
            }
        }
        return byLastName;
    }

    /** How many folders an id is in. */
    private static int depth(String id) {
        return (int) id.chars().filter(c -> c == '/').count();
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
        return get(id) != null;
    }

    /**
     * What to tell people of an id that is not there.
     *
     * @param id of an example
     * @param ending that a file would have
     * @return path and problem
     */
    public String missing(String id, String ending) {
        return "%s: no such file".formatted(folder.resolve(stem(id) + "." + ending));
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
     * What a folder holds so many folders below.
     *
     * @param folder to be looked into
     * @param depth 0 for what it holds itself
     * @return files and folders by their names with the folders that they are in, such as {@code
     *     cat/x.wav}
     * @throws DataException if there is no such folder
     */
    public static Map<String, Path> at(Path folder, int depth) {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (depth == 0) {
                found.put(name, file);
            } else if (Files.isDirectory(file)) {
                at(file, depth - 1).forEach((below, each) -> found.put(name + "/" + below, each));
            }
        }
        return found;
    }

    /**
     * The id of a file, which is its name without the ending, or of a folder.
     *
     * @param name of it, with the folders that it is in
     * @param file itself
     * @return the id
     */
    public static String id(String name, Path file) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 && !Files.isDirectory(file)
                ? name.substring(0, dot)
                : name;
    }

    /**
     * An id without the ending of a recording.
     *
     * @param id of an example
     * @return {@code x} of {@code x.mp4}; {@code v1.5} of itself
     */
    public static String stem(String id) {
        int dot = id.lastIndexOf('.');
        String ending = ending(id);
        return dot > id.lastIndexOf('/') + 1
                        && (RECORDINGS.contains(ending) || IMAGES.contains(ending))
                ? id.substring(0, dot)
                : id;
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
