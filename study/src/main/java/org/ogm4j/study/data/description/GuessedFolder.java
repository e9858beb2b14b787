package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.image.Pixels;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.NpyArrays;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;
import org.ogm4j.study.data.sound.WavFile;
import org.ogm4j.study.data.sound.WavFormat;

/**
 * A folder with files of one kind.
 *
 * @param modality that it seems to be
 * @param path of the folder
 * @param ids the names of its files without their endings, with the folders inside that they are in
 */
record GuessedFolder(ModalityDescription modality, String path, Set<String> ids) {

    private static final double WINDOW_SECONDS = 0.032;
    private static final double HOP_SECONDS = 0.02;
    private static final double LONGEST_SECONDS = 10;
    private static final int LARGEST_SIDE = 224;
    private static final int WORDS = 2000;
    private static final int LENGTH = 100;

    /**
     * The kind of file that most of a folder's are, so many folders below; nothing if there is none
     * that can be read.
     */
    private static Optional<GuessedFolder> of(Path folder, int depth, List<String> notes) {
        String name = folder.getFileName().toString();
        Map<String, Map<String, Path>> byKind = byKind(folder, depth);
        return byKind.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .map(most -> of(name, name, most.getKey(), most.getValue(), notes));
    }

    /** All folders inside that hold files, so many folders below, that can be read. */
    static List<GuessedFolder> all(Path folder, int depth, List<String> notes) {
        List<GuessedFolder> all = new ArrayList<>();
        for (Path path : FolderFiles.list(folder)) {
            if (Files.isDirectory(path)) {
                Optional<GuessedFolder> found = of(path, depth, notes);
                found.ifPresent(all::add);
                if (found.isEmpty()) {
                    notes.add(
                            "Folder %s is not used: it holds no WAV, images, npy or txt."
                                    .formatted(path.getFileName()));
                }
            }
        }
        return all;
    }

    /** Every kind of file in the folders of a folder, a modality called by its kind. */
    static List<GuessedFolder> together(Path folder, List<String> notes) {
        List<GuessedFolder> all = new ArrayList<>();
        byKind(folder, 1)
                .forEach(
                        (kind, files) ->
                                all.add(of(FileKinds.name(kind), ".", kind, files, notes)));
        return all;
    }

    private static Map<String, Map<String, Path>> byKind(Path folder, int depth) {
        Map<String, Map<String, Path>> byKind = new TreeMap<>();
        FolderFiles.at(folder, depth)
                .forEach(
                        (name, file) -> {
                            String kind = FileKinds.of(file);
                            if (kind != null) {
                                byKind.computeIfAbsent(kind, key -> new LinkedHashMap<>())
                                        .put(FolderFiles.id(name, file), file);
                            }
                        });
        return byKind;
    }

    private static GuessedFolder of(
            String name, String path, String kind, Map<String, Path> byId, List<String> notes) {
        List<Path> files = List.copyOf(byId.values());
        ModalityDescription modality =
                switch (kind) {
                    case FileKinds.SOUND -> sounds(name, path, files, notes);
                    case FileKinds.IMAGE -> images(name, path, files.get(0), notes);
                    case FileKinds.ARRAY -> new NpyArrays(name, path, null, null, null, null);
                    default -> new TextTokens(name, TextSource.folder(path), WORDS, LENGTH, null);
                };
        notes.add("Folder %s holds %d of kind %s.".formatted(path, files.size(), kind));
        return new GuessedFolder(modality, path, byId.keySet());
    }

    /** Windows of about 32 ms every 20 ms; as long as the longest clip. */
    private static WavFolder sounds(
            String name, String path, List<Path> files, List<String> notes) {
        int rate = WavFile.format(files.get(0)).rate();
        double longest = 0;
        double shortest = Double.POSITIVE_INFINITY;
        for (Path file : files) {
            WavFormat format = WavFile.format(file);
            longest = Math.max(longest, format.seconds());
            shortest = Math.min(shortest, format.seconds());
        }
        long exponent = Math.max(1, Math.round(Math.log(rate * WINDOW_SECONDS) / Math.log(2)));
        int hop = (int) Math.max(1, Math.round(rate * HOP_SECONDS));
        WavFolder sounds = WavFolder.of(name, path, rate, 1 << exponent, hop);
        if (longest == shortest) {
            return sounds;
        }
        double seconds = Math.min(LONGEST_SECONDS, Math.ceil(longest * 100) / 100);
        notes.add(
                "Sounds of %s last %.2f to %.2f s; all are brought to %.2f s."
                        .formatted(name, shortest, longest, seconds));
        return sounds.withSeconds(seconds);
    }

    /** In the size of the first one, no side above 224. */
    private static ImageFolder images(String name, String path, Path first, List<String> notes) {
        Path file = Files.isDirectory(first) ? FileKinds.firstImage(first).orElseThrow() : first;
        Pixels image = Pixels.read(file);
        double scale = Math.min(1, (double) LARGEST_SIDE / Math.max(image.width(), image.height()));
        int plane = image.width() * image.height();
        boolean grey = true;
        for (int i = 0; i < plane; i++) {
            float red = image.values()[i];
            grey &= red == image.values()[plane + i] && red == image.values()[2 * plane + i];
        }
        if (image.height() > 4 * image.width()) {
            notes.add(
                    "Images of %s are %d x %d: if they are strips of frames, set frames, and height to that of one."
                            .formatted(name, image.width(), image.height()));
        }
        return ImageFolder.of(
                name,
                path,
                (int) Math.max(1, Math.round(scale * image.height())),
                (int) Math.max(1, Math.round(scale * image.width())),
                grey ? 1 : 3);
    }
}
