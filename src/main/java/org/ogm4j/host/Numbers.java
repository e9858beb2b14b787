package org.ogm4j.host;

import java.util.Arrays;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes the numbers of arrays of any type, order and strides by plain loops. An
 * operation of ND4J costs some 5 to 25 microseconds and several native buffers before it computes
 * anything, which is more than the arithmetic of a step takes.
 */
public final class Numbers {

    /** So many at a time that loops over them compile well. */
    private static final int PIECE = 1 << 12;

    /** Up to so many products a plain loop is faster than a native call. */
    private static final long SMALL = 1 << 17;

    private Numbers() {}

    /** The numbers of one array, by their place in its buffer. */
    private interface Cells {

        double get(long at);

        void put(long at, double value);

        /** A factor as the array's type has it. */
        double round(double value);

        static Cells of(INDArray array) {
            DataBuffer data = array.data();
            data.getDouble(0); // a backend with memory of its own copies it to the host here
            return switch (data.dataType()) {
                case FLOAT -> new OfFloat((FloatIndexer) data.indexer());
                case DOUBLE -> new OfDouble((DoubleIndexer) data.indexer());
                default -> new OfAny(data);
            };
        }

        static Cells toWrite(INDArray array) {
            Cells cells = of(array);
            array.data().put(0, cells.get(0)); // and notes here that the host's is the newer one
            return cells;
        }
    }

    private record OfFloat(FloatIndexer data) implements Cells {

        @Override
        public double get(long at) {
            return data.get(at);
        }

        @Override
        public void put(long at, double value) {
            data.put(at, (float) value);
        }

        @Override
        public double round(double value) {
            return (float) value;
        }
    }

    private record OfDouble(DoubleIndexer data) implements Cells {

        @Override
        public double get(long at) {
            return data.get(at);
        }

        @Override
        public void put(long at, double value) {
            data.put(at, value);
        }

        @Override
        public double round(double value) {
            return value;
        }
    }

    private record OfAny(DataBuffer data) implements Cells {

        @Override
        public double get(long at) {
            return data.getDouble(at);
        }

        @Override
        public void put(long at, double value) {
            data.put(at, value);
        }

        @Override
        public double round(double value) {
            return value;
        }
    }

    /** Some numbers that lie at equal distances in two buffers. */
    @FunctionalInterface
    private interface Line {

        /**
         * Is called once per line.
         *
         * @param a where the first is in the first array
         * @param aStep from one to the next
         * @param b the same of the second array
         * @param bStep likewise
         * @param from which number of the arrays the first is, in order c
         * @param count how many
         */
        void at(long a, long aStep, long b, long bStep, long from, int count);
    }

    /** Visits two arrays of one shape in order c, in lines of at most so many numbers. */
    private static void lines(INDArray first, INDArray second, long longest, Line line) {
        long length = first.length();
        long[] shape = first.shape();
        int last = shape.length - 1;
        boolean whole = last < 0 || (isInOrder(first) && isInOrder(second));
        long run = Math.min(longest, whole ? length : shape[last]);
        long aStep = whole ? 1 : first.stride(last);
        long bStep = whole ? 1 : second.stride(last);
        for (long from = 0; from < length; from += run) {
            long a = whole ? from : place(first, from);
            long b = whole ? from : place(second, from);
            for (long done = 0; done < run; done += PIECE) {
                int count = (int) Math.min(PIECE, run - done);
                line.at(a + done * aStep, aStep, b + done * bStep, bStep, from + done, count);
            }
        }
    }

    private static boolean isInOrder(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    private static long place(INDArray array, long number) {
        long rest = number;
        long place = 0;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            place += rest % array.size(axis) * array.stride(axis);
            rest /= array.size(axis);
        }
        return place;
    }

    /**
     * All numbers of an array.
     *
     * @param array of any type
     * @return in order c
     */
    public static double[] of(INDArray array) {
        double[] numbers = new double[(int) array.length()];
        if (numbers.length > 0) {
            Cells cells = Cells.of(array);
            lines(
                    array,
                    array,
                    numbers.length,
                    (a, step, b, same, from, count) ->
                            copy(cells, a, step, numbers, (int) from, count));
        }
        return numbers;
    }

    /** Whether a matrix times one of so many columns is for plain loops. */
    public static boolean isSmall(INDArray matrix, long columns) {
        return matrix.length() * columns <= SMALL;
    }

    /**
     * The product of a matrix and some rows of another, for small ones.
     *
     * @param x shape [m, d]
     * @param w shape [at least from + d, n]
     * @param from the first of its rows
     * @param product where to write, shape [m, n], order c without gaps
     */
    public static void multiply(INDArray x, INDArray w, long from, INDArray product) {
        int depth = (int) x.size(1);
        double[] columns = columns(w, from, depth);
        double[] row = new double[depth];
        Cells cells = Cells.of(x);
        Cells result = Cells.toWrite(product);
        int rows = (int) x.size(0);
        long rowStep = x.stride(0);
        long step = x.stride(1);
        long at = 0;
        for (int i = 0; i < rows; i++) {
            copy(cells, i * rowStep, step, row, 0, depth);
            for (int column = 0; column < columns.length; column += depth) {
                result.put(at++, dot(row, columns, column));
            }
        }
    }

    private static void copy(Cells from, long start, long step, double[] to, int at, int count) {
        long place = start;
        for (int i = 0; i < count; i++) {
            to[at + i] = from.get(place);
            place += step;
        }
    }

