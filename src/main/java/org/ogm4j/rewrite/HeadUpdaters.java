package org.ogm4j.rewrite;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.trace.NetworkParts;
import org.ogm4j.updater.HeadUpdater;

/** Lets the heads remember the gradient that the Adam variant's p follows from. */
final class HeadUpdaters {

    private HeadUpdaters() {}

    /**
     * Decorates the updaters of all heads that scores are read from, which all of them are. A head
     * that is not trained has no gradient, and is left alone.
     *
     * @param conf changed in place
     * @param encoders by modality
     * @param norm how the gradient is measured
     */
    static void add(
            ComputationGraphConfiguration conf,
            Map<String, NetworkParts.Encoder> encoders,
            Norm norm) {
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        for (Map.Entry<String, NetworkParts.Encoder> encoder : encoders.entrySet()) {
            for (Readout readout : encoder.getValue().readouts()) {
                String head = ((HeadReadout) readout).head();
                readers.computeIfAbsent(head, name -> new LinkedHashSet<>()).add(encoder.getKey());
            }
        }
        readers.forEach(
                (head, modalities) ->
                        add(head, conf.getVertices().get(head), List.copyOf(modalities), norm));
    }

    private static void add(String head, GraphVertex vertex, List<String> modalities, Norm norm) {
        if (!Updaters.isTrained(vertex)) {
            return;
        }
        FeedForwardLayer layer = (FeedForwardLayer) Vertices.layerOf(vertex);
        IUpdater own = layer.getIUpdater();
        int parameters = 0;
        for (String parameter : layer.initializer().paramKeys(layer)) {
            parameters += layer.getUpdaterByParam(parameter) == own ? 1 : 0;
        }
        layer.setIUpdater(
                new HeadUpdater(own, head, modalities, (int) layer.getNOut(), parameters, norm));
    }
}
