package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** What holds for every updater with every noise and, for Adam, every form of the variant. */
class UpdaterContractTest {

    /** Of most runs: some beyond the one at which learning rates fall. */
    private static final int STEPS = 6;

    private static final int FALL = 3;
    private static final double K = 0.3;
    private static final IUpdater SCHEDULED_ADAM = new Adam(falling(0.01));
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    /** Parameters of the encoders: a convolution and a dense layer for audio, one for visual. */
    private static final long ENCODERS = (3 * 2 + 3) + (3 * 4 * 4 + 4) + (6 * 7 + 7);

    /** One combination. */
    record Combination(String noiseName, IUpdater updater, GradientNoise noise, AdamVariant adam) {

        boolean isVariant() {
            return adam.active() && updater instanceof Adam;
        }

        boolean isLinear() {
            return ModulatedUpdater.isLinear(updater);
        }

        /** With a rule of the paper's whose coefficient differs from step to step. */
        ModulatedOptimizer.Builder options() {
            return ModulatedOptimizer.builder()
                    .rule(CoefficientRule.tpami2024(0.9))
                    .noise(noise)
                    .adam(adam);
        }

        ComputationGraph modulated(ModulatedOptimizer.Builder options) {
            return Nets.init(options.build().modulate(network(updater)));
        }

        @Override
        public String toString() {
            return updater + ", noise " + noiseName + (isVariant() ? ", " + adam : "");
        }
    }

    static Stream<Combination> all() {
        List<Combination> all = new ArrayList<>();
        for (IUpdater updater : Dl4jUpdaters.all().toList()) {
            for (AdamVariant adam : variants(updater)) {
                all.add(new Combination("none", updater, GradientNoise.none(), adam));
                all.add(new Combination("moments", updater, GradientNoise.moments(), adam));
                all.add(new Combination("tensorStd", updater, GradientNoise.tensorStd(), adam));
                if (ModulatedUpdater.isLinear(updater)) {
                    GradientNoise exact = GradientNoise.sgdCovariance();
                    all.add(new Combination("sgdCovariance", updater, exact, adam));
                }
            }
        }
        // a schedule is the updater's inside: with noise, and for Adam as the variant and without
        for (AdamVariant adam : List.of(AdamVariant.standard(), AdamVariant.off())) {
            all.add(new Combination("moments", SCHEDULED_ADAM, GradientNoise.moments(), adam));
            all.add(new Combination("none", SCHEDULED_ADAM, GradientNoise.none(), adam));
        }
        IUpdater scheduled = new Sgd(falling(0.1));
        AdamVariant standard = AdamVariant.standard();
        all.add(new Combination("moments", scheduled, GradientNoise.moments(), standard));
        return all.stream();
    }

    static Stream<Combination> withoutNoise() {
        return all().filter(combination -> !combination.noise().active());
    }

    /** Those whose finished step is K times the plain one if all was equal before. */
    static Stream<Combination> scaled() {
        return withoutNoise()
                .filter(c -> !c.isLinear() || c.updater() instanceof Sgd)
                .filter(c -> !(c.isVariant() && c.adam().epsilonInside()));
    }

    /** A fifth from some step on. */
    private static MapSchedule falling(double rate) {
        return new MapSchedule(ScheduleType.ITERATION, Map.of(0, rate, FALL, rate / 5));
    }

    private static List<AdamVariant> variants(IUpdater updater) {
        AdamVariant standard = AdamVariant.standard();
        return updater instanceof Adam
                ? List.of(
                        AdamVariant.off(),
                        standard,
                        standard.withEpsilonOutside(),
                        standard.withoutMomentCoefficient(),
                        standard.withoutStepCoefficient())
                : List.of(standard);
    }

    private static ComputationGraphConfiguration network(IUpdater updater) {
        return network(Nets.base(updater));
    }

