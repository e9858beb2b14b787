package org.ogm4j.math;

/**
 * Uniform numbers from the counter-based generator of {@link CounterGaussian}: number i of stream
 * (seed, iteration, stream) is a function of these four alone.
 */
public final class CounterUniform {

    private CounterUniform() {}

    /**
     * Draws independent numbers, uniform on (0, 1].
     *
     * @param seed the seed of the whole training run
     * @param iteration the training step
     * @param stream which stream of that step; those from 0 on are {@link CounterGaussian}'s
     * @param count how many numbers
     * @return an array of length count
     */
    public static double[] draw(long seed, long iteration, long stream, int count) {
        long key = CounterGaussian.key(seed, iteration, stream);
        double[] u = new double[count];
        for (int i = 0; i < count; i++) {
            u[i] = CounterGaussian.uniform(key, i);
        }
        return u;
    }
}
