package org.ogm4j.updater.noise;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.GaussianDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.math.CounterGaussian;

/**
 * Standard normal numbers for the parameters of one block: a stream of its own for every seed, step
 * and block, from a generator that nothing else uses. So a resumed run draws what an unbroken one
 * would have drawn, and ND4J's global stream is not disturbed.
 */
public final class Gaussians {

    private Random generator;

    /**
     * Goes to the start of a stream.
     *
     * @param seed of the run
     * @param iteration the step
     * @param block which block of parameters
     */
    @SuppressWarnings("try") // the scope is opened for its effect
    public void start(long seed, int iteration, int block) {
        long key = CounterGaussian.key(seed, iteration, block);
        if (generator == null) {
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                generator = Nd4j.getRandomFactory().getNewRandomInstance(key);
            }
        }
        generator.setSeed(key);
    }

    /** Fills an array with the next numbers of the stream. */
    public void next(INDArray z) {
        Nd4j.getExecutioner().exec(new GaussianDistribution(z, 0.0, 1.0), generator);
    }
}
