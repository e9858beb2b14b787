package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Chinese documents show the code of the English ones, which other tests run, and the same
 * numbers: whoever changes one of them sees here what to change in the other.
 */
class ChineseDocumentsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ ");
    private static final Pattern TABLE = Pattern.compile("(?m)(^\\|.*\\|\\n)+");
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z0-9])[+-]?\\d+([.,]\\d+)*");

    private final String english = Files.readString(Path.of("README.md"));
    private final String chinese = Files.readString(Path.of("README.zh-CN.md"));

    ChineseDocumentsTest() throws IOException {}

    @Test
    void theReadmeHasTheSameCode() {
        assertEquals(all(BLOCK, english), all(BLOCK, chinese));
        assertTrue(all(BLOCK, english).size() >= 7, "blocks");
    }

    @Test
    void theReadmeHasTheSameHeadingsAndTables() {
        assertEquals(all(HEADING, words(english)), all(HEADING, words(chinese)), "headings");
        List<String> here = all(TABLE, words(english));
        List<String> there = all(TABLE, words(chinese));
        assertEquals(here.size(), there.size(), "tables");
        for (int table = 0; table < here.size(); table++) {
            List<String> rows = here.get(table).lines().toList();
            List<String> translated = there.get(table).lines().toList();
            assertEquals(rows.size(), translated.size(), "rows of " + rows.get(0));
            for (int row = 0; row < rows.size(); row++) {
                assertEquals(numbers(rows.get(row)), numbers(translated.get(row)), rows.get(row));
            }
        }
    }

    /** In any order, since sentences have another one. */
    @Test
    void theReadmeHasTheSameNumbers() {
        String[] here = HEADING.split(words(english), -1);
        String[] there = HEADING.split(words(chinese), -1);
        for (int i = 0; i < here.length; i++) {
            String heading = here[i].lines().findFirst().orElse("");
            assertEquals(List.of(), without(here[i], there[i]), "only in English: " + heading);
            assertEquals(List.of(), without(there[i], here[i]), "only in Chinese: " + heading);
        }
    }

    @Test
    void eachLeadsToTheOther() throws IOException {
        assertTrue(english.startsWith("# ogm4j\n\n**English** | [中文](README.zh-CN.md)\n"));
        assertTrue(chinese.startsWith("# ogm4j\n\n[English](README.md) | **中文**\n"));
        assertTrue(guide("guide.md").startsWith("# Guide\n\n**English** | [中文](guide.zh-CN.md)"));
        assertTrue(guide("guide.zh-CN.md").contains("\n\n[English](guide.md) | **中文**\n"));
    }

    @Test
    void theGuideShowsCodeThatIsRun() throws IOException {
        List<String> blocks = all(BLOCK, guide("guide.zh-CN.md"));
        for (String block : blocks) {
            assertTrue(block.startsWith("```java\n"), block);
            String code = block.substring("```java\n".length(), block.length() - "```".length());
            assertTrue(flush(english).contains(flush(code)), "not in the README:\n" + code);
        }
        assertFalse(blocks.isEmpty());
    }

    private static String guide(String name) throws IOException {
        return Files.readString(Path.of("docs", name));
    }

    private static String flush(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    /** Without code and without where links lead. */
    private static String words(String document) {
        return BLOCK.matcher(document).replaceAll("").replaceAll("\\]\\([^)]*\\)", "]");
    }

    private static List<String> without(String text, String other) {
        List<String> left = new ArrayList<>(numbers(text));
        numbers(other).forEach(left::remove);
        return left;
    }

    private static List<String> numbers(String text) {
        return all(NUMBER, text);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }
}
