package org.ogm4j.updater.noise;

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

    public TensorVariance(List<Span> tensors) {
        this.tensors = tensors;
    }

    @Override
    public void observe(INDArray gradient, boolean modulated) {
        for (Span tensor : modulated ? tensors : List.<Span>of()) {
            boolean spread = tensor.kernel() && tensor.length() > 1;
            byStart.put(
                    tensor.from(), spread ? tensor.view(gradient).varNumber().doubleValue() : 0);
        }
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
