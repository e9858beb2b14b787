package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.updater.noise.Gaussians;
import org.ogm4j.updater.noise.MomentsVariance;
import org.ogm4j.updater.noise.Span;

/**
 * The estimate from moments is unbiased on stationary gradients: the mean over n = 100,000
 * coordinates is within 5 standard errors of the truth, which fails by chance with probability 6e-7
 * per step that is looked at.
 */
class MomentsVarianceTest {

    private static final int N = 100_000;
    private static final double SIGMA = 0.7;

    @Test
    void ofItsOwnMoments() {
        INDArray first = Nd4j.create(DataType.DOUBLE, N);
        INDArray second = Nd4j.create(DataType.DOUBLE, N);
        MomentsVariance variance = new MomentsVariance(first, second, 4);
        INDArray estimate = Nd4j.create(DataType.DOUBLE, N);
        for (int t = 1; t <= 40; t++) {
            variance.observe(gradient(t, 2.0), t % 2 == 0);
            variance.compute(new Span(0, N, false), 3 + t, estimate);
            if (t == 1) {
                assertEquals(0, estimate.amaxNumber().doubleValue());
            } else {
                assertUnbiased(estimate, "t = " + t);
            }
        }
    }

    @Test
    void ofAdamsMomentsWithAFactorOnTheFirst() {
        double b1 = 0.9;
        double b2 = 0.999;
        INDArray m = Nd4j.create(DataType.DOUBLE, N);
        INDArray v = Nd4j.create(DataType.DOUBLE, N);
        INDArray estimate = Nd4j.create(DataType.DOUBLE, N);
        StepFactors factors = StepFactors.of(1);
        for (int t = 1; t <= 40; t++) {
            double p = t % 3 == 0 ? 0.5 : 1 - 0.02 * (t % 7);
            INDArray g = gradient(t, 0.1);
            m.muli(b1).addi(g.mul((1 - b1) * p));
            v.muli(b2).addi(g.mul(g).mul(1 - b2));
            factors = StepFactors.next(1, p, b1, factors.missing(), factors.missingSquares());
            MomentsVariance.estimate(
                    m,
                    v,
                    1 - Math.pow(b1, t) - factors.missing(),
                    (1 - b1) / (1 + b1) * (1 - Math.pow(b1, 2 * t)) - factors.missingSquares(),
                    1 - Math.pow(b2, t),
                    estimate);
            if (t >= 4) {
                assertUnbiased(estimate, "t = " + t);
            }
        }
    }

    private static INDArray gradient(int t, double mean) {
        Gaussians stream = new Gaussians();
        stream.start(11, t, 0);
        INDArray z = Nd4j.create(DataType.DOUBLE, N);
        stream.next(z);
        return z.muli(SIGMA).addi(mean);
    }

    private static void assertUnbiased(INDArray estimate, String what) {
        double error = estimate.stdNumber().doubleValue() / Math.sqrt(N);
        assertEquals(SIGMA * SIGMA, estimate.meanNumber().doubleValue(), 5 * error, what);
    }
}
