package org.ogm4j.study.document;

import org.ogm4j.study.StudyException;

/**
 * What stands between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->} in a document.
 *
 * @param name of the two marks
 */
public record Section(String name) {

    /**
     * The document with another text there, and everything else as it was.
     *
     * @param file how the document is called
     * @throws StudyException if the marks are not there once, in this order
     */
    public String replaced(String file, String document, String text) {
        String begin = "<!-- begin %s -->".formatted(name);
        String end = "<!-- end %s -->".formatted(name);
        int from = once(file, document, begin) + begin.length();
        int to = once(file, document, end);
        if (to < from) {
            throw new StudyException("%s: %s must stand after %s".formatted(file, end, begin));
        }
        return document.substring(0, from) + "\n" + text + document.substring(to);
    }

    private static int once(String file, String document, String mark) {
        int place = document.indexOf(mark);
        if (place < 0 || document.indexOf(mark, place + 1) >= 0) {
            throw new StudyException(
                    "%s: must have the line %s once, has it %s"
                            .formatted(file, mark, place < 0 ? "nowhere" : "more than once"));
        }
        return place;
    }
}