    /** For {@link Nets#batch(int, long)}; the convolution is what tensorStd acts on. */
    private static ComputationGraphConfiguration network(NeuralNetConfiguration.Builder builder) {
        return builder.graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_conv", kernels(), "audio")
                .addLayer("audio_fc", Nets.layer(4), "audio_conv")
                .addLayer("visual_fc", Nets.layer(7), "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.convolutionalFlat(1, 5, 1), InputType.feedForward(6))
                .build();
    }

    private static ConvolutionLayer kernels() {
        return new ConvolutionLayer.Builder(1, 2).nOut(3).build();
    }

    @ParameterizedTest
    @MethodSource("all")
    void outsideTheWindowItIsThePlainNetworkToTheLastBitAndInsideItDiffers(Combination each) {
        NeuralNetConfiguration.Builder base = Nets.base(each.updater()).l2(1e-3);
        ComputationGraphConfiguration conf = network(base);
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph off = Nets.init(each.options().epochs(1, 2).build().modulate(conf));
        ComputationGraph on = Nets.init(each.options().build().modulate(conf));
        Resuming.train(plain, 0, STEPS);
        Resuming.train(off, 0, STEPS);
        Resuming.train(on, 0, STEPS);
        assertTrue(ModulatedOptimizer.lastModulation(off).isEmpty());
        Compare.same(plain.params(), off.params(), "parameters");
        ComputationGraph back = ModulatedOptimizer.strip(off);
        Compare.sameState(plain, back, "updater state");
        assertFalse(back.getConfiguration().toJson().contains("ogm4j"));
        for (String layer : List.of("audio_conv", "audio_fc", "visual_fc", "out")) {
            INDArray params = on.getLayer(layer).params();
            assertTrue(Compare.differ(plain.getLayer(layer).params(), params), "on: " + layer);
        }
        assertEquals(stateLength(plain) + ownState(each), stateLength(off));
        if (each.noise().equals(GradientNoise.moments()) && each.updater() instanceof Sgd) {
            // there is no other state, and noise is wanted from the first steps of the window on
            assertTrue(off.updaterState().amaxNumber().doubleValue() > 0, "moments are kept");
        }
    }

    private static long stateLength(ComputationGraph graph) {
        return graph.updaterState() == null ? 0 : graph.updaterState().length();
    }

    /** What modulation adds to the state of the network, in numbers. */
    private static long ownState(Combination each) {
        int perParameter = perParameter(each);
        // per class and modality the length of a column of the head's gradient
        boolean memory = each.isVariant() && each.adam().momentCoefficient();
        return perParameter * ENCODERS + (memory ? 2 * 2 * Nets.CLASSES : 0);
    }

    private static int perParameter(Combination each) {
        boolean atGate = each.noise().equals(GradientNoise.sgdCovariance());
        if (!each.noise().active() || atGate) {
            return 0;
        }
        // the means of g and g^2; the variant has v, and m too where p does not act on it
        int moments = each.isVariant() ? (each.adam().momentCoefficient() ? 1 : 0) : 2;
        return (each.noise().equals(GradientNoise.moments()) ? moments : 0)
                + (hasMomentum(each.updater()) ? 1 : 0);
    }

    private static boolean hasMomentum(IUpdater updater) {
        return updater instanceof Adam
                || updater instanceof AdaMax
                || updater instanceof AMSGrad
                || updater instanceof Nadam;
    }

    @ParameterizedTest
    @MethodSource("all")
    void savedAndResumedEqualsUnbroken(Combination each, @TempDir Path folder) throws IOException {
        ModulatedOptimizer optimizer = each.options().build();
        Resuming.assertEqualsUnbroken(optimizer.modulate(network(each.updater())), folder);
    }

    @ParameterizedTest
    @MethodSource("all")
    void modulateAndStripCarryTheStateOfEveryParameterAcross(Combination each) {
        ComputationGraph plain = Nets.init(network(each.updater()));
        Resuming.train(plain, 0, 2);
        ComputationGraph there = each.options().epochs(5, 5).build().modulate(plain);
        ComputationGraph back = ModulatedOptimizer.strip(there);
        Compare.sameState(plain, back, "updater state");
        assertFalse(back.getConfiguration().toJson().contains("ogm4j"));
        Resuming.train(plain, 2, 4);
        Resuming.train(there, 2, 4);
        Compare.same(plain.params(), there.params(), "parameters");
    }

    /** To the last bit, but for the variant, which computes the same numbers in its own way. */
    @ParameterizedTest
    @MethodSource("withoutNoise")
    void withCoefficientOneItIsThePlainNetwork(Combination each) {
        ComputationGraph plain = Nets.init(network(each.updater()));
        ComputationGraph one = each.modulated(each.options().rule(new ConstantRule(1)));
        Resuming.train(plain, 0, STEPS);
        Resuming.train(one, 0, STEPS);
        if (!each.isVariant()) {
            Compare.same(plain.params(), one.params(), "parameters");
        } else if (!each.adam().epsilonInside()) {
            Compare.close(plain.params(), one.params(), 1e-10, 1e-13, "parameters");
        } else {
            // epsilon is 1e-8, so where it stands shows in the steps that are small alone
            assertTrue(Compare.differ(plain.params(), one.params()), "epsilon");
        }
    }

    /**
     * With eps inside the root a step is the plain one times {@code (sqrt(v) + eps) / sqrt(v + eps
     * (1 - b2^t))}, from the same m and v.
     */
    @Test
    void withCoefficientOneAndEpsilonInsideTheStepFollowsFromThePlainOne() {
        double epsilon = 1e-3; // large, so that its place shows
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .rule(new ConstantRule(1))
                        .noise(GradientNoise.none())
                        .build();
        ComputationGraphConfiguration conf = network(new Adam(0.01, BETA1, BETA2, epsilon));
        ComputationGraph on = Nets.init(optimizer.modulate(conf));
        for (int t = 1; t <= 10; t++) {
            ComputationGraph plain = ModulatedOptimizer.strip(on);
            INDArray before = on.params().dup();
            Resuming.train(on, t - 1, t);
            Resuming.train(plain, t - 1, t);
            INDArray state = plain.updaterState().reshape(-1);
            INDArray after = ModulatedOptimizer.strip(on).updaterState().reshape(-1);
            Compare.close(state, after, 1e-12, 1e-18, "m and v");
            INDArray v = state.get(NDArrayIndex.interval(on.numParams(), 2 * on.numParams()));
            INDArray inside = Transforms.sqrt(v.add(epsilon * (1 - Math.pow(BETA2, t))));
            INDArray factor = Transforms.sqrt(v, true).add(epsilon).div(inside);
            INDArray plainStep = plain.params().sub(before).reshape(-1);
            INDArray step = on.params().sub(before).reshape(-1);
            Compare.close(
                    encoders(plainStep.mul(factor)), encoders(step), 1e-9, 1e-15, "step " + t);
            Compare.same(plain.getLayer("out").params(), on.getLayer("out").params(), "head");
            INDArray apart = encoders(factor).sub(1);
            assertTrue(apart.amaxNumber().doubleValue() > 0.1, "epsilon shows, step " + t);
        }
    }

    private static INDArray encoders(INDArray flat) {
        return flat.get(NDArrayIndex.interval(0, ENCODERS));
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void everyStepIsTheCoefficientTimesThePlainOneAndTheHeadsIsThePlainOne(Combination each) {
        ComputationGraph on = each.modulated(each.options().rule(new ConstantRule(K)));
        // p is the rule's value too, but for the first step
        int steps = each.isVariant() && each.adam().momentCoefficient() ? 1 : 5;
        for (int step = 0; step < steps; step++) {
            // from the same parameters and state, the next step of either
            ComputationGraph plain = ModulatedOptimizer.strip(on);
            INDArray before = on.params().dup();
            Resuming.train(on, step, step + 1);
            Resuming.train(plain, step, step + 1);
            INDArray expected = plain.params().sub(before).reshape(-1).mul(K);
            INDArray actual = on.params().sub(before).reshape(-1);
            Compare.close(encoders(expected), encoders(actual), 1e-9, 1e-15, "step " + step);
            Compare.same(plain.getLayer("out").params(), on.getLayer("out").params(), "head");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theDecoratorIsTransparent(Combination each) {
        ModulatedUpdater decorator = decorator(each, "audio");
        assertEquals(decorator, decorator.clone());
        assertEquals(decorator.hashCode(), decorator.clone().hashCode());
        assertNotEquals(decorator, decorator(each, "visual"));
        assertTrue(decorator.toString().contains(each.updater().toString()), "" + decorator);
        assertEquals(each.updater().hasLearningRate(), decorator.hasLearningRate());
        assertEquals(each.updater().getLearningRate(7, 1), decorator.getLearningRate(7, 1));
        assertEquals(
                each.updater().stateSize(1) + perParameter(each), decorator.stateSize(1), "state");
    }

    private static ModulatedUpdater decorator(Combination each, String modality) {
        // exact noise is the gates', and updaters then have none
        boolean exact = each.noise().equals(GradientNoise.sgdCovariance());
        GradientNoise noise = exact ? GradientNoise.none() : each.noise();
        return new ModulatedUpdater(each.updater().clone(), modality, noise, 1, 0, each.adam());
    }

    /** By configuration and, DL4J's way, while training. */
    @ParameterizedTest
    @MethodSource("withoutNoise")
    void learningRatesAndSchedulesReachTheUpdaterInside(Combination each) {
        if (!each.updater().hasLearningRate()) {
            return;
        }
        ComputationGraph graph = each.modulated(each.options().rule(new ConstantRule(1)));
        ComputationGraph plain = Nets.init(network(each.updater()));
        for (ComputationGraph net : List.of(graph, plain)) {
            Resuming.train(net, 0, 1);
            net.setLearningRate(0.02);
        }
        assertEquals(0.02, graph.getLearningRate("audio_fc"));
        assertTrains(each, plain, graph, 1, 2);
        for (ComputationGraph net : List.of(graph, plain)) {
            net.setLearningRate(falling(0.03));
        }
        assertEquals(0.03, graph.getLearningRate("audio_fc"), 1e-15);
        assertTrains(each, plain, graph, 2, STEPS);
        assertEquals(0.03 / 5, graph.getLearningRate("audio_fc"), 1e-15);
    }

    private static void assertTrains(
            Combination each, ComputationGraph plain, ComputationGraph on, int from, int to) {
        Resuming.train(plain, from, to);
        Resuming.train(on, from, to);
        boolean same = !each.isVariant();
        // eps = 1e-8 in another place moves a parameter by some 1e-6 of the rate in a few steps
        double atol = !same && each.adam().epsilonInside() ? 1e-3 : 1e-12;
        Compare.close(plain.params(), on.params(), same ? 0 : 1e-10, same ? 0 : atol, "params");
    }

    @ParameterizedTest
    @MethodSource("all")
    void inSinglePrecisionItIsTheSameToItsDigits(Combination each) {
        ModulatedOptimizer optimizer = each.options().build();
        ComputationGraph exact = Nets.init(optimizer.modulate(network(each.updater())));
        ComputationGraph single = Nets.init(optimizer.modulate(inFloat(each.updater())));
        single.setParams(exact.params().castTo(DataType.FLOAT));
        for (int step = 0; step < 3; step++) {
            exact.fit(Nets.batch(8, step));
            single.fit(Nets.batch(8, step, DataType.FLOAT));
        }
        INDArray expected = exact.params().castTo(DataType.FLOAT);
        Compare.close(expected, single.params(), 1e-4, 1e-4, "parameters");
    }

    private static ComputationGraphConfiguration inFloat(IUpdater updater) {
        return network(Nets.base(updater).dataType(DataType.FLOAT));
    }
}
