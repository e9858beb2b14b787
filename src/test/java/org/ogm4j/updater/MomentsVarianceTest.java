package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Gaussians;
import org.ogm4j.updater.noise.MomentsVariance;
import org.ogm4j.updater.noise.RunningMean;
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
        MomentsVariance variance =
                new MomentsVariance(
                        new RunningMean(first, 0.9, 4, true),
                        new RunningMean(second, 0.9, 4, true));
        double[] numbers = new double[N];
        for (int t = 1; t <= 40; t++) {
            variance.observe(gradient(t, 2.0), t % 2 == 0);
            variance.compute(new Span(0, N, false), 3 + t, numbers);
            INDArray estimate = Nd4j.createFromArray(numbers);
            if (t < 6) {
                assertEquals(0, estimate.amaxNumber().doubleValue());
            } else {
                assertUnbiased(estimate, "t = " + t);
            }
        }
    }

    private static INDArray gradient(int t, double mean) {
        INDArray z = Gaussians.of(11, t, N);
        return z.muli(SIGMA).addi(mean);
    }

    private static void assertUnbiased(INDArray estimate, String what) {
        double error = estimate.stdNumber().doubleValue() / Math.sqrt(N);
        assertEquals(SIGMA * SIGMA, estimate.meanNumber().doubleValue(), 5 * error, what);
    }
}
