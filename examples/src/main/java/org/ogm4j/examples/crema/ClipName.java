package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ogm4j.study.data.DataException;

/**
 * The name of a clip, {@code {actor}_{sentence}_{emotion}_{level}}, as in {@code 1001_DFA_ANG_XX}.
 *
 * @param text the whole name
 * @param actor who is seen and heard
 * @param emotion the third part, whatever it says
 */
record ClipName(String text, int actor, String emotion) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})_[A-Za-z0-9]+_([A-Za-z]+)_[A-Za-z]+");

    /**
     * Takes a name apart.
     *
     * @param where the file that has or holds the name
     * @throws DataException if the name has another form
     */
    static ClipName parse(String text, Path where) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new DataException(
                    where,
                    "a clip must be named {actor}_{sentence}_{emotion}_{level}, got " + text);
        }
        return new ClipName(text, Integer.parseInt(matcher.group(1)), matcher.group(2));
    }

    /**
     * The emotion that the name tells.
     *
     * @throws DataException if it is none of the six
     */
    Emotion played(Path where) {
        if (!Emotion.isName(emotion)) {
            throw new DataException(
                    where,
                    "emotion must be NEU, HAP, SAD, FEA, DIS or ANG, got %s in %s"
                            .formatted(emotion, text));
        }
        return Emotion.valueOf(emotion);
    }
}
