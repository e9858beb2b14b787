package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param ids the names of its files without their endings
 */
record GuessedFolder(ModalityDescription modality, Set<String> ids) {

    private static final Map<String, String> KINDS =
            Map.of(
                    "wav", "wav", "png", "image", "jpg", "image", "jpeg", "image", "npy", "npy",
                    "txt", "text");
    private static final double WINDOW_SECONDS = 0.032;
    private static final double HOP_SECONDS = 0.02;
    private static final double LONGEST_SECONDS = 10;
    private static final int LARGEST_SIDE = 224;
    private static final int WORDS = 2000;
    private static final int LENGTH = 100;

    /** The kind of file that most of a folder's are; nothing if there is none that can be read. */
    static Optional<GuessedFolder> of(Path folder, List<String> notes) {
        Map<String, List<Path>> byKind = new HashMap<>();
        for (Path path : FolderFiles.list(folder)) {
            String kind =
                    Files.isDirectory(path)
                            ? "image"
                            : KINDS.get(FolderFiles.ending(path.getFileName().toString()));
            if (kind != null && (!Files.isDirectory(path) || firstImage(path).isPresent())) {
                byKind.computeIfAbsent(kind, key -> new ArrayList<>()).add(path);
            }
        }
        String name = folder.getFileName().toString();
        String kind = null;
        for (Map.Entry<String, List<Path>> each : byKind.entrySet()) {
            if (kind == null || each.getValue().size() > byKind.get(kind).size()) {
                kind = each.getKey();
            }
        }
        if (kind == null) {
            notes.add(
                    "Folder %s is not used: it holds no WAV, PNG, JPEG, npy or txt."
                            .formatted(name));
            return Optional.empty();
        }
        List<Path> files = byKind.get(kind);
        Set<String> ids = new HashSet<>();
        for (Path file : files) {
            String own = file.getFileName().toString();
            ids.add(Files.isDirectory(file) ? own : own.substring(0, own.lastIndexOf('.')));
        }
        ModalityDescription modality =
                switch (kind) {
                    case "wav" -> sounds(name, files, notes);
                    case "image" -> images(name, files.get(0), notes);
                    case "npy" -> new NpyArrays(name, name, null, null, null, null);
                    default -> new TextTokens(name, TextSource.folder(name), WORDS, LENGTH, null);
                };
        notes.add("Folder %s holds %d of kind %s.".formatted(name, files.size(), kind));
        return Optional.of(new GuessedFolder(modality, ids));
    }

    /** Windows of about 32 ms every 20 ms; as long as the longest clip. */
    private static WavFolder sounds(String name, List<Path> files, List<String> notes) {
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
        WavFolder sounds = WavFolder.of(name, name, rate, 1 << exponent, hop);
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
    private static ImageFolder images(String name, Path first, List<String> notes) {
        Path file = Files.isDirectory(first) ? firstImage(first).orElseThrow() : first;
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
                name,
                (int) Math.max(1, Math.round(scale * image.height())),
                (int) Math.max(1, Math.round(scale * image.width())),
                grey ? 1 : 3);
    }

    private static Optional<Path> firstImage(Path folder) {
        return FolderFiles.list(folder).stream()
                .filter(
                        file ->
                                "image"
                                        .equals(
                                                KINDS.get(
                                                        FolderFiles.ending(
                                                                file.getFileName().toString()))))
                .findFirst();
    }
}
