package org.ogm4j.host;

import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of ND4J's generator on this thread.
 *
 * @param root first half
 * @param node second half
 */
public record RandomState(long root, long node) {

    public static RandomState now() {
        Random random = Nd4j.getRandom();
        return new RandomState(random.rootState(), random.nodeState());
    }

    public void restore() {
        Nd4j.getRandom().setStates(root, node);
    }
}
