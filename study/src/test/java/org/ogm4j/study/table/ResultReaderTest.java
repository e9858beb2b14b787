package org.ogm4j.study.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.run.Samples;

/** Files of two runs on "loud", and what may be wrong with them. */
class ResultReaderTest {

    private static final String TEXT =
            Csv.runs(
                    Result.of(
                            List.of(
                                    Samples.record("plain", "loud", 1, 0.8),
                                    Samples.record("ogm", "loud", 1, 0.9)),
                            "plain"));

    @TempDir Path folder;

    @Test
    void dataAreCalledAsTheFileSays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), TEXT);
        Path two =
                Files.writeString(folder.resolve("b.csv"), TEXT.replace("ogm,,loud", "ogm,,soft"));

        assertEquals(List.of("loud", "loud"), data(file.toString()));
        assertEquals(List.of("GRID", "GRID"), data("GRID=" + file));
        assertEquals(List.of("GRID loud", "GRID soft"), data(" GRID =" + two));
        assertEquals("a/b=c.csv", ResultFile.of("a/b=c.csv").path().toString());
    }

    private static List<String> data(String file) throws IOException {
        return ResultReader.read(List.of(ResultFile.of(file))).stream().map(Result::data).toList();
    }

    /** A study of before, and one that measures more. */
    @Test
    void whatAnyFileMeasuresIsKnown() throws IOException {
        List<String> lines = TEXT.lines().toList();
        String least =
                "key,method,only,data,seed,fold,learning_rate,strength,measure,trained,tested,fused\n";
        String plain = "k,plain,,loud,1,0,,,accuracy,40,20,0.8\n";
        Path a = Files.writeString(folder.resolve("a.csv"), least + plain);
        Path b =
                Files.writeString(
                        folder.resolve("b.csv"), lines.get(0) + "\n" + lines.get(2) + "\n");

        List<Result> runs =
                ResultReader.read(List.of(new ResultFile("", a), new ResultFile("", b)));

        List<Summary> rows = Summary.of(runs, "plain");
        assertEquals(
                List.of(0, 1),
                rows.stream()
                        .filter(row -> row.metric().equals(Metric.STEP_MILLIS))
                        .map(row -> row.value().n())
                        .toList());
    }

    @Test
    void aColumnThatNobodyKnowsIsNamed() throws IOException {
        refused(
                TEXT.replace("audio_ratio", "audio_ration"),
                "a.csv:1: column must be one of fused, audio, visual, ",
                "got \"audio_ration\"; did you mean \"audio_ratio\"?");
        refused(
                TEXT.replace("audio_ratio", "visual_ratio"),
                "a.csv:1: column visual_ratio is there twice");
        refused(TEXT.replace(",fused,", ",fused_f1,"), "a.csv:1: ");
        refused("", "a.csv:1: must begin with the columns key,method,only,data,seed,fold");
        refused(TEXT.replace("key,method", "method,key"), "a.csv:1: must begin with the columns");
        refused(TEXT.lines().findFirst().orElseThrow() + "\n", "a.csv: has no runs");
    }

    @Test
    void aRowThatIsNoRunIsNamed() throws IOException {
        String cut = TEXT.substring(0, TEXT.length() - 12);
        refused(cut.substring(0, cut.lastIndexOf(',')), "a.csv:3: must have 28 fields", ", got 2");
        refused(TEXT + "\n", "a.csv:4: must have 28 fields, as the first line has, got 1");
        refused(
                TEXT.replace("0.9", "1e400"),
                "a.csv:3: fused must be a finite number or empty, got \"1e400");
        refused(
                TEXT.replace("0.9", "nine"),
                "a.csv:3: fused must be a finite number or empty, got \"nine");
        refused(
                TEXT.replace("ogm,,loud,1", "ogm,,loud,one"),
                "a.csv:3: seed must be a whole number, got \"one\"");
        refused(TEXT.replace("ogm,,loud", "ogm,,"), "a.csv:3: data must not be empty");
        refused(
                TEXT.replaceFirst("(ogm,,loud,1,0,[^,]*),[^,]*", "$1,0"),
                "a.csv:3: strength must be positive and finite");
    }

    @Test
    void aRunThatIsThereTwiceIsNamedWithBothPlaces() throws IOException {
        String again = TEXT.lines().skip(1).findFirst().orElseThrow();
        refused(TEXT + again + "\n", "a.csv:4: key plain-seed1-", " is in ", "a.csv:2 too");
        refused(
                TEXT + again.replaceFirst("plain-", "other-") + "\n",
                "a.csv:4: plain on loud, seed 1, fold 0 is in ",
                "a.csv:2 too; if these are other data, write NAME=FILE");
    }

    @Test
    void studiesThatMeasureOtherThingsAreNotMixed() throws IOException {
        refused(
                TEXT.replaceFirst("(ogm.*),accuracy,", "$1,R^2,"),
                "a.csv:3: measure must be accuracy as in ",
                "a.csv:2, got R^2");
    }

    /** The same name in two studies, most likely of other data. */
    @Test
    void testsOfOtherSizesAreNotPaired() throws IOException {
        refused(
                TEXT.replaceFirst("(ogm.*),40,20,", "$1,40,19,"),
                "a.csv:3: the test of loud, seed 1, fold 0 has 19 examples, and 20 examples in ",
                "a.csv:2; if these are other data, write NAME=FILE");
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), new byte[] {(byte) 0xff, (byte) 0xfe});
        List<ResultFile> files = List.of(new ResultFile("", file));
        assertTrue(
                assertThrows(StudyException.class, () -> ResultReader.read(files))
                        .getMessage()
                        .contains("a.csv is no text in UTF-8"));
        List<ResultFile> none = List.of(ResultFile.of("x=nothing.csv"));
        assertEquals(
                "there is no file nothing.csv",
                assertThrows(IOException.class, () -> ResultReader.read(none)).getMessage());
    }

    private void refused(String text, String... said) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        List<ResultFile> files = List.of(new ResultFile("", file));
        String message =
                assertThrows(StudyException.class, () -> ResultReader.read(files)).getMessage();
        for (String part : said) {
            assertTrue(message.contains(part), message);
        }
    }
}
