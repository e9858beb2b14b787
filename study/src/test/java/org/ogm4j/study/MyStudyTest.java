package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in the guide's "A study of your own" compiles and runs as it stands there. */
class MyStudyTest {

    private static final String MARK = "<!-- compiled and run by MyStudyTest -->\n```java\n";

    @TempDir Path folder;

    @Test
    void compilesAndComparesTwoMethods() throws Exception {
        Path root = Files.exists(Path.of("studies")) ? Path.of(".") : Path.of("..");
        String guide = Files.readString(root.resolve("docs/guide.md"));
        String program = guide.substring(guide.indexOf(MARK) + MARK.length()).split("```", -1)[0];
        long lines = program.lines().filter(l -> !l.isBlank() && !l.startsWith("import ")).count();
        assertTrue(lines <= 25, "lines: " + lines);

        Path study = folder.resolve("study");
        String small = replaced(program, "seeds(1, 2, 3).epochs(10)", "seeds(1).epochs(1)");
        small = replaced(small, "repeat(0, 100)", "repeat(0, 10)");
        small = replaced(small, "600", "60");
        small = replaced(small, "32, 5)).folds(5)", "32, 3)).folds(3)");
        small =
                replaced(
                        small,
                        "\"target/study\"",
                        "\"" + study.toString().replace('\\', '/') + "\"");
        Path source = folder.resolve("MyStudy.java");
        Files.writeString(source, small);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] arguments = {
            "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString()
        };
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments);
        assertEquals(0, failed, errors.toString(StandardCharsets.UTF_8));

        String printed = run();
        assertTrue(printed.contains("| method | runs | fused | fused - plain |"), printed);
        assertTrue(printed.contains("| plain | 3 |"), printed);
        assertTrue(printed.contains("| ogm-ge | 3 |"), printed);
        assertTrue(Files.exists(study.resolve("report.html")));
    }

    private static String replaced(String text, String old, String other) {
        assertTrue(text.contains(old), "no " + old + " in\n" + text);
        return text.replace(old, other);
    }

    private String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object none = new String[0];
            loader.loadClass("MyStudy").getMethod("main", String[].class).invoke(null, none);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
