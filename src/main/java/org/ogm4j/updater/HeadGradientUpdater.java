package org.ogm4j.updater;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.host.Numbers;
import org.ogm4j.math.HeadRows;

/** The updater of a head at work: it remembers how strongly the gradient pulls. */
final class HeadGradientUpdater implements GradientUpdater<HeadUpdater>, RawGradientReader {

    /** So many rows at a time that a copy in double is small. */
    private static final int ROWS = 1 << 12;

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
        if (index < 0) {
            return null;
        }
        int classes = config.classes();
        double[] columns = new double[classes];
        Numbers.read(memory, (long) index * classes, columns, classes);
        return columns;
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
        double[] columns = new double[classes];
        double length = config.norm() == Norm.LITERAL ? 1 : rows.length();
        if (length != 0) { // features of 0 have no gradient either
            for (HeadRows.Range range : rows.own()) {
                addSquares(gradient, rows.total(), range, columns);
            }
            for (int c = 0; c < classes; c++) {
                columns[c] = Math.sqrt(columns[c]) * rate / length;
            }
        }
        Numbers.write(memory, (long) index * classes, columns, classes);
    }

    /**
     * Of every column of W, in double: long sums of floats are off.
     *
     * @param gradient column after column, and whatever is behind
     * @param total the number of rows
     */
    static void addSquares(INDArray gradient, int total, HeadRows.Range range, double[] squares) {
        double[] piece = new double[Math.min(ROWS, range.to() - range.from())];
        for (int c = 0; c < squares.length; c++) {
            for (int from = range.from(); from < range.to(); from += ROWS) {
                int count = Math.min(ROWS, range.to() - from);
                Numbers.read(gradient, (long) c * total + from, piece, count);
                for (int i = 0; i < count; i++) {
                    squares[c] += piece[i] * piece[i];
                }
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
