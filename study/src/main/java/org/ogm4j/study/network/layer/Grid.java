package org.ogm4j.study.network.layer;

/**
 * The places of a feature map.
 *
 * @param rows how many, at least 1
 * @param columns how many, at least 1
 */
public record Grid(int rows, int columns) {

    /** What is left behind a layer with zero padding: every {@code stride}-th place. */
    public Grid strided(int stride) {
        return new Grid((rows + stride - 1) / stride, (columns + stride - 1) / stride);
    }

    /** How many whole patches fit in. */
    public Grid patches(Grid patch) {
        return new Grid(rows / patch.rows, columns / patch.columns);
    }

    public int places() {
        return rows * columns;
    }
}
