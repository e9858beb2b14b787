package org.ogm4j.study.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a run is under way: a file that the operating system keeps locked for this process. It
 * lets go when the process ends, however it ends, so that the file of a dead process locks nothing.
 * The file says, for the eye, who had it last.
 *
 * <p>A file that is locked must not be opened again in the same process: on Linux and macOS a
 * process loses all its locks on a file with the first descriptor of it that it closes. So nobody
 * reads these files, threads are told apart by a set of names, and the files are never deleted,
 * since a name that can become another file would have to be looked at again.
 */
public final class RunLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or says that another process or thread has it. */
    static Optional<RunLock> take(Path name) throws IOException {
        try {
            Path file = name.getParent().toRealPath().resolve(name.getFileName());
            return HELD_HERE.add(file) ? fromOthers(file) : Optional.empty();
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Optional<RunLock> fromOthers(Path file) throws IOException {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // a byte far behind the text, which Windows would not let anybody read else
            FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            write(channel);
            taken = true;
            return Optional.of(new RunLock(file, channel));
        } finally {
            if (!taken) {
                close(file, channel);
            }
        }
    }

    private static void write(FileChannel channel) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        String owner =
                "process %d, since %s%n"
                        .formatted(own.pid(), own.info().startInstant().orElse(null));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Lets go. */
    @Override
    public void close() throws IOException {
        close(file, channel);
    }

    private static void close(Path file, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
