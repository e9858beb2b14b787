package org.ogm4j.spark;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * The accumulators that the tasks of this process came with.
 *
 * <p>An accumulator sends home what was added while the task ran that it came with. Gradient
 * sharing keeps the listeners of the first task in the worker's process from epoch to epoch, so
 * theirs are those of a task that is long done: the same accumulator of a task that runs is the one
 * to add to.
 */
final class Arrivals {

    private static final Queue<Arrival> ALL = new ConcurrentLinkedQueue<>();

    private Arrivals() {}

    private record Arrival(TaskContext task, AccumulatorV2<?, ?> home) {}

    /** An accumulator has come with the task of this thread, if it has one. */
    static void note(AccumulatorV2<?, ?> home) {
        ALL.removeIf(arrival -> arrival.task().isCompleted());
        if (TaskContext.get() != null) {
            ALL.add(new Arrival(TaskContext.get(), home));
        }
    }

    /**
     * The same accumulator in a task that runs: in that of this thread, if it came with it.
     *
     * @return nothing if all tasks were ended
     */
    @SuppressWarnings("unchecked") // an id is that of one accumulator, and of its copies in tasks
    static <A extends AccumulatorV2<?, ?>> Optional<A> running(A like) {
        TaskContext own = TaskContext.get();
        AccumulatorV2<?, ?> found = null;
        for (Arrival arrival : ALL) {
            boolean better = found == null || arrival.task() == own;
            if (better && arrival.home().id() == like.id() && !arrival.task().isCompleted()) {
                found = arrival.home();
            }
        }
        return Optional.ofNullable((A) found);
    }
}
