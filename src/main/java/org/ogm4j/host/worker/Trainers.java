package org.ogm4j.host.worker;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;

/**
 * The replicas of a {@code ParallelWrapper}, as it keeps them. It is no dependency: a thread of it
 * has a handler of exceptions that belongs to it.
 */
final class Trainers {

    private static final String HANDLER = "org.deeplearning4j.parallelism.ParallelWrapper$";

    private final Object[] zoo;
    private final AtomicLong rounds;
    private final int here;

    private Trainers(Object[] zoo, AtomicLong rounds, int here) {
        this.zoo = zoo;
        this.rounds = rounds;
        this.here = here;
    }

    /**
     * Those of the wrapper that this thread works for.
     *
     * @param model a network that this thread trains
     * @return null if the network is no replica of theirs: a listener of one may train another
     */
    static Trainers of(Model model) {
        Object handler = Thread.currentThread().getUncaughtExceptionHandler();
        if (handler == null || !handler.getClass().getName().startsWith(HANDLER)) {
            return null;
        }
        Object wrapper = read(handler, "this$0");
        Object[] zoo = (Object[]) read(wrapper, "zoo");
        for (int i = 0; zoo != null && i < zoo.length; i++) {
            if (zoo[i] != null && read(zoo[i], "replicatedModel") == model) {
                return new Trainers(zoo, (AtomicLong) read(wrapper, "iterationsCounter"), i);
            }
        }
        return null;
    }

    /** Of one {@code fit}; the next makes others. */
    Object[] zoo() {
        return zoo;
    }

    /** The number of the replica that this thread trains. */
    int here() {
        return here;
    }

    /**
     * Counts the rounds, in each of which every replica takes one batch, or there are none left for
     * some. It moves when all batches of a round have been given out. It is the wrapper's own
     * object, so that it tells one wrapper from another.
     */
    AtomicLong rounds() {
        return rounds;
    }

    /** Whether a replica was given a batch, and has neither finished it nor failed. */
    boolean trains(int number) {
        Object trainer = zoo[number];
        if (trainer == null || read(trainer, "thrownException") != null) {
            return false;
        }
        AtomicInteger running = (AtomicInteger) read(trainer, "running");
        AtomicBoolean stopped = (AtomicBoolean) read(trainer, "isStopped");
        return running != null && running.get() > 0 && (stopped == null || !stopped.get());
    }

    private static Object read(Object from, String name) {
        for (Class<?> type = from.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return read(from, field);
                }
            }
        }
        throw new IllegalStateException(
                "ParallelWrapper must be that of DL4J 1.0.0-M2.1, got one whose %s has no field %s: leave out sharedRatio()"
                        .formatted(from.getClass().getName(), name));
    }

    private static Object read(Object from, Field field) {
        try {
            field.setAccessible(true);
            return field.get(from);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
