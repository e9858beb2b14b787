package org.ogm4j.study.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.ModulatedOptimizer;

/** On what a run was made, for those who want to make it again. */
public final class Environment {

    private static final String UNKNOWN = "unknown";

    private Environment() {}

    /** Names and values, as text. */
    public static Map<String, String> present() {
        Map<String, String> all = new TreeMap<>();
        all.put("java", System.getProperty("java.version"));
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        all.put("nd4j", version(Nd4j.class, "org.nd4j/nd4j-api"));
        all.put("dl4j", version(ComputationGraph.class, "org.deeplearning4j/deeplearning4j-nn"));
        all.put("ogm4j", ogm4j());
        return all;
    }

    /** Where its classes have no jar, as in its own build, the system property says it. */
    private static String ogm4j() {
        String version = version(ModulatedOptimizer.class, "org.ogm4j/ogm4j");
        return version.equals(UNKNOWN) ? System.getProperty("ogm4j.version", UNKNOWN) : version;
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
