package org.ogm4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Trains epoch by epoch on Spark, saves the network after each, and ends a training that hangs.
 *
 * <pre>{@code
 * ComputationGraph network = GuardedTraining.network(file, () -> fresh()); // where it was, or new
 * DriverCounters counters = new DriverCounters(network);
 * SparkComputationGraph training = new SparkComputationGraph(context, network, master);
 * training.setListeners(List.of(counters));
 * GuardedTraining guarded =
 *         new GuardedTraining(training, counters, file, Duration.ofMinutes(2));
 * guarded.until(50, () -> training.fitMultiDataSet(data));
 * }</pre>
 *
 * <p>The program that was stopped, or killed, is simply started again: it goes on after the last
 * epoch that was finished.
 *
 * <p>Training is ended, with a {@link TrainingStoppedException},
 *
 * <ul>
 *   <li>when no worker makes progress for the given time: no step, no task, no job. DL4J's gradient
 *       sharing waits for messages without any limit.
 *   <li>in gradient sharing, at once when an executor is lost. DL4J goes on then in no way that can
 *       be relied on: it may hang, or end the epoch with a driver that no longer hears the workers.
 *       Parameter averaging is left alone, since Spark runs the lost part again.
 *   <li>when DL4J or Spark fail by themselves.
 * </ul>
 *
 * <p>It takes {@link #CHECK} more to notice, and {@link #FAREWELL} at most for Spark to take the
 * job back; nothing is waited for beyond that. Threads of DL4J may still hang, here and in the
 * executors, and even keep the program from ending: {@link #exit} ends it.
 *
 * @since 0.1.0
 */
public final class GuardedTraining {

    /** How often it is looked whether training makes progress. */
    public static final Duration CHECK = Duration.ofMillis(500);

    /** How long Spark has to take back the job of a training that is ended. */
    public static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Steps come to the driver in heartbeats, which may be late. */
    private static final int HEARTBEATS = 3;

    private static final String SHARING =
            "org.deeplearning4j.spark.parameterserver.training.SharedTrainingMaster";

    private final JavaSparkContext context;
    private final ComputationGraph network;
    private final Path file;
    private final Duration limit;
    private final boolean sharing;
    private final StepCount steps;
    private final String group = "ogm4j " + UUID.randomUUID();
    private final Progress progress;

    /**
     * Guards a training.
     *
     * @param training the network and how it is distributed
     * @param counters a hook of the training master, or a listener of the training: workers report
     *     their steps through it
     * @param file of the network, written after every epoch; on the driver's machine, and to be
     *     kept for as long as the training may have to go on
     * @param limit for the time without progress: longer than a step of a worker, than the driver
     *     needs between two jobs, and than the cluster needs to give executors; at least three of
     *     Spark's heartbeats ({@code spark.executor.heartbeatInterval}, 10 s)
     * @throws IllegalArgumentException if the limit is shorter
     */
    public GuardedTraining(
            SparkComputationGraph training, DriverCounters counters, Path file, Duration limit) {
        context = training.getSparkContext();
        network = training.getNetwork();
        this.file = file.toAbsolutePath();
        this.limit = limit;
        sharing = isSharing(training.getTrainingMaster().getClass());
        Duration beat =
                Duration.ofMillis(
                        context.getConf().getTimeAsMs("spark.executor.heartbeatInterval", "10s"));
        if (limit.compareTo(beat.multipliedBy(HEARTBEATS)) < 0) {
            throw new IllegalArgumentException(
                    "limit must be at least %d times spark.executor.heartbeatInterval, which is %s, got %s"
                            .formatted(HEARTBEATS, beat, limit));
        }
        steps = counters.report(context);
        progress = new Progress(group, steps);
        context.sc().addSparkListener(progress);
    }

    /**
     * The network to train on.
     *
     * @param file that a guarded training wrote, or will write
     * @param fresh makes the network that a training begins with, with its parameters
     * @return the network of the file with its counts and its updaters' state, or a fresh one if
     *     there is no file
     */
    public static ComputationGraph network(Path file, Supplier<ComputationGraph> fresh) {
        if (!Files.exists(file)) {
            return fresh.get();
        }
        try {
            return ModelSerializer.restoreComputationGraph(file.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "file must be a network that GuardedTraining wrote, got %s: start without it"
                            .formatted(file),
                    e);
        }
    }

    /**
     * Trains until the network has so many epochs, and saves it after each.
     *
     * @param epochs of the network, with those that it has already
     * @param epoch one call of a {@code fit} method of the {@code SparkComputationGraph}; it runs
     *     in a thread of its own
     * @return the network
     * @throws TrainingStoppedException if an epoch cannot be brought to its end
     */
    public ComputationGraph until(int epochs, Runnable epoch) {
        while (network.getEpochCount() < epochs) {
            int before = network.getEpochCount();
            train(epoch);
            if (network.getEpochCount() != before + 1 || steps.isZero()) {
                throw new IllegalArgumentException(
                        ("epoch must fit the network once, with counters as a hook of the training"
                                        + " master or as a listener, got %d epochs and %d steps")
                                .formatted(
                                        network.getEpochCount() - before, steps.value().steps()));
            }
            if (sharing) { // where DL4J counts epochs alone
                int reached = steps.value().iterations();
                network.getConfiguration()
                        .setIterationCount(Math.max(network.getIterationCount(), reached));
            }
            save();
        }
        return network;
    }

    /**
     * Ends this program, also where what hangs does not let it: DL4J closes its connections when a
     * program ends, and tries again for ever if that fails. What is to be done at the end has
     * {@link #FAREWELL}.
     *
     * @param status that the program ends with
     */
    public static void exit(int status) {
        Thread last =
                new Thread(
                        () -> {
                            LockSupport.parkNanos(FAREWELL.toNanos());
                            Runtime.getRuntime().halt(status);
                        });
        last.setDaemon(true);
        last.start();
        System.exit(status);
    }

    private void train(Runnable epoch) {
        progress.begin();
        FutureTask<Void> fit =
                new FutureTask<>(
                        () -> {
                            context.setJobGroup(group, "ogm4j", true);
                            epoch.run();
                            return null;
                        });
        Thread thread = new Thread(fit, "ogm4j epoch " + network.getEpochCount());
        thread.setDaemon(true); // it may hang for ever
        thread.start();
        boolean done = false;
        while (!done) {
            try {
                fit.get(CHECK.toMillis(), TimeUnit.MILLISECONDS);
                done = true;
            } catch (TimeoutException trains) {
                done = false;
            } catch (ExecutionException e) {
                throw stopped(e.getCause().toString(), e.getCause());
            } catch (InterruptedException e) {
                end(thread);
                Thread.currentThread().interrupt();
                throw stopped("interrupted", e);
            }
            String reason = reason();
            if (reason != null) {
                end(thread);
                throw stopped(reason, null);
            }
        }
    }

    /** Why training must not go on; null if it may. */
    private String reason() {
        if (sharing && progress.lost() != null) {
            return "lost " + progress.lost();
        }
        boolean idle = progress.idle().compareTo(limit) > 0;
        return idle ? "no progress for %d s".formatted(limit.toSeconds()) : null;
    }

    private void end(Thread thread) {
        context.cancelJobGroup(group);
        thread.interrupt();
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TrainingStoppedException stopped(String reason, Throwable cause) {
        String way =
                Files.exists(file)
                        ? "start the program again, it goes on after the last epoch in " + file
                        : "start the program again";
        return new TrainingStoppedException(
                "Training was stopped in epoch %d: %s: %s"
                        .formatted(network.getEpochCount(), reason, way),
                cause);
    }

    /** Written beside it first, so that the file is a whole network at any time. */
    private void save() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            ModelSerializer.writeModel(network, next.toFile(), true);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("file must be one that can be written, got " + file, e);
        }
    }

    /** Its jar need not be there. */
    private static boolean isSharing(Class<?> master) {
        return master != null
                && (master.getName().equals(SHARING) || isSharing(master.getSuperclass()));
    }
}
