package org.ogm4j.updater;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The state of one block of parameters: the updater inside comes first, then arrays of its
 * decorator, each as long as the parameters.
 *
 * @param wrapped the updater inside, at work
 * @param inside the state of the updater inside, null if it has none
 * @param own the decorator's arrays
 */
record StateView(GradientUpdater<?> wrapped, INDArray inside, List<INDArray> own) {

    /**
     * Splits a view of {@code config.stateSize(n)} numbers.
     *
     * @param view null if there is no state
     * @param initialize whether the state is new
     */
    static StateView of(ModulatedUpdater config, INDArray view, boolean initialize) {
        IUpdater updater = config.wrapped();
        if (view == null) {
            return new StateView(updater.instantiate((INDArray) null, false), null, List.of());
        }
        INDArray flat = view.reshape(view.length());
        long parameters = flat.length() / config.stateSize(1);
        long size = updater.stateSize(parameters);
        INDArray inside = size == 0 ? null : part(flat, 0, size);
        List<INDArray> own = new ArrayList<>();
        for (long start = size; start < flat.length(); start += parameters) {
            INDArray array = part(flat, start, parameters);
            if (initialize) {
                array.assign(0);
            }
            own.add(array);
        }
        return new StateView(updater.instantiate(inside, initialize), inside, own);
    }

    private static INDArray part(INDArray flat, long start, long length) {
        return flat.get(NDArrayIndex.interval(start, start + length));
    }
}
