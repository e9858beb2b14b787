package org.ogm4j.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.method.KnownMethod;

/** What is said of files that are wrong. */
class StudyFileTest {

    @TempDir Path folder;

    private List<String> problems(String json) throws IOException {
        Path file = folder.resolve("study.json");
        Files.writeString(file, json);
        String all = assertThrows(StudyException.class, () -> StudyFile.read(file)).getMessage();
        return all.lines().map(line -> line.replaceFirst("^.*study.json: ?", "")).toList();
    }

    @Test
    void allProblemsAreToldAtOnceEachWithItsPlace() throws IOException {
        List<String> problems =
                problems(
                        """
                        {
                          "dta": 3,
                          "data": {"kind": "fils", "labels": 3},
                          # a comment
                          "methods": ["plain", "unifrom", {"name": "opm", "strength": 2}, 7],
                          "network": {"fusion": "contact", "dropout": 2,
                            "encoders": {"a": "danse", "b": {"kind": "resnet18", "sizes": [3]}}},
                          "seeds": ["x"], "epochs": "many"
                        }
                        """);

        String all = String.join("\n", problems);
        for (String part :
                List.of(
                        "kind must be one of digits, files, got \"fils\"; did you mean \"files\"?",
                        "got \"unifrom\"; did you mean \"uniform\"?",
                        "/methods/2: opm has no strength: leave it out",
                        "/methods/3: must be the name of a method, or an object with it, got 7",
                        "got \"contact\"; did you mean \"concat\"?",
                        "got \"danse\"; did you mean \"dense\"?",
                        "/network/encoders/b: sizes are for dense, lstm and cnn, got them for resnet18",
                        "/seeds/0: must be a whole number, got \"x\"",
                        "/epochs: must be a whole number, got \"many\"",
                        "got \"dta\"; did you mean \"data\"?")) {
            assertTrue(all.contains(part), part + " in\n" + all);
        }
        assertTrue(problems.stream().allMatch(line -> line.matches("\\d+:\\d+: .*")), all);
        assertTrue(all.contains("2:3: a key here must be one of"), all);
    }

    @Test
    void aWholeNumberIsNotRounded() throws IOException {
        assertEquals(
                List.of("1:11: /batch: must be a whole number, got 1.5"),
                problems("{\"batch\": 1.5}"));
    }

    @Test
    void whatMustBeGivenIsTold() throws IOException {
        String all = String.join("\n", problems("{}"));

        assertTrue(all.contains("data must be given, or dataSets, and not both"), all);
        assertTrue(all.contains("methods must be one or more"), all);
        assertTrue(all.contains("epochs must be at least 1, got null"), all);
    }

    @Test
    void aKeyThatComesTwiceAndTextThatIsNoJson() throws IOException {
        assertTrue(problems("{\"epochs\": 1, \"epochs\": 2}").get(0).contains("Duplicate field"));
        assertTrue(problems("{\"epochs\": }").get(0).startsWith("1:"));
        assertTrue(problems("[]").get(0).contains("must be an object, got a list"));
        assertTrue(problems("null").get(0).contains("must hold an object"));
    }

    /** Those that come with the project, and all names of methods, are what the page says. */
    @Test
    void theStudiesOfTheProjectCanBeRead() throws IOException {
        Path root = Files.exists(Path.of("studies")) ? Path.of(".") : Path.of("..");
        for (String name : List.of("grid-letters", "grid-digits", "mosi")) {
            StudyFile read = StudyFile.read(root.resolve("studies/" + name + ".json"));
            assertEquals("results/" + name, read.output());
            assertEquals(7, read.methods().size());
        }
        String page = Files.readString(root.resolve("docs/study.md"));
        for (KnownMethod method : KnownMethod.values()) {
            assertTrue(page.contains("`" + method + "`"), method.toString());
        }
        for (RecordComponent key : StudyFile.class.getRecordComponents()) {
            assertTrue(page.contains("| `" + key.getName() + "` |"), key.getName());
        }
    }
}
