package org.ogm4j.study.watch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.ogm4j.study.watch.page.StepUpdate;

/**
 * Stores a training for a page in DL4J's training UI while it runs, at {@code /ogm4j} beside DL4J's
 * own; {@link WatchingListener} lists what. Needs {@code deeplearning4j-ui} of the user's own.
 *
 * <p>Example: DL4J's page, and this one at {@code http://localhost:9000/ogm4j}.
 *
 * <pre>{@code
 * StatsStorage storage = new InMemoryStatsStorage();
 * UIServer.getInstance().attach(storage);
 * net.addListeners(new StatsListener(storage, 10), new UiListener(storage, "ogm-ge", 10));
 * }</pre>
 *
 * <p>A training that is resumed goes on under the same name: steps that come again take the place
 * of those before.
 *
 * @since 0.1.0
 */
public final class UiListener extends WatchingListener {

    private final StatsStorageRouter storage;
    private final String session;
    private long latest;

    /**
     * Creates a listener that stores nothing yet.
     *
     * @param storage one that is attached to the UI, also of a file, or a router to a UI elsewhere
     * @param session what the page calls this training
     * @param every how many steps from one that is stored to the next, at least 1
     * @throws IllegalArgumentException if every is below 1
     */
    public UiListener(StatsStorageRouter storage, String session, int every) {
        super(every);
        this.storage = Objects.requireNonNull(storage, "storage");
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    String place() {
        return "the UI's storage, " + session;
    }

    /** Storages list the sessions of static infos alone. */
    @Override
    void open(List<String> names, int first) throws IOException {
        put(storage::putStaticInfo, first, 0, Map.of());
        put(storage::putUpdate, first, 0, Map.of());
    }

    @Override
    void write(int iteration, int inEpoch, Map<String, Double> values) throws IOException {
        put(storage::putUpdate, iteration, inEpoch, values);
    }

    /** A storage keeps one update for each millisecond. */
    private void put(
            Consumer<StepUpdate> to, int iteration, int inEpoch, Map<String, Double> values)
            throws IOException {
        latest = Math.max(latest + 1, System.currentTimeMillis());
        try {
            to.accept(new StepUpdate(session, latest, iteration, inEpoch, values));
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    @Override
    void close() {
        // the storage is its owner's
    }
}
