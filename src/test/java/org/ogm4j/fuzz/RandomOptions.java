package org.ogm4j.fuzz;

import java.util.Collections;
import java.util.List;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;

/** Random options, all but the window. */
final class RandomOptions {

    private static final List<String> LINEAR = List.of("Sgd", "Nesterovs", "schedule");

    private RandomOptions() {}

    static ModulatedOptimizer.Builder of(Draw draw, RandomNetwork network) {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .seed(draw.between(0, 1000))
                        .scoreEvery(draw.between(1, 2));
        switch (draw.kind("cvpr2022", "tpami2024", "deadZone")) {
            case "tpami2024" -> options.rule(CoefficientRule.tpami2024(0.8));
            case "deadZone" -> options.rule(CoefficientRule.deadZone(0.8, 0.1));
            default -> options.rule(CoefficientRule.cvpr2022(0.8));
        }
        boolean linear = !Collections.disjoint(draw.chosen(), LINEAR);
        String exact = linear || draw.oneIn(4) ? "sgdCovariance" : "moments";
        switch (draw.kind("noNoise", "tensorStd", "moments", exact, "fitting", "fitting")) {
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
        String last = draw.oneIn(4) ? "head" : "automatic";
        switch (draw.kind("automatic", "zeroOut", "zeroOut", "probe", "oneProbe", last)) {
            case "zeroOut" -> options.score(ScoreSource.zeroOut());
            case "probe" -> options.score(ScoreSource.probe());
            case "oneProbe" -> options.score("m0", ScoreSource.probe());
            case "head" -> options.score(ScoreSource.head());
            default -> {}
        }
        boolean hasTrunk = linear && draw.chosen().contains("sequences");
        if (draw.oneIn(hasTrunk ? 2 : 40)) {
            draw.kind("trunk");
            options.trunk(true);
        }
        if (draw.oneIn(4)) {
            options.adam(
                    draw.oneIn(2)
                            ? AdamVariant.off()
                            : AdamVariant.standard().withoutMomentCoefficient());
        }
        if (draw.oneIn(2)) {
            switch (draw.kind("addSignal", "replaceSignal", "paretoSignal", "projectSignal")) {
                case "addSignal" -> options.unimodal(UnimodalSignal.sum(1));
                case "replaceSignal" -> options.unimodal(UnimodalSignal.replace(2));
                case "paretoSignal" -> options.unimodal(UnimodalSignal.pareto());
                default -> options.unimodal("m0", UnimodalSignal.project());
            }
        }
        return options;
    }
}
