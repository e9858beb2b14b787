package org.ogm4j.study.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Studies that are odd: they work, or end with a line that names file and place. */
class OddStudiesTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeData() throws IOException {
        StringBuilder rows = new StringBuilder("id,label,part,x,y\n");
        for (int i = 0; i < 40; i++) {
            rows.append(
                    "e%d,%s,%d,%d,%d%n"
                            .formatted(i, i % 2 == 0 ? "no" : "yes", i / 2 % 4, i % 2, i % 5));
        }
        Files.writeString(folder.resolve("d.csv"), rows);
    }

    private int study(String command, String json, String... more) throws IOException {
        Path file = folder.resolve("study.json");
        Files.writeString(file, json);
        String[] args = new String[more.length + 2];
        args[0] = command;
        args[1] = file.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String told() {
        return err.toString().replace(folder.toString(), "F").strip();
    }

    /** What is replaced by what in a good study, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "'epochs': 1 ~ 'epochs': 1, 'epochs': 2 ~ Duplicate field 'epochs'",
                "'name': 'a' ~ 'name': 'a', 'name': 'c' ~ Duplicate field 'name'",
                "'epochs': 1 ~ 'epochs': 1e400 ~ /epochs: must be a whole number",
                "'epochs': 1 ~ 'epochs': '1' ~ /epochs: must be a whole number, got \"1\"",
                "'epochs': 1 ~ 'epochs': '' ~ /epochs: must be a whole number",
                "'epochs': 1 ~ 'epochs': true ~ /epochs: must be a whole number, got true",
                "'epochs': 1 ~ 'epochs': 1, 'tune': 1 ~ /tune: must be true or false, got 1",
                "'epochs': 1 ~ 'epochs': 1, 'tune': 'true' ~ /tune: must be true or false",
                "'epochs': 1 ~ 'epochs': 1, 'tuneOn': 'claen' ~ tuneOn: data set must be one of",
                "'network': { ~ 'network': {'learningRate': 1e400, ~ positive and finite",
                "'network': { ~ 'network': {'learningRate': NaN, ~ Non-standard token 'NaN'",
                "'network': { ~ 'network': {'learningRate': '0.1', ~ must be a number, got \"0.1\"",
                "'network': { ~ /* a /* b */ c */ 'network': { ~ Unexpected character",
                "['plain', 'ogm'] ~ [] ~ methods must be one or more",
                "['plain', 'ogm'] ~ [null] ~ methods must be one or more",
                "['plain', 'ogm'] ~ ['ogm', 'ogm'] ~ must differ, got twice ogm",
                "'ogm' ~ {'name': 'ogm', 'as': ''} ~ name must be 1 to 60 characters",
                "'ogm' ~ {'name': 'ogm', 'as': 'plain'} ~ must differ, got twice plain",
                "'ogm' ~ {'name': 'ogm', 'epochs': [5, 9]} ~ must begin at 0 to 0,",
                "'ogm' ~ {'name': 'alone', 'modality': 'c'} ~ got \"modality\"",
                "'ogm' ~ {'name': 'ogm', 'strengths': [1, 2]} ~ same number of points",
                "{'kind': 'dense', 'sizes': [4]} ~ null ~ encoders must not hold null",
                "{'kind': 'dense', 'sizes': [4]} ~ 'lstm' ~ network.encoders: encoder lstm of a",
                "'name': 'b' ~ 'name': 'a' ~ modality must come once, got twice a",
                "'name': 'b' ~ 'name': 'a\\nb' ~ must be on one line, got a\\nb",
                "'name': 'b' ~ 'name': '' ~ name must be given",
                "'files': 'd.csv', 'id': 'id', 'columns': 'y' ~ 'folder': 'd.csv' ~ files must be at least one",
                "'seeds': [1] ~ 'seeds': [1, 2, 1] ~ seeds must come once, got twice 1",
                "'seeds': [1] ~ 'seeds': [9223372036854775808] ~ out of range of long",
                "'seeds': [1] ~ 'seeds': [1], 'folds': 9 ~ folds must be at most 1",
                "'seeds': [1] ~ 'seeds': [1], 'baseline': 'plian' ~ did you mean \"plain\"?",
                "'seeds': [1] ~ 'seeds': [1], 'noise': {'n': {'c': 1}} ~ noise: modality must be",
                "'seeds': [1] ~ 'seeds': [1], 'noise': {'n\\nm': {}} ~ must be on one line",
                "'seeds': [1] ~ 'seeds': [1], 'split': {'test': ['4']} ~ the data have no folds",
                "'label': 'label' ~ 'label': 'label', 'classes': [null] ~ must not hold null",
                "'seeds': [1]} ~ 'seeds': [1]} } ~ Unexpected close marker",
                "'seeds': [1]} ~ 'seeds': [1]} {} ~ must end with the object",
            })
    void whatIsWrongIsOneLineWithItsPlace(String good, String bad, String told) throws IOException {
        String json = STUDY.replace(json(good), json(bad));
        assertFalse(json.equals(STUDY), good);

        assertEquals(2, study("run", json), told());

        assertEquals(1, told().lines().count(), told());
        assertTrue(told().startsWith("error: F"), told());
        assertTrue(told().contains(told), told());
        boolean ofData = told().startsWith("error: F: ");
        assertTrue(ofData || told().matches("(?s)error: F/study.json(:\\d+:\\d+)?: .*"), told());
        assertFalse(told().contains("org.ogm4j") || told().contains("jackson"), told());
    }

    @Test
    void aFileOfNothing() throws IOException {
        assertEquals(2, study("run", ""));
        assertEquals(2, study("run", "// nothing"));

        assertTrue(told().lines().allMatch(line -> line.endsWith("an object, got nothing")));
    }

    @Test
    void aPathThatIsNone() throws IOException {
        assertEquals(2, study("run", STUDY.replace("\"d.csv\"", "\"d\\u0000\"")));
        assertEquals(
                2, study("run", STUDY.replace("\"seeds\"", "\"output\": \"\\u0000\", \"seeds\"")));

        assertFalse(told().contains("\tat "), told());
        assertTrue(told().lines().allMatch(line -> line.startsWith("error: ")), told());
    }

    @Test
    void manySeedsAreNotAllRepeated() throws IOException {
        String many =
                LongStream.rangeClosed(1, 100_000)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(","));
        assertEquals(0, study("check", STUDY.replace("[1]", "[" + many + "]")), told());
        assertTrue(out.toString().contains("200000 runs"), out.toString());
        assertEquals(2, study("check", STUDY.replace("[1]", "[" + many + ",7]")));
        assertTrue(told().endsWith("got twice 7"), told());
    }

    /** More threads than OpenMP can make end the process, with no message at all. */
    @Test
    void asManyThreadsAsThereAreProcessors() throws IOException {
        for (String count : new String[] {"0", "-1", "10000", "x"}) {
            assertEquals(2, study("run", STUDY, "--threads", count), told());
        }
        assertEquals(4, told().lines().count(), told());
        assertTrue(told().contains("--threads must be 1 to"), told());
        assertEquals(0, study("check", STUDY, "--threads", "1"), told());
    }

    /** A run that diverged has no result: it is not a bad one. */
    @Test
    void aRunWhoseWeightsAreNotFiniteFails() throws IOException {
        String json =
                STUDY.replace("\"network\": {", "\"network\": {\"learningRate\": 1e30,")
                        .replace("\"epochs\": 1", "\"epochs\": 3");

        assertEquals(1, study("run", json), told());

        assertEquals(2, told().lines().count(), told());
        assertTrue(told().startsWith("error: plain-seed1-fold0-data-"), told());
        assertTrue(told().contains("weights are not finite after training"), told());
        assertTrue(out.toString().contains("0 of 2 runs finished"), out.toString());
        assertTrue(
                Files.readString(folder.resolve("results/report.html"))
                        .contains("weights are not finite"));
    }

    @Test
    void aClassThatTrainingLacksIsTold() throws IOException {
        Path csv = folder.resolve("d.csv");
        Files.writeString(
                csv, Files.readString(csv).replaceAll("(?m)^(e\\d+),yes,3,", "$1,perhaps,3,"));
        String json =
                STUDY.replace("\"label\": \"label\"", "\"label\": \"label\", \"fold\": \"part\"")
                        .replace("\"seeds\"", "\"split\": {\"test\": [\"3\"]}, \"seeds\"");

        assertEquals(0, study("check", json), told());

        assertTrue(told().contains("warning: F/study.json: split: training on "), told());
        assertTrue(told().endsWith("has no example of [perhaps]"), told());
    }

    /** Names that mean something in Markdown, HTML and CSV. */
    @Test
    void oddNamesStayNames() throws IOException {
        Path csv = folder.resolve("d.csv");
        Files.writeString(csv, Files.readString(csv).replace(",yes,", ",\"y, <b>\"\"|\","));
        String odd = "a, <b>|c";
        String json =
                STUDY.replace("\"name\": \"b\"", "\"name\": \"" + odd + "\"")
                        .replace("\"ogm\"", "{\"name\": \"ogm\", \"as\": \"o|<i>,\"}");

        assertEquals(0, study("run", json), told());

        int columns = -1;
        for (String line : Files.readAllLines(folder.resolve("results/summary.md"))) {
            int own = line.replace("\\|", "").split("\\|", -1).length;
            boolean inside = line.startsWith("|") && columns >= 0;
            assertTrue(!inside || own == columns, line);
            columns = line.startsWith("|") ? own : -1;
        }
        String html = Files.readString(folder.resolve("results/report.html"));
        assertFalse(html.contains("<b>") || html.contains("<i>"));
        int width = -1;
        for (String line : Files.readAllLines(folder.resolve("results/results.csv"))) {
            int own = org.ogm4j.study.table.Csv.fields(line).size();
            assertTrue(width < 0 || own == width, line);
            width = own;
        }
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    private static final String STUDY =
            """
            {"data": {"kind": "files",
               "labels": {"kind": "csv", "files": "d.csv", "id": "id", "label": "label"},
               "modalities": [
                 {"kind": "csv", "name": "a", "files": "d.csv", "id": "id", "columns": ["x", "y"]},
                 {"kind": "csv", "name": "b", "files": "d.csv", "id": "id", "columns": "y"}]},
             "network": {"encoders": {"a": {"kind": "dense", "sizes": [4]}}},
             "methods": ["plain", "ogm"], "epochs": 1, "batch": 8, "seeds": [1]}
            """;
}
