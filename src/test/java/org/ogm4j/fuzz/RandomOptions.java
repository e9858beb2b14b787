package org.ogm4j.fuzz;

import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;

/** Random options, all but the window. */
final class RandomOptions {

    private RandomOptions() {}

    static ModulatedOptimizer.Builder of(Draw draw, RandomNetwork network) {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .seed(draw.between(0, 1000))
                        .scoreEvery(draw.between(1, 2));
        switch (draw.kind("cvpr2022", "tpami2024", "deadZone")) {
            case "tpami2024" -> options.rule(CoefficientRule.tpami2024(0.8));
            case "deadZone" -> options.rule(CoefficientRule.deadZone(0.8, 0.1));
            default -> options.alpha(0.8);
        }
        switch (draw.kind(
                "noNoise",
                "moments",
                "tensorStd",
                "sgdCovariance",
                "fitting",
                "fitting",
                "fitting",
                "fitting")) {
            case "noNoise" -> options.noise(GradientNoise.none());
            case "moments" -> options.noise(GradientNoise.moments());
            case "tensorStd" -> options.noise(GradientNoise.tensorStd());
            case "sgdCovariance" -> options.noise(GradientNoise.sgdCovariance());
            default -> {}
        }
        boolean grouped = network.inputs().size() > 2 && draw.oneIn(5);
        if (grouped) {
            draw.kind("grouped");
            options.modality("m0", "m0", "m1").modality("m2", "m2");
        }
        switch (draw.kind(
                "automatic",
                "automatic",
                "automatic",
                "zeroOut",
                "zeroOut",
                "probe",
                "probe",
                "oneProbe",
                "oneProbe",
                "head")) {
            case "zeroOut" -> options.score(ScoreSource.zeroOut());
            case "probe" -> options.score(ScoreSource.probe());
            case "oneProbe" -> options.score("m0", ScoreSource.probe());
            case "head" -> options.score(ScoreSource.head());
            default -> {}
        }
        if (draw.oneIn(draw.chosen().contains("sequences") ? 3 : 30)) {
            draw.kind("trunk");
            options.trunk(true);
        }
        if (draw.oneIn(4)) {
            options.adam(
                    draw.oneIn(2)
                            ? AdamVariant.off()
                            : AdamVariant.standard().withoutMomentCoefficient());
        }
        return options;
    }
}
