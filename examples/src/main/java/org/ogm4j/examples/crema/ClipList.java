package org.ogm4j.examples.crema;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.data.DataException;

/** Reads the clips of one part of the published split: lines {@code clip,EMOTION}, no heading. */
final class ClipList {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ClipList() {}

    /**
     * Reads a CSV file. Empty lines are passed over.
     *
     * @return the class of each clip, in the order of the lines
     * @throws DataException if the file is missing or unreadable, if a line has another form or
     *     another emotion, or if a clip is named twice
     */
    static Map<ClipName, Emotion> read(Path file) {
        List<String> lines = lines(file);
        Map<ClipName, Emotion> emotions = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (i == 0 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(1).strip();
            }
            if (!line.isEmpty()) {
                put(emotions, line, i + 1, file);
            }
        }
        return emotions;
    }

    private static void put(Map<ClipName, Emotion> emotions, String line, int number, Path file) {
        String[] fields = line.split(",", -1);
        if (fields.length != 2) {
            throw new DataException(
                    file, "line %d must be clip,EMOTION, got %s".formatted(number, line));
        }
        ClipName clip = ClipName.parse(fields[0].strip(), file);
        String emotion = fields[1].strip();
        if (!Emotion.isName(emotion)) {
            throw new DataException(
                    file,
                    "emotion must be NEU, HAP, SAD, FEA, DIS or ANG, got %s in line %d"
                            .formatted(emotion, number));
        }
        if (emotions.put(clip, Emotion.valueOf(emotion)) != null) {
            throw new DataException(
                    file,
                    "must name each clip once, got %s again in line %d"
                            .formatted(clip.text(), number));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new DataException(file, "must be text in UTF-8, got other bytes", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }
}
