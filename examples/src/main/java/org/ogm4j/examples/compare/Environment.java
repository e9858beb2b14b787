package org.ogm4j.examples.compare;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** On what a run was made, for those who want to make it again. */
final class Environment {

    private Environment() {}

    /** Names and values, as text. */
    static Map<String, String> present() {
        Map<String, String> all = new TreeMap<>();
        all.put("java", System.getProperty("java.version"));
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        all.put("nd4j", version(Nd4j.class));
        all.put("dl4j", version(ComputationGraph.class));
        return all;
    }

    private static String version(Class<?> of) {
        String version = of.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
