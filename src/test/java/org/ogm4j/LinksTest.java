package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from one document to another, and to its headings, lead somewhere. */
class LinksTest {

    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|^    .*?$|`[^`]*`");
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^()\\s]+)\\)|(?m)^\\[[^\\]]+\\]: (\\S+)");
    private static final Pattern NAME = Pattern.compile("\\[(`[^\\]`]+`)\\](?![(\\[])");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        List<Path> documents = documents();
        for (Path document : documents) {
            String text = Files.readString(document);
            for (String target : links(text)) {
                if (!leads(document, target)) {
                    dead.add(document + ": " + target);
                }
            }
            Matcher name = NAME.matcher(text);
            while (name.find()) {
                if (!text.contains("\n[" + name.group(1) + "]: ")) {
                    dead.add(document + ": " + name.group() + " is not defined");
                }
            }
        }
        assertEquals(List.of(), dead);
        assertTrue(documents.size() > 50, "documents: " + documents.size());
    }

    /** The rule of GitHub for the anchor of a heading. */
    @Test
    void anchorsAreThoseOfGitHub() {
        assertEquals(
                Set.of("a-b--c-10", "a-b--c-10-1", "adam-k_1", "效果如何"),
                anchors("# A `b` & c, 1.0\n## A [b](c.md) & c 1.0\n# *Adam*: k_1?\n### 效果如何?\n"));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches("(.*/)?(target|node_modules)/.*"))
                    .toList();
        }
    }

    private static List<String> links(String text) {
        List<String> links = new ArrayList<>();
        Matcher link = LINK.matcher(CODE.matcher(text).replaceAll("code"));
        while (link.find()) {
            links.add(link.group(1) != null ? link.group(1) : link.group(2));
        }
        return links;
    }

    private boolean leads(Path document, String target) throws IOException {
        if (target.matches("(https?|mailto):.*")) {
            return true;
        }
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path path = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(path)) {
            return false;
        }
        if (hash < 0) {
            return true;
        }
        if (!anchors.containsKey(path)) {
            anchors.put(path, anchors(Files.readString(path)));
        }
        return anchors.get(path).contains(target.substring(hash + 1));
    }

    private static Set<String> anchors(String text) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        Matcher heading = HEADING.matcher(text.replaceAll("(?ms)^```.*?^```", ""));
        while (heading.find()) {
            String words = heading.group(1).replaceAll("\\]\\([^)]*\\)", "");
            String anchor =
                    words.toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                            .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
