package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ogm4j.study.data.kind.ModalityDescription;

/** Folders whose names are the classes, in the folder of each modality or around all of them. */
final class GuessedClasses {

    private static final List<List<FolderLabels.Level>> LAYOUTS =
            List.of(
                    List.of(FolderLabels.Level.LABEL),
                    List.of(FolderLabels.Level.FOLD, FolderLabels.Level.LABEL));

    /** Names of folders that are parts of a data set and no classes. */
    private static final Set<String> PARTS =
            Set.of("train", "training", "val", "valid", "validation", "dev", "test", "eval");

    private GuessedClasses() {}

    /** Nothing if there are none, or no more modalities than were found without them. */
    static Optional<FolderGuess> of(Path folder, int found) {
        for (List<FolderLabels.Level> levels : LAYOUTS) {
            List<String> notes = new ArrayList<>();
            List<GuessedFolder> folders = GuessedFolder.all(folder, levels.size(), notes);
            Optional<FolderGuess> guess = guess(folders, levels, notes, found);
            if (guess.isPresent()) {
                return guess;
            }
        }
        List<String> notes = new ArrayList<>();
        List<GuessedFolder> together = GuessedFolder.together(folder, notes);
        return together.size() < 2
                ? Optional.empty()
                : guess(together, LAYOUTS.get(0), notes, Math.max(1, found));
    }

    private static Optional<FolderGuess> guess(
            List<GuessedFolder> folders,
            List<FolderLabels.Level> levels,
            List<String> notes,
            int found) {
        Optional<GuessedFolder> most =
                folders.stream().max(Comparator.comparingInt(each -> each.ids().size()));
        if (most.isEmpty()) {
            return Optional.empty();
        }
        Set<String> classes = names(most.get().ids(), levels.size() - 1);
        boolean parts = isParts(names(most.get().ids(), 0));
        if (classes.size() < 2 || parts != (levels.size() > 1)) {
            return Optional.empty();
        }
        List<ModalityDescription> modalities = new ArrayList<>();
        for (GuessedFolder each : folders) {
            Set<String> shared = new HashSet<>(each.ids());
            shared.retainAll(most.get().ids());
            if (shared.isEmpty()) {
                notes.add(
                        "Folder %s is not used: it shares no name with %s."
                                .formatted(each.path(), most.get().path()));
            } else {
                modalities.add(each.modality());
            }
        }
        if (modalities.size() <= found) {
            return Optional.empty();
        }
        notes.add(
                "Classes are the names of the folders in %s: %s."
                        .formatted(most.get().path(), classes));
        notes.add(
                parts ? "Folds are the names of the folders around them." : "There are no folds.");
        FolderLabels labels = new FolderLabels(most.get().path(), parts ? levels : null, null);
        return Optional.of(new FolderGuess(new FileData(labels, modalities, null), notes));
    }

    private static Set<String> names(Set<String> ids, int level) {
        Set<String> names = new TreeSet<>();
        ids.forEach(id -> names.add(id.split("/", -1)[level]));
        return names;
    }

    private static boolean isParts(Set<String> names) {
        return names.stream().allMatch(name -> PARTS.contains(name.toLowerCase(Locale.ROOT)));
    }
}
