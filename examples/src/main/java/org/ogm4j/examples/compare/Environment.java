package org.ogm4j.examples.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** On what a run was made, for those who want to make it again. */
final class Environment {

    private static final String UNKNOWN = "unknown";

    private Environment() {}

    /** Names and values, as text. */
    static Map<String, String> present() {
        Map<String, String> all = new TreeMap<>();
        all.put("java", System.getProperty("java.version"));
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        all.put("nd4j", version(Nd4j.class, "org.nd4j/nd4j-api"));
        all.put("dl4j", version(ComputationGraph.class, "org.deeplearning4j/deeplearning4j-nn"));
        all.put("ogm4j", System.getProperty("ogm4j.version", UNKNOWN)); // its classes have no jar
        return all;
    }

    /** What Maven has written into the jar of a class. */
    private static String version(Class<?> of, String artifact) {
        Properties about = new Properties();
        try (InputStream file =
                of.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            if (file != null) {
                about.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return about.getProperty("version", UNKNOWN);
    }
}
