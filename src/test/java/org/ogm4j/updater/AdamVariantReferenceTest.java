package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gaussians;
import org.ogm4j.testing.Reference;
import org.ogm4j.updater.noise.Span;
import org.ogm4j.updater.noise.VarianceEstimate;

/** The Adam variant step by step against numbers computed in PyTorch. */
class AdamVariantReferenceTest {

    private static final long SEED = 7;
    private static final double RTOL = 1e-10;

    /** A variance that is given, instead of estimated. */
    private record Given(INDArray values) implements VarianceEstimate {
        @Override
        public void observe(INDArray gradient, boolean modulated) {}

        @Override
        public void compute(Span part, int iteration, double[] result) {
            part.read(values, result);
        }
    }

    @Test
    void momentsVarianceUpdateNoiseAndParameters() {
        List<JsonNode> cases = Reference.cases("adam_variant.json");
        assertEquals(1, cases.size());
        JsonNode given = cases.get(0);
        INDArray theta = Reference.array(given.get("theta"));
        int n = (int) theta.length();
        INDArray noisyState = Nd4j.create(DataType.DOUBLE, 4L * n);
        INDArray quietState = Nd4j.create(DataType.DOUBLE, 2L * n);
        AdamVariantGradientUpdater noisy = step(given, GradientNoise.moments(), noisyState);
        AdamVariantGradientUpdater quiet = step(given, GradientNoise.none(), quietState);
        assertTrue(given.get("steps").size() >= 8);
        for (JsonNode step : given.get("steps")) {
            int iteration = step.get("t").asInt() - 1;
            StepFactors factors =
                    new StepFactors(step.get("k").asDouble(), step.get("p").asDouble());
            noisy.variance(new Given(Reference.array(step.get("gradient_variance"))));
            INDArray withNoise = apply(noisy, step, iteration, factors);
            INDArray update = apply(quiet, step, iteration, factors);

            String what = "step " + step.get("t");
            compare(step, "m", part(noisyState, 0, n), what);
            compare(step, "v", part(noisyState, 1, n), what);
            compare(step, "S", part(noisyState, 2, n), what);
            compare(step, "m", part(quietState, 0, n), what);
            compare(step, "update", update, what);
            INDArray z = Gaussians.of(SEED, iteration, n);
            Compare.close(
                    Reference.array(step.get("noise_std")),
                    withNoise.sub(update).div(z),
                    RTOL,
                    1e-15,
                    what + " noise_std");
            theta.subi(update);
            compare(step, "theta_after_without_noise", theta, what);
        }
    }

    /** With k = 1 the step is the reference's over its k, on the same moments. */
    @Test
    void withoutTheStepCoefficientOnlyTheMomentsAreModulated() {
        JsonNode given = Reference.cases("adam_variant.json").get(0);
        int n = given.get("theta").size();
        INDArray state = Nd4j.create(DataType.DOUBLE, 2L * n);
        AdamVariantGradientUpdater moment =
                step(
                        given,
                        GradientNoise.none(),
                        state,
                        AdamVariant.standard().withoutStepCoefficient());
        boolean slowed = false;
        for (JsonNode step : given.get("steps")) {
            double k = step.get("k").asDouble();
            INDArray update =
                    apply(
                            moment,
                            step,
                            step.get("t").asInt() - 1,
                            new StepFactors(k, step.get("p").asDouble()));
            slowed |= k < 1;

            compare(step, "m", part(state, 0, n), "step " + step.get("t"));
            Compare.close(Reference.array(step.get("update")).div(k), update, RTOL, "step over k");
        }
        assertTrue(slowed);
    }

    private static AdamVariantGradientUpdater step(
            JsonNode given, GradientNoise noise, INDArray state) {
        return step(given, noise, state, AdamVariant.standard());
    }

    private static AdamVariantGradientUpdater step(
            JsonNode given, GradientNoise noise, INDArray state, AdamVariant variant) {
        Adam adam =
                new Adam(
                        given.get("lr").asDouble(),
                        given.get("beta1").asDouble(),
                        given.get("beta2").asDouble(),
                        given.get("epsilon").asDouble());
        AdamVariantGradientUpdater step =
                (AdamVariantGradientUpdater)
                        new ModulatedUpdater(adam, "a", noise, SEED, 0, variant)
                                .instantiate(state, true);
        step.prepare(List.of(new Span(0, given.get("theta").size(), false)), 0);
        return step;
    }

    private static INDArray apply(
            AdamVariantGradientUpdater step, JsonNode given, int iteration, StepFactors factors) {
        INDArray gradient = Reference.array(given.get("gradient"));
        step.hand(iteration, factors);
        step.applyUpdater(gradient, iteration, 0);
        return gradient;
    }

    private static INDArray part(INDArray state, int index, int n) {
        return new Span(index * n, (index + 1) * n, false).view(state);
    }

    private static void compare(JsonNode step, String name, INDArray actual, String what) {
        Compare.close(Reference.array(step.get(name)), actual, RTOL, what + " " + name);
    }
}
