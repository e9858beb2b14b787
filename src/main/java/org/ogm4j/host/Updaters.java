package org.ogm4j.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** The updaters in a vertex's configuration, wherever DL4J keeps them. */
public final class Updaters {

    private Updaters() {}

    /** The updaters of the parameters of a vertex that are trained, by parameter. */
    public static Map<String, IUpdater> trained(GraphVertex vertex) {
        Map<String, IUpdater> trained = new LinkedHashMap<>();
        for (String parameter : Vertices.parametersOf(vertex)) {
            IUpdater updater = Vertices.trainingOf(vertex).getUpdaterByParam(parameter);
            if (trains(updater)) {
                trained.put(parameter, updater);
            }
        }
        return trained;
    }

    static boolean trains(IUpdater updater) {
        return updater != null && !(updater instanceof NoOp);
    }

    /** Whether the weights of a layer, frozen or not, are trained. */
    public static boolean isTrained(GraphVertex vertex) {
        return !Vertices.isFrozen(vertex)
                && Vertices.layerOf(vertex) instanceof FeedForwardLayer layer
                && trains(layer.getIUpdater());
    }

    /**
     * Replaces the updater of the weights, and that of the biases where there is one of its own.
     *
     * @param vertex changed in place; frozen vertices are left alone
     * @param change what becomes of an updater, which may be null; NoOp stays, since it says that
     *     nothing is to change
     */
    public static void replace(GraphVertex vertex, UnaryOperator<IUpdater> change) {
        if (vertex instanceof SameDiffVertex sameDiff) {
            sameDiff.setUpdater(main(sameDiff.getUpdater(), change));
            sameDiff.setBiasUpdater(bias(sameDiff.getBiasUpdater(), change));
        } else if (!Vertices.isFrozen(vertex)) {
            Vertices.layersOf(vertex).forEach(layer -> replace(layer, change));
        }
    }

    private static void replace(Layer layer, UnaryOperator<IUpdater> change) {
        if (layer instanceof BaseLayer base) {
            base.setIUpdater(main(base.getIUpdater(), change));
            base.setBiasUpdater(bias(base.getBiasUpdater(), change));
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setUpdater(main(sameDiff.getUpdater(), change));
            sameDiff.setBiasUpdater(bias(sameDiff.getBiasUpdater(), change));
        }
    }

    private static IUpdater main(IUpdater own, UnaryOperator<IUpdater> change) {
        return own instanceof NoOp ? own : change.apply(own);
    }

    private static IUpdater bias(IUpdater own, UnaryOperator<IUpdater> change) {
        return own == null ? null : main(own, change);
    }
}
