package org.ogm4j.fuzz;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.BalanceRule;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.RandomState;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.FixedRule;
import org.ogm4j.testing.Nets;

/**
 * More random options, from numbers of their own, so that the networks of all seeds stay what they
 * are: rules that see everything, dropped features, missing modalities, teachers, one ratio for
 * replicas, an updater for all layers, ends of encoders, heads and probes that are given.
 */
final class RandomExtras {

    private RandomExtras() {}

    /**
     * Adds them.
     *
     * @param kinds what was chosen before, to which this choice is added
     * @return what the network's updaters are replaced by; null if it keeps its own
     */
    static IUpdater add(
            Draw draw,
            RandomNetwork network,
            ModulatedOptimizer.Builder options,
            Collection<String> kinds) {
        ComputationGraphConfiguration conf = network.conf();
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
        addChoices(draw, network, options, kinds);
        addPlaces(draw, conf, options, kinds);
        IUpdater updater = updater(draw, network);
        if (updater != null) {
            options.updater(updater);
        }
        if (draw.oneIn(3) && !kinds.contains("grouped")) {
            draw.kind("lacking"); // rows of the first modality
        }
        kinds.addAll(draw.chosen());
        return updater;
    }

    private static void addChoices(
            Draw draw,
            RandomNetwork network,
            ModulatedOptimizer.Builder options,
            Collection<String> kinds) {
        if (draw.oneIn(4)) {
            draw.kind("sharedRatio");
            options.sharedRatio();
        }
        if (draw.oneIn(12)) {
            boolean one = draw.kind("constantRule", "fixedRule").equals("constantRule");
            Map<String, Double> k = new TreeMap<>(Map.of("m0", 0.5, "m1", 1.5, "m2", 0.0));
            k.keySet().retainAll(network.conf().getNetworkInputs());
            if (kinds.contains("grouped")) {
                k.remove("m1");
            }
            options.rule(one ? new ConstantRule(0.25) : new FixedRule(k));
        }
        if (draw.oneIn(8)) {
            draw.kind("scaledNoise");
            options.noise(
                    draw.oneIn(4)
                            ? GradientNoise.sgdCovariance().scaledBy(2)
                            : GradientNoise.moments().scaledBy(0.5));
        }
        if (draw.oneIn(6)) {
            switch (draw.kind("noStepCoefficient", "epsilonOutside", "literalNorm")) {
                case "noStepCoefficient" ->
                        options.adam(AdamVariant.standard().withoutStepCoefficient());
                case "epsilonOutside" -> options.adam(AdamVariant.standard().withEpsilonOutside());
                default -> options.adam(AdamVariant.standard().withLiteralNorm());
            }
        }
        if (draw.oneIn(8) && !kinds.contains("grouped")) {
            switch (draw.kind("joint", "own", "ownAdded")) {
                case "joint" -> options.unimodal("m1", UnimodalSignal.none());
                case "own" -> options.unimodal("m1", UnimodalSignal.replace(0.5));
                default -> options.unimodal("m1", UnimodalSignal.sum(2));
            }
        }
    }

    /** Where encoders end, heads are and probes read: of the first modality. */
    private static void addPlaces(
            Draw draw,
            ComputationGraphConfiguration conf,
            ModulatedOptimizer.Builder options,
            Collection<String> kinds) {
        List<String> own =
                conf.getVertices().keySet().stream().filter(v -> v.startsWith("m0-")).toList();
        if (draw.oneIn(10)) {
            draw.kind("endGiven");
            options.encoder("m0", draw.any(own));
        }
        if (draw.oneIn(10)) {
            switch (draw.kind("oneZeroOut", "probeAt", "deepProbe")) {
                case "oneZeroOut" -> options.score("m0", ScoreSource.zeroOut());
                case "probeAt" -> options.score("m0", ScoreSource.probe().at(draw.any(own)));
                default -> options.score("m0", ScoreSource.probe().through(Nets.layer(3)));
            }
        }
        if (draw.oneIn(kinds.contains("sumOfHeads") ? 2 : 40)) {
            List<String> heads =
                    conf.getVertices().keySet().stream()
                            .filter(v -> v.matches("f[01]m0.*"))
                            .toList();
            heads = heads.isEmpty() ? List.copyOf(conf.getVertices().keySet()) : heads;
            draw.kind("headGiven");
            options.head("m0", draw.any(heads));
        }
    }

    private static IUpdater updater(Draw draw, RandomNetwork network) {
        if (!draw.oneIn(6)) {
            return null;
        }
        boolean half = network.type() == DataType.FLOAT16;
        return switch (draw.kind("sgdGiven", "momentumGiven", half ? "sgdGiven" : "adamGiven")) {
            case "momentumGiven" -> new Nesterovs(0.05, 0.9);
            case "adamGiven" -> new Adam(0.01);
            default -> new Sgd(0.1);
        };
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
