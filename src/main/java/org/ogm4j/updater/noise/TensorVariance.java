package org.ogm4j.updater.noise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code tensorStd}: every weight of four dimensions has one variance, that of the entries of its
 * gradient (with n - 1 in the denominator), and all other parameters have none.
 */
public final class TensorVariance implements VarianceEstimate {

    private final List<Span> tensors;
    private final Map<Integer, Double> byStart = new HashMap<>();

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
    private static double variance(Span tensor, INDArray gradient) {
        double sum = 0;
        for (Span chunk : tensor.chunks()) {
            sum += chunk.view(gradient).castTo(DataType.DOUBLE).sumNumber().doubleValue();
        }
        double mean = sum / tensor.length();
        double squares = 0;
        for (Span chunk : tensor.chunks()) {
            INDArray centred = chunk.view(gradient).castTo(DataType.DOUBLE).sub(mean);
            squares += centred.muli(centred).sumNumber().doubleValue();
        }
        return squares / (tensor.length() - 1);
    }

    @Override
    public void compute(Span part, int iteration, INDArray result) {
        for (Span tensor : tensors) {
            if (tensor.from() <= part.from() && part.to() <= tensor.to()) {
                result.assign(byStart.get(tensor.from()));
            }
        }
    }
}
