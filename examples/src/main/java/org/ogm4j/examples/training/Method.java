package org.ogm4j.examples.training;

import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;

/** How the network is trained. */
public enum Method {

    /** As DL4J trains it. */
    PLAIN,

    /** On-the-fly gradient modulation, without noise. */
    OGM,

    /** Modulation with generalization enhancement: noise of SGD's own covariance. */
    OGM_GE;

    /** The network to train: the one given, or one that modulates and has the same parameters. */
    public ComputationGraph prepare(ComputationGraph plain, Settings settings) {
        return switch (this) {
            case PLAIN -> plain;
            case OGM -> optimizer(settings, GradientNoise.none()).modulate(plain);
            case OGM_GE -> optimizer(settings, GradientNoise.sgdCovariance()).modulate(plain);
        };
    }

    private static ModulatedOptimizer optimizer(Settings settings, GradientNoise noise) {
        return ModulatedOptimizer.builder()
                .rule(settings.rule())
                .noise(noise)
                .epochs(0, settings.modulatedEpochs() - 1)
                .seed(settings.seed())
                .build();
    }

    /** The name on the command line and in the tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
