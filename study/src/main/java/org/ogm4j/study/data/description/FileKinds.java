package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.data.files.FolderFiles;

/** Which kind of modality reads a file, by its ending. */
final class FileKinds {

    static final String SOUND = "wav";
    static final String IMAGE = "image";
    static final String ARRAY = "npy";
    static final String TEXT = "text";
    private static final Map<String, String> OTHERS =
            Map.of("wav", SOUND, "npy", ARRAY, "txt", TEXT);

    private FileKinds() {}

    /** What a modality of this kind may be called. */
    static String name(String kind) {
        return switch (kind) {
            case SOUND -> "sound";
            case ARRAY -> "array";
            default -> kind;
        };
    }

    /** The kind of a file, or of a folder of images; null if it is none that can be read. */
    static String of(Path path) {
        if (Files.isDirectory(path)) {
            return firstImage(path).isPresent() ? IMAGE : null;
        }
        String ending = FolderFiles.ending(path.getFileName().toString());
        return FolderFiles.IMAGES.contains(ending) ? IMAGE : OTHERS.get(ending);
    }

    /** The first image of a folder; nothing if there is none. */
    static Optional<Path> firstImage(Path folder) {
        return FolderFiles.list(folder).stream()
                .filter(file -> !Files.isDirectory(file) && IMAGE.equals(of(file)))
                .findFirst();
    }
}
