package org.ogm4j.study.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a run is under way: a file that the operating system keeps locked for this process. It
 * lets go when the process ends, however it ends, so that the file of a dead process locks nothing.
 * The file says, for the eye, whose it is.
 */
public final class RunLock implements AutoCloseable {

    /** Of this process, which must not open them again: see {@link #identity}. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or says that another process or thread has it. */
    static Optional<RunLock> take(Path file) throws IOException {
        Path own = file.toAbsolutePath().normalize();
        if (!HELD.add(own)) {
            return Optional.empty();
        }
        Optional<RunLock> lock = Optional.empty();
        try {
            lock = tried(own);
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(own);
            }
        }
        return lock;
    }

    private static Optional<RunLock> tried(Path file) throws IOException {
        while (true) {
            Object before = identity(file);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                if (!locked(channel)) {
                    return Optional.empty();
                }
                sign(channel);
                if (before != null && before.equals(identity(file))) {
                    taken = true;
                    return Optional.of(new RunLock(file, channel));
                } // new; or whoever had it has deleted it in between, and another one counts now
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            // a byte far behind the text, which Windows would not let anybody read else
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        String owner =
                "process %d, since %s%n"
                        .formatted(own.pid(), own.info().startInstant().orElse(null));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /**
     * Which file has this name, null if none. It must not be opened to find out: POSIX lets go of
     * all locks that a process has on a file as soon as the process closes it once. Where files
     * have no key, on Windows, one that is open cannot be replaced by another.
     */
    private static Object identity(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Deletes the file, and lets go. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(file);
        }
    }
}
