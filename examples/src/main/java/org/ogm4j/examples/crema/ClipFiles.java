package org.ogm4j.examples.crema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ogm4j.study.data.DataException;

/**
 * Finds the sound and the frames of clips, and counts the clips that lack one.
 *
 * <p>Names that begin with a dot are passed over: some systems leave such files behind.
 */
final class ClipFiles {

    private static final String WAV = ".wav";
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png");

    /** Image 10 after image 9, whether or not the numbers have leading zeros. */
    private static final Comparator<Path> BY_NUMBER =
            Comparator.<Path>comparingInt(frame -> stem(frame).length())
                    .thenComparing(ClipFiles::stem);

    private final Path audio;
    private final Path frames;
    private int withoutSound;
    private int withoutFrames;

    /**
     * Looks into two folders.
     *
     * @param audio holds {@code {clip}.wav}
     * @param frames holds a folder of images for each clip
     * @throws DataException if one of them is missing
     */
    ClipFiles(Path audio, Path frames) {
        this.audio = audio;
        this.frames = frames;
        requireFolder(audio);
        requireFolder(frames);
    }

    int withoutSound() {
        return withoutSound;
    }

    int withoutFrames() {
        return withoutFrames;
    }

    /** The names of all clips that have a WAV file or a folder of frames, in order. */
    List<ClipName> names() {
        Set<String> names = new TreeSet<>();
        for (Path file : list(audio)) {
            String name = name(file);
            if (name.endsWith(WAV)) {
                names.add(name.substring(0, name.length() - WAV.length()));
            }
        }
        for (Path folder : list(frames)) {
            if (Files.isDirectory(folder)) {
                names.add(name(folder));
            }
        }
        return names.stream().map(name -> ClipName.parse(name, audio)).toList();
    }

    /**
     * The clip of this name, or nothing, counted, if it has no sound or no frames.
     *
     * @throws DataException if its sound is in a format that cannot be read
     */
    Optional<CremaClip> find(ClipName name, Emotion emotion) {
        Path wav = audio.resolve(name.text() + WAV);
        if (!Files.isRegularFile(wav) || !PcmFile.holdsSound(wav)) {
            withoutSound++;
            return Optional.empty();
        }
        List<Path> images = images(frames.resolve(name.text()));
        if (images.isEmpty()) {
            withoutFrames++;
            return Optional.empty();
        }
        return Optional.of(new CremaClip(name.text(), name.actor(), emotion, wav, images));
    }

    private static List<Path> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list(folder).stream().filter(ClipFiles::isImage).sorted(BY_NUMBER).toList();
    }

    private static boolean isImage(Path file) {
        String name = name(file);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return IMAGES.contains(ending) && Files.isRegularFile(file);
    }

    private static String stem(Path file) {
        String name = name(file);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !name(file).startsWith(".")).toList();
        } catch (IOException e) {
            throw new DataException(folder, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
    }
}
