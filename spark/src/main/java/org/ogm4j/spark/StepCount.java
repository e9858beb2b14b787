package org.ogm4j.spark;

import java.io.Serializable;
import org.apache.spark.util.AccumulatorV2;

/** Counts steps of all workers, and remembers how far the one got that got farthest. */
final class StepCount extends AccumulatorV2<Integer, StepCount.Reached> {

    private static final long serialVersionUID = 1L;

    private static final Reached NOTHING = new Reached(0, 0);

    private volatile Reached reached = NOTHING;

    /**
     * How far training is.
     *
     * @param steps of all workers together
     * @param iterations the highest iteration count that a network has after a step
     */
    record Reached(long steps, int iterations) implements Serializable {

        Reached and(Reached other) {
            return new Reached(steps + other.steps, Math.max(iterations, other.iterations));
        }
    }

    /**
     * A step was taken.
     *
     * @param iterations what the network counts after it
     */
    @Override
    public synchronized void add(Integer iterations) {
        reached = reached.and(new Reached(1, iterations));
    }

    @Override
    public synchronized void merge(AccumulatorV2<Integer, Reached> other) {
        reached = reached.and(other.value());
    }

    @Override
    public Reached value() {
        return reached;
    }

    @Override
    public boolean isZero() {
        return reached.equals(NOTHING);
    }

    @Override
    public StepCount copy() {
        StepCount copy = new StepCount();
        copy.reached = reached;
        return copy;
    }

    @Override
    public synchronized void reset() {
        reached = NOTHING;
    }
}
