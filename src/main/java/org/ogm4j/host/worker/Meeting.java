package org.ogm4j.host.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the replicas of a {@code ParallelWrapper} meet in every step, to see what the others bring.
 *
 * <p>Each waits for those that were given a batch in this round and have not finished it. One that
 * has failed, or has no batch, is not waited for. And nobody waits for more than {@link #LIMIT}.
 */
public final class Meeting {

    private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

    /** For a replica that trains and does not come, in milliseconds: then the step goes on. */
    private static final long LIMIT = 60_000;

    /**
     * For one that does not train, in milliseconds: batches are given out one after the other, and
     * it may be about to get one.
     */
    private static final long BEFORE_ALL_ARE_GIVEN_OUT = 1000;

    /** The same when all batches of the round have been given out. */
    private static final long AFTER = 20;

    private static final Map<AtomicLong, Meeting> OF_WRAPPERS = new WeakHashMap<>();

    private Map<Integer, Object> present = new TreeMap<>();
    private long lastRound;

    private Meeting() {}

    /**
     * Waits for the other replicas, as said above.
     *
     * @param own what this replica brings; null for nothing
     * @param type of what replicas bring
     * @return what all brought, in the order of their numbers; what is its own alone outside of
     *     {@code ParallelWrapper}
     */
    public static <T> List<T> with(T own, Class<T> type) {
        Trainers trainers = Trainers.ofThisThread();
        List<Object> brought = new ArrayList<>();
        if (trainers == null) {
            brought.add(own);
        } else {
            brought.addAll(of(trainers).meet((int) Worker.here(), own, trainers));
        }
        return brought.stream().filter(Objects::nonNull).map(type::cast).toList();
    }

    private static Meeting of(Trainers trainers) {
        synchronized (OF_WRAPPERS) {
            return OF_WRAPPERS.computeIfAbsent(trainers.rounds(), wrapper -> new Meeting());
        }
    }

    private synchronized List<Object> meet(int number, Object own, Trainers trainers) {
        Map<Integer, Object> step = present;
        step.put(number, own);
        notifyAll();
        long start = System.nanoTime();
        while (step == present && !isWhole(step, trainers, start)) {
            try {
                wait(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (step == present) {
            present = new TreeMap<>();
            lastRound = trainers.rounds().get();
            notifyAll();
        }
        return new ArrayList<>(step.values());
    }

    private boolean isWhole(Map<Integer, Object> step, Trainers trainers, long start) {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        for (int i = 0; i < trainers.size(); i++) {
            if (!step.containsKey(i) && trainers.trains(i)) {
                if (waited > LIMIT) {
                    LOG.warn(
                            "Replica {} did not come for {} s: the ratio is of {}",
                            i,
                            LIMIT / 1000,
                            step.keySet());
                }
                return waited > LIMIT;
            }
        }
        boolean givenOut = trainers.rounds().get() > lastRound;
        return step.size() == trainers.size()
                || waited > (givenOut ? AFTER : BEFORE_ALL_ARE_GIVEN_OUT);
    }
}
