package org.ogm4j.updater.noise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code tensorStd}: every weight of four dimensions has one variance, that of the entries of its
 * gradient (with n - 1 in the denominator), and all other parameters have none.
 */
public final class TensorVariance implements VarianceEstimate {

    private final List<Span> tensors;
    private final Map<Integer, Double> byStart = new HashMap<>();
    private final Scratch gradients = new Scratch();

    public TensorVariance(List<Span> tensors) {
        this.tensors = tensors;
    }

    @Override
    public void observe(INDArray gradient, boolean modulated) {
        for (Span tensor : modulated ? tensors : List.<Span>of()) {
            boolean spread = tensor.kernel() && tensor.length() > 1;
            byStart.put(tensor.from(), spread ? variance(tensor, gradient) : 0);
        }
    }

    /** In double: sums of floats are off by percents above some 10 million values. */
    private double variance(Span tensor, INDArray gradient) {
        double mean = sum(tensor, gradient, 0, 1) / tensor.length();
        return sum(tensor, gradient, mean, 2) / (tensor.length() - 1);
    }

    /** Of {@code g - mean}, or of its squares. */
    private double sum(Span tensor, INDArray gradient, double mean, int power) {
        double sum = 0;
        for (Span chunk : tensor.chunks()) {
            double[] g = gradients.lend(chunk.length());
            chunk.read(gradient, g);
            double part = 0;
            for (int i = 0; i < chunk.length(); i++) {
                double centred = g[i] - mean;
                part += power == 1 ? centred : centred * centred;
            }
            sum += part;
        }
        return sum;
    }

    @Override
    public void compute(Span part, int iteration, double[] result) {
        for (Span tensor : tensors) {
            if (tensor.from() <= part.from() && part.to() <= tensor.to()) {
                Arrays.fill(result, 0, part.length(), byStart.get(tensor.from()));
            }
        }
    }
}
