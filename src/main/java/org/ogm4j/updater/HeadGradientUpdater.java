package org.ogm4j.updater;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.math.HeadRows;
import org.ogm4j.updater.noise.Span;

/** The updater of a head at work: it remembers how strongly the gradient pulls. */
final class HeadGradientUpdater implements GradientUpdater<HeadUpdater>, RawGradientReader {

    /** So many rows at a time that a copy in double is small. */
    private static final int ROWS = 1 << 14;

    private final HeadUpdater config;
    private final GradientUpdater<?> wrapped;
    private final INDArray memory;
    private int iteration = -1;
    private Map<String, HeadRows> rows = Map.of();

    HeadGradientUpdater(HeadUpdater config, GradientUpdater<?> wrapped, INDArray memory) {
        this.config = config;
        this.wrapped = wrapped;
        this.memory = memory;
    }

    /**
     * Takes what is to be remembered of the step under way.
     *
     * @param rows for each modality the rows of W that read it, and what they read in this step
     */
    void hand(int iteration, Map<String, HeadRows> rows) {
        this.iteration = iteration;
        this.rows = rows;
    }

    /** The pull by class in the step before, null for another's modality. */
    double[] columns(String modality) {
        int index = config.modalities().indexOf(modality);
        return index < 0 ? null : part(index).dup().toDoubleVector();
    }

    private INDArray part(int index) {
        int classes = config.classes();
        return memory.get(NDArrayIndex.interval(index * classes, (index + 1) * classes));
    }

    @Override
    public void readRaw(INDArray gradient, int iteration, int epoch) {
        if (this.iteration == iteration) {
            double rate = config.hasLearningRate() ? config.getLearningRate(iteration, epoch) : 1;
            rows.forEach((modality, own) -> remember(modality, own, gradient, rate));
        }
    }

    private void remember(String modality, HeadRows rows, INDArray gradient, double rate) {
        int index = config.modalities().indexOf(modality);
        int classes = config.classes();
        INDArray weights =
                new Span(0, rows.total() * classes, false)
                        .view(gradient)
                        .reshape('f', rows.total(), classes);
        INDArray columns = part(index);
        columns.assign(0);
        double length = config.norm() == Norm.LITERAL ? 1 : rows.length();
        if (length == 0) {
            return; // features of 0 have no gradient either
        }
        double[] squares = new double[classes];
        for (HeadRows.Range range : rows.own()) {
            addSquares(weights, range, squares);
        }
        for (int c = 0; c < classes; c++) {
            columns.putScalar(c, Math.sqrt(squares[c]) * rate / length);
        }
    }

    /** Of every column, in double and piece by piece: long sums of floats are off. */
    static void addSquares(INDArray weights, HeadRows.Range range, double[] squares) {
        for (int from = range.from(); from < range.to(); from += ROWS) {
            INDArray own =
                    weights.get(
                                    NDArrayIndex.interval(from, Math.min(range.to(), from + ROWS)),
                                    NDArrayIndex.all())
                            .castTo(DataType.DOUBLE);
            double[] sums = own.mul(own).sum(0).toDoubleVector();
            for (int c = 0; c < squares.length; c++) {
                squares[c] += sums[c];
            }
        }
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        wrapped.applyUpdater(gradient, iteration, epoch);
    }

    @Override
    public HeadUpdater getConfig() {
        return config;
    }

    @Override
    public Map<String, INDArray> getState() {
        return new HashMap<>(wrapped.getState());
    }

    @Override
    public void setState(Map<String, INDArray> stateMap, boolean initialize) {
        wrapped.setState(stateMap, initialize);
    }

    @Override
    public void setStateViewArray(
            INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
        throw new UnsupportedOperationException(
                "state must be given when the updater is made, got another view for " + config);
    }
}
