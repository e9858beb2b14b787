package org.ogm4j.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.updater.HeadUpdater;

/** Lets the heads remember the gradient that the Adam variant's p follows from. */
final class HeadMemories {

    private HeadMemories() {}

    /**
     * Decorates the updaters of all heads that scores are read from, which all of them are. A head
     * that is not trained has no gradient, and is left alone.
     *
     * @param conf changed in place
     * @param encoders by modality
     */
    static void add(ComputationGraphConfiguration conf, Map<String, Trace.Encoder> encoders) {
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        encoders.forEach(
                (modality, encoder) ->
                        encoder.readouts()
                                .forEach(
                                        readout ->
                                                readers.computeIfAbsent(
                                                                ((HeadReadout) readout).head(),
                                                                head -> new LinkedHashSet<>())
                                                        .add(modality)));
        readers.forEach(
                (head, modalities) ->
                        add(head, conf.getVertices().get(head), List.copyOf(modalities)));
    }

    /** Whether a head has a gradient to remember. */
    static boolean isTrained(GraphVertex head) {
        return !Vertices.isFrozen(head)
                && Vertices.layerOf(head) instanceof FeedForwardLayer layer
                && Updaters.trains(layer.getIUpdater());
    }

    private static void add(String head, GraphVertex vertex, List<String> modalities) {
        if (!isTrained(vertex)) {
            return;
        }
        FeedForwardLayer layer = (FeedForwardLayer) Vertices.layerOf(vertex);
        IUpdater own = layer.getIUpdater();
        int parameters =
                (int)
                        layer.initializer().paramKeys(layer).stream()
                                .filter(name -> layer.getUpdaterByParam(name) == own)
                                .count();
        layer.setIUpdater(
                new HeadUpdater(own, head, modalities, (int) layer.getNOut(), parameters));
    }
}
