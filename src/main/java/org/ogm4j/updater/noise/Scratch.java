package org.ogm4j.updater.noise;

/** Temporary numbers that are made once. */
public final class Scratch {

    private double[] numbers = {};

    /**
     * Lends them.
     *
     * @return at least so many, with whatever they were before
     */
    public double[] lend(int length) {
        if (numbers.length < length) {
            numbers = new double[length];
        }
        return numbers;
    }
}
