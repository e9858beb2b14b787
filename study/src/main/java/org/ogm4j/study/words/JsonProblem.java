package org.ogm4j.study.words;

import org.nd4j.shade.jackson.core.JsonProcessingException;

/** What Jackson says, for people who do not know Jackson. */
public final class JsonProblem {

    private JsonProblem() {}

    /** One line, without names of classes and settings, and without the text that was read. */
    public static String of(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        if (text.startsWith("No content")) {
            return "must hold an object, got nothing";
        }
        if (text.startsWith("Trailing token")) {
            return "must end with the object, got more behind it";
        }
        return text.replaceFirst("(?s)^Cannot construct instance of .*, problem: ", "")
                .replaceFirst("(?s) \\((for|start marker).*", "")
                .replaceFirst("(?s): enable JsonParser.*", "")
                .replaceFirst("(?s)\\R.*", "");
    }
}
