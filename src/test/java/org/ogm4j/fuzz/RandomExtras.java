package org.ogm4j.fuzz;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.BalanceRule;
import org.ogm4j.Distillation;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.host.RandomState;
import org.ogm4j.testing.Nets;

/**
 * More random options, from numbers of their own, so that the networks of all seeds stay what they
 * are: rules that see everything, dropped features, missing modalities, teachers.
 */
final class RandomExtras {

    private RandomExtras() {}

    /**
     * Adds them.
     *
     * @return the names of what was chosen
     */
    static List<String> add(
            Draw draw, ComputationGraphConfiguration conf, ModulatedOptimizer.Builder options) {
        if (draw.oneIn(3)) {
            switch (draw.kind("noRule", "agm", "weakestFirst", "inverseEntropy")) {
                case "agm" -> options.rule(BalanceRule.agm(1));
                case "weakestFirst" -> options.rule(BalanceRule.weakestFirst(0.5, 2));
                case "inverseEntropy" -> options.rule(BalanceRule.inverseEntropy());
                default -> options.rule(BalanceRule.none());
            }
        }
        if (draw.oneIn(3)) {
            draw.kind("drop");
            double p = draw.oneIn(2) ? 1 : PredictionModulation.DEFAULT_PROBABILITY;
            options.dropFeatures(PredictionModulation.opm(0.5, 0.5).withProbability(p));
        }
        if (draw.oneIn(5)) {
            switch (draw.kind("missingZeros", "missingNans")) {
                case "missingZeros" -> options.missing("m0", MissingModality.zeros());
                default -> options.missing(MissingModality.nans());
            }
        }
        if (draw.oneIn(5)) {
            addTeacher(draw, conf, options);
        }
        return List.copyOf(draw.chosen());
    }

    /** Not trained: it teaches something, whatever it is. */
    private static void addTeacher(
            Draw draw, ComputationGraphConfiguration conf, ModulatedOptimizer.Builder options) {
        RandomState before = RandomState.now();
        ComputationGraph teacher;
        try {
            teacher = Nets.init(ModulatedOptimizer.builder().build().unimodal(conf, "m0"));
        } catch (RuntimeException e) {
            return; // no network of it alone
        } finally {
            before.restore();
        }
        switch (draw.kind("teachFeatures", "teachLogits", "teachBoth")) {
            case "teachFeatures" -> options.teacher("m0", teacher);
            case "teachLogits" -> options.teacher("m0", teacher, Distillation.logits(1));
            default -> options.teacher("m0", teacher, Distillation.features(1).andLogits(1));
        }
    }
}
