package org.ogm4j.bench;

import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.study.machine.Convolutions;

/** Networks with and without oneDNN in one process: DL4J asks when it makes a layer. */
final class OneDnn {

    private OneDnn() {}

    static ComputationGraph graph(ComputationGraphConfiguration conf, boolean wanted) {
        System.setProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, Boolean.toString(!wanted));
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        String runs = Convolutions.describe(graph);
        System.out.println(runs);
        if (wanted && !runs.endsWith("oneDNN")) {
            throw new IllegalStateException(runs + ": it needs x86-64, and not -Donednn=false");
        }
        return graph;
    }
}
