package org.ogm4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java processes beside the tests', which live as short and so run as those do. */
public final class JavaProcess {

    private JavaProcess() {}

    /** What runs a program on the tests' class path. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                                "-Djava.awt.headless=true",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
