package org.ogm4j.host.worker;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the replicas of a {@code ParallelWrapper} meet in every step, to see what the others bring.
 *
 * <p>Each waits for those that were given a batch in this round and have not finished it. One that
 * has failed, or has no batch, is not waited for. And nobody waits for longer than a limit; one
 * that comes after it waits for nobody, since the others may be waiting for its update.
 */
public final class Meeting {

    private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

    /**
     * How long a replica waits, in milliseconds.
     *
     * @param limit for one that trains and does not come: then the step goes on
     * @param givingOut for one that does not train: batches are given out one after the other, and
     *     it may be about to get one
     * @param givenOut the same when all batches of the round have been given out
     */
    record Patience(long limit, long givingOut, long givenOut) {}

    /** What it is but in tests. */
    static final Patience USUAL = new Patience(60_000, 1000, 20);

    private static final Map<AtomicLong, Meeting> OF_WRAPPERS = new WeakHashMap<>();

    private static final AtomicReference<Patience> PATIENCE = new AtomicReference<>(USUAL);

    private WeakReference<Object[]> zoo = new WeakReference<>(null);
    private Map<Integer, Object> present = new TreeMap<>();
    private Set<Integer> absent = Set.of(); // in the latest step
    private final Map<Integer, Integer> missed = new HashMap<>(); // steps, by those who train
    private long lastRound;

    private Meeting() {}

    static void setPatience(Patience other) {
        PATIENCE.set(other);
    }

    /**
     * Waits for the other replicas, as said above.
     *
     * @param replica the network that this thread trains
     * @param own what it brings; null for nothing
     * @param type of what replicas bring
     * @return what all brought, in the order of their numbers; what is its own alone if the network
     *     is no replica
     */
    public static <T> List<T> with(ComputationGraph replica, T own, Class<T> type) {
        Trainers trainers = Trainers.of(replica);
        List<Object> brought = Collections.singletonList(own);
        if (trainers != null) {
            boolean severalSteps =
                    replica.getConfiguration().getBackpropType() == BackpropType.TruncatedBPTT;
            brought = of(trainers).meet(own, trainers, severalSteps);
        }
        return brought.stream().filter(Objects::nonNull).map(type::cast).toList();
    }

    private static Meeting of(Trainers trainers) {
        synchronized (OF_WRAPPERS) {
            return OF_WRAPPERS.computeIfAbsent(trainers.rounds(), wrapper -> new Meeting());
        }
    }

    private synchronized List<Object> meet(Object own, Trainers trainers, boolean severalSteps) {
        if (zoo.get() != trainers.zoo()) { // another fit
            zoo = new WeakReference<>(trainers.zoo());
            absent = Set.of();
            missed.clear();
        }
        if (missed.merge(trainers.here(), 0, Integer::sum) > 0) {
            missed.merge(trainers.here(), -1, Integer::sum);
            return Collections.singletonList(own);
        }
        Map<Integer, Object> step = present;
        step.put(trainers.here(), own);
        notifyAll();
        long start = System.nanoTime();
        while (step == present && !isWhole(trainers, severalSteps, start)) {
            try {
                wait(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (step == present) {
            close(trainers);
        }
        return Collections.unmodifiableList(new ArrayList<>(step.values()));
    }

    private void close(Trainers trainers) {
        absent = missing(trainers);
        absent.stream().filter(trainers::trains).forEach(i -> missed.merge(i, 1, Integer::sum));
        present = new TreeMap<>();
        lastRound = trainers.rounds().get();
        notifyAll();
    }

    private Set<Integer> missing(Trainers trainers) {
        Set<Integer> missing = new HashSet<>();
        for (int i = 0; i < trainers.zoo().length; i++) {
            if (!present.containsKey(i)) {
                missing.add(i);
            }
        }
        return missing;
    }

    private boolean isWhole(Trainers trainers, boolean severalSteps, long start) {
        Patience most = PATIENCE.get();
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Set<Integer> missing = missing(trainers);
        for (int i : missing) {
            if (trainers.trains(i)) {
                if (waited > most.limit()) {
                    LOG.warn(
                            "Replica {} did not come for {} s: the ratio is of {}",
                            i,
                            most.limit() / 1000,
                            present.keySet());
                }
                return waited > most.limit();
            }
        }
        boolean givenOut = trainers.rounds().get() > lastRound;
        if (missing.isEmpty()) {
            // so that lastRound is this one, except in a further step with the same batch
            return givenOut || severalSteps || waited > most.givenOut();
        }
        boolean known = givenOut || absent.containsAll(missing);
        return waited > (known ? most.givenOut() : most.givingOut());
    }
}
