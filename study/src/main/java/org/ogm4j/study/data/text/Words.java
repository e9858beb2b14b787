package org.ogm4j.study.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes texts apart: into words, or into n-grams of words or of characters. */
public final class Words {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Words() {}

    /**
     * The words of a text: longest runs of letters, marks and digits of any script, in lower case
     * (of the root locale). All else parts words and is dropped.
     *
     * @param text any
     * @return in order
     */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /**
     * Every run of so many words, joined by a space.
     *
     * @param text any
     * @param least words of the shortest runs, at least 1
     * @param most words of the longest runs
     * @return shorter runs first
     */
    static List<String> wordGrams(String text, int least, int most) {
        List<String> words = of(text);
        List<String> grams = new ArrayList<>();
        for (int n = least; n <= most; n++) {
            for (int i = 0; i + n <= words.size(); i++) {
                grams.add(String.join(" ", words.subList(i, i + n)));
            }
        }
        return grams;
    }

    /**
     * Every run of so many characters (code points) of the text in lower case, each stretch of
     * white space taken as one space, none at the ends.
     *
     * @param text any
     * @param least characters of the shortest runs, at least 1
     * @param most characters of the longest runs
     * @return shorter runs first
     */
    static List<String> characterGrams(String text, int least, int most) {
        String plain = SPACE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        int[] characters = plain.codePoints().toArray();
        List<String> grams = new ArrayList<>();
        for (int n = least; n <= most; n++) {
            for (int i = 0; i + n <= characters.length; i++) {
                grams.add(new String(characters, i, n));
            }
        }
        return grams;
    }
}
