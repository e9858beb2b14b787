package org.ogm4j.updater;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code tensorStd}: every weight of four dimensions has one variance, that of the entries of its
 * gradient (with n - 1 in the denominator), and all other parameters have none.
 */
final class TensorVariance implements VarianceEstimate {

    private final List<Tensor> tensors;
    private final Map<Integer, Double> byStart = new HashMap<>();

    TensorVariance(List<Tensor> tensors) {
        this.tensors = tensors;
    }

    @Override
    public void see(INDArray gradient, boolean modulated) {
        for (Tensor tensor : modulated ? tensors : List.<Tensor>of()) {
            boolean spread = tensor.kernel() && tensor.length() > 1;
            byStart.put(tensor.from(), spread ? tensor.of(gradient).varNumber().doubleValue() : 0);
        }
    }

    @Override
    public void of(Tensor part, int iteration, INDArray result) {
        for (Tensor tensor : tensors) {
            if (tensor.from() <= part.from() && part.to() <= tensor.to()) {
                result.assign(byStart.get(tensor.from()));
            }
        }
    }
}