    /** Some rows of a matrix, column after column. */
    private static double[] columns(INDArray matrix, long from, int rows) {
        Cells cells = Cells.of(matrix);
        double[] numbers = new double[rows * (int) matrix.size(1)];
        long step = matrix.stride(0);
        long start = from * step;
        for (int column = 0; column < numbers.length; column += rows) {
            copy(cells, start, step, numbers, column, rows);
            start += matrix.stride(1);
        }
        return numbers;
    }

    /**
     * The gradient of the parameters of a linear layer, for small ones: {@code x^T delta}, column
     * after column, and behind it the sums of delta's columns where the layer has a bias.
     *
     * @param x what the layer reads, shape [m, d]
     * @param delta the gradient of its outputs, shape [m, n]
     * @param gradient where to write, [d n] or [d n + n] without gaps
     */
    public static void gradient(INDArray x, INDArray delta, INDArray gradient) {
        double[] rows = of(x);
        double[] deltas = of(delta);
        int n = (int) delta.size(1);
        double[] column = new double[(int) x.size(1)];
        double[] sums = new double[n];
        for (int c = 0; c < n; c++) {
            Arrays.fill(column, 0);
            int row = 0;
            for (int at = c; at < deltas.length; at += n) {
                sums[c] += deltas[at];
                for (int j = 0; j < column.length; j++) {
                    column[j] += deltas[at] * rows[row + j];
                }
                row += column.length;
            }
            write(gradient, (long) c * column.length, column, column.length);
        }
        long weights = (long) n * column.length;
        if (gradient.length() > weights) {
            write(gradient, weights, sums, n);
        }
    }

    /** Four sums do not wait for one another. */
    private static double dot(double[] x, double[] w, int at) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int fours = x.length & ~3;
        int i = 0;
        for (; i < fours; i += 4) {
            a += x[i] * w[at + i];
            b += x[i + 1] * w[at + i + 1];
            c += x[i + 2] * w[at + i + 2];
            d += x[i + 3] * w[at + i + 3];
        }
        for (; i < x.length; i++) {
            a += x[i] * w[at + i];
        }
        return a + b + c + d;
    }

    /**
     * One row of a matrix.
     *
     * @param row its number
     * @param numbers where to write, as long as the row
     */
    public static void row(INDArray matrix, int row, double[] numbers) {
        long start = (long) row * matrix.stride(0);
        copy(Cells.of(matrix), start, matrix.stride(1), numbers, 0, numbers.length);
    }

    /**
     * Part of a vector without gaps.
     *
     * @param from the first number
     * @param numbers where to write
     * @param count how many
     */
    public static void read(INDArray vector, long from, double[] numbers, int count) {
        Cells cells = Cells.of(vector);
        for (int i = 0; i < count; i++) {
            numbers[i] = cells.get(from + i);
        }
    }

    /**
     * Writes part of an array without gaps.
     *
     * @param from the first number
     * @param numbers what to write
     * @param count how many
     */
    public static void write(INDArray array, long from, double[] numbers, int count) {
        Cells cells = Cells.toWrite(array);
        for (int i = 0; i < count; i++) {
            cells.put(from + i, numbers[i]);
        }
    }

    /**
     * Whether all numbers are finite.
     *
     * @param array of any type
     * @return false if one is NaN or infinite
     */
    static boolean areFinite(INDArray array) {
        if (array.length() == 0) {
            return true;
        }
        Cells cells = Cells.of(array);
        double[] zero = {0};
        lines(
                array,
                array,
                array.length(),
                (a, step, b, same, from, count) -> zero[0] += zero(cells, a, step, count));
        return zero[0] == 0;
    }

    /** The sum of 0 x: 0, or NaN. Four sums do not wait for one another. */
    private static double zero(Cells x, long at, long step, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        long place = at;
        for (; i + 3 < count; i += 4) {
            a += 0 * x.get(place);
            b += 0 * x.get(place + step);
            c += 0 * x.get(place + 2 * step);
            d += 0 * x.get(place + 3 * step);
            place += 4 * step;
        }
        for (; i < count; i++) {
            a += 0 * x.get(place);
            place += step;
        }
        return a + b + c + d;
    }

    /**
     * Multiplies each row.
     *
     * @param array shape [rows, ...]
     * @param weights one per row, rounded to the array's type first
     * @param result where to write, of the same shape; may be the array itself
     */
    public static void multiplyRows(INDArray array, double[] weights, INDArray result) {
        if (array.length() == 0) {
            return;
        }
        Cells x = Cells.of(array);
        Cells y = Cells.toWrite(result);
        long rowLength = array.length() / weights.length;
        lines(
                array,
                result,
                rowLength,
                (a, aStep, b, bStep, from, count) -> {
                    double weight = y.round(weights[(int) (from / rowLength)]);
                    long to = b;
                    long place = a;
                    for (int i = 0; i < count; i++) {
                        y.put(to, weight * x.get(place));
                        to += bStep;
                        place += aStep;
                    }
                });
    }

    /**
     * Adds {@code factor * row} to each row.
     *
     * @param matrix changed in place
     * @param row as long as its rows
     */
    public static void addToRows(INDArray matrix, INDArray row, double factor) {
        Cells cells = Cells.toWrite(matrix);
        double[] summand = of(row);
        lines(
                matrix,
                matrix,
                summand.length,
                (a, step, b, same, from, count) -> {
                    int column = (int) (from % summand.length);
                    long at = a;
                    for (int i = 0; i < count; i++) {
                        cells.put(at, cells.get(at) + factor * summand[column + i]);
                        at += step;
                    }
                });
    }
}
