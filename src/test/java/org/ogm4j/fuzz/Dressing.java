package org.ogm4j.fuzz;

import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;

/** What a layer may have on besides its kind. */
final class Dressing {

    private Dressing() {}

    /** At times with noise on its input or weights, or frozen while the gradient passes through. */
    static Layer of(Draw draw, BaseLayer layer) {
        if (!draw.oneIn(4)) {
            return layer;
        }
        switch (draw.kind(
                "dropout",
                "alphaDropout",
                "gaussianDropout",
                "gaussianNoise",
                "dropConnect",
                "weightNoise",
                "frozenWithBackprop")) {
            case "dropout" -> layer.setIDropout(new Dropout(0.7));
            case "alphaDropout" -> layer.setIDropout(new AlphaDropout(0.8));
            case "gaussianDropout" -> layer.setIDropout(new GaussianDropout(0.3));
            case "gaussianNoise" -> layer.setIDropout(new GaussianNoise(0.1));
            case "dropConnect" -> layer.setWeightNoise(new DropConnect(0.8));
            case "weightNoise" ->
                    layer.setWeightNoise(new WeightNoise(new NormalDistribution(0, 0.1)));
            default -> {
                return new FrozenLayerWithBackprop(layer);
            }
        }
        return layer;
    }
}
