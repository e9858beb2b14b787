package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/** The learning rates of a network. */
public final class LearningRates {

    private LearningRates() {}

    /** Gives every updater this rate, without a schedule. */
    public static void set(ComputationGraphConfiguration conf, double rate) {
        updaters(conf).forEach(updater -> updater.setLrAndSchedule(rate, null));
    }

    /** The rate of all updaters at the first step; NaN if there is none, or not one. */
    static double of(ComputationGraphConfiguration conf) {
        Set<Double> rates = new LinkedHashSet<>();
        updaters(conf).forEach(updater -> rates.add(rate(updater)));
        rates.remove(Double.NaN);
        return rates.size() == 1 ? rates.iterator().next() : Double.NaN;
    }

    private static double rate(IUpdater updater) {
        return updater.hasLearningRate() ? updater.getLearningRate(0, 0) : Double.NaN;
    }

    private static List<IUpdater> updaters(ComputationGraphConfiguration conf) {
        List<IUpdater> all = new ArrayList<>();
        for (GraphVertex vertex : conf.getVertices().values()) {
            if (vertex instanceof SameDiffVertex trained) {
                all.add(trained.getUpdater());
            } else if (vertex instanceof LayerVertex layer) {
                add(layer.getLayerConf().getLayer(), all);
            }
        }
        all.removeIf(updater -> updater == null || !updater.hasLearningRate());
        return all;
    }

    private static void add(Layer layer, List<IUpdater> all) {
        if (layer instanceof BaseWrapperLayer wrapper) {
            add(wrapper.getUnderlying(), all);
        } else if (layer instanceof BaseLayer trained) {
            all.add(trained.getIUpdater());
            all.add(trained.getBiasUpdater());
        } else if (layer instanceof AbstractSameDiffLayer trained) {
            all.add(trained.getUpdater());
            all.add(trained.getBiasUpdater());
        }
    }
}
