package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README is compiled and run as it stands there, and prints what it says. */
class ReadmeExampleTest {

    @TempDir Path folder;

    @Test
    void compilesAndPrintsWhatItSays() throws Exception {
        Path source = folder.resolve("First.java");
        Files.writeString(source, block("```java\n"));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] arguments = {"-cp", System.getProperty("java.class.path"), source.toString()};
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments);
        assertEquals(0, failed, errors.toString(StandardCharsets.UTF_8));

        String printed = run();
        String table = "modality" + block("```\nmodality");
        assertTrue(printed.startsWith(table), "the table in the README:\n" + printed);
        List<String> epochs = printed.lines().filter(line -> line.startsWith("epoch")).toList();
        assertEquals(10, epochs.size(), "epochs in the window:\n" + printed);
        List<String> shown = block("```\nepoch 0").lines().toList();
        assertEquals(shape("epoch 0" + shown.get(0)), shape(epochs.get(0)));
        assertEquals(shape(shown.get(1)), shape(epochs.get(9)));
        String evaluation = "head (classes)" + block("```\nhead (classes)");
        String last = printed.substring(printed.indexOf("head (classes)"));
        assertEquals(shape(evaluation), shape(last.stripTrailing() + "\n"));
        assertEquals(accuracy(evaluation, "fused"), accuracy(last, "fused"), 0.02);
        for (String row : List.of("fused", "audio alone", "visual alone")) {
            assertTrue(accuracy(last, row) > 0.2, "chance is 0.1: " + last);
        }
    }

    /** The POMs of the README and of the quickstart ask for what this project is built with. */
    @Test
    void theVersionsInThePomsAreThoseOfTheBuild() throws IOException {
        String parent = Files.readString(Path.of("pom.xml"));
        String quickstart = Files.readString(Path.of("examples/quickstart/pom.xml"));
        for (String pom : List.of(block("```xml\n"), quickstart)) {
            assertEquals(first(parent, "<dl4j.version>(.*)</"), version(pom, "nd4j-native"));
            assertEquals(first(parent, "<slf4j.version>(.*)</"), version(pom, "slf4j-simple"));
            assertEquals(version(parent, "ogm4j-parent"), version(pom, "ogm4j"));
            assertEquals(version(parent, "exec-maven-plugin"), version(pom, "exec-maven-plugin"));
        }
    }

    private String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object none = new String[0];
            loader.loadClass("First").getMethod("main", String[].class).invoke(null, none);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** Without numbers, whose last digits differ from machine to machine. */
    private static String shape(String printed) {
        return printed.replaceAll("[0-9.]+", "#");
    }

    private static double accuracy(String printed, String row) {
        return Double.parseDouble(first(printed, row + " +[0-9]+ +([0-9.]+)"));
    }

    private static String version(String pom, String artifact) {
        return first(pom, "<artifactId>" + artifact + "</artifactId>\\s*<version>(.*)</");
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), "no " + pattern + " in\n" + text);
        return matcher.group(1);
    }

    private static String block(String start) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf(start) + start.length();
        assertTrue(from >= start.length(), "README has no " + start);
        return readme.substring(from, readme.indexOf("```", from));
    }
}
