package org.ogm4j.math;

/**
 * Standard normal numbers from a counter-based generator: number i of stream (seed, iteration,
 * modality) is a function of these four alone.
 *
 * <p>So there is no state to save, the numbers are the same on every thread and machine and after a
 * restart, and no other random stream is disturbed, ND4J's least of all. Each pair of numbers comes
 * from two 64-bit hashes of the counter by the transform of Box and Muller (1958); the hash is the
 * output function of SplitMix64 with the constants of Stafford's variant 13. {@link StrictMath}
 * keeps the results equal to the last bit everywhere.
 *
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Steele, Lea, Flood: Fast splittable
 *     pseudorandom number generators, OOPSLA 2014</a>
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror, Shaw: Parallel
 *     random numbers, as easy as 1, 2, 3, SC 2011, on counter-based generators</a>
 */
public final class CounterGaussian {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private CounterGaussian() {}

    /**
     * Draws independent N(0, 1) numbers.
     *
     * @param seed the seed of the whole training run
     * @param iteration the training step
     * @param modality the index of the modality
     * @param count how many numbers
     * @return an array of length count
     */
    public static double[] draw(long seed, long iteration, long modality, int count) {
        long key = key(seed, iteration, modality);
        double[] z = new double[count];
        for (int i = 0; i < count; i += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(key, i)));
            double angle = 2 * Math.PI * uniform(key, i + 1);
            z[i] = radius * StrictMath.cos(angle);
            if (i + 1 < count) {
                z[i + 1] = radius * StrictMath.sin(angle);
            }
        }
        return z;
    }

    /**
     * The seed of one of several workers, so that they draw numbers of their own.
     *
     * @param seed the seed of the whole training run
     * @param worker its number, from 0
     * @return the same seed for worker 0; a hash of both for the others
     */
    public static long seedOf(long seed, long worker) {
        return worker == 0 ? seed : mix(mix(seed) + worker);
    }

    /**
     * A number that is another one for every stream, for generators that want a seed.
     *
     * @param seed the seed of the whole training run
     * @param iteration the training step
     * @param stream which stream of that step
     * @return the key of the stream
     */
    public static long key(long seed, long iteration, long stream) {
        return mix(
                mix(mix(seed + GOLDEN_GAMMA) + iteration + GOLDEN_GAMMA) + stream + GOLDEN_GAMMA);
    }

    /** Uniform on (0, 1]: never 0, so that its logarithm is finite. */
    static double uniform(long key, long counter) {
        return ((bits(key, counter) >>> 11) + 1) * TWO_TO_MINUS_53;
    }

    /** 64 random bits. */
    static long bits(long key, long counter) {
        return mix(key + (counter + 1) * GOLDEN_GAMMA);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
