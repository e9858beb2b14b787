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
import java.util.Optional;

/**
 * Says that a run is under way: a file that the operating system keeps locked for this process. It
 * lets go when the process ends, however it ends, so that the file of a dead process locks nothing.
 * The file says, for the eye, whose it is.
 */
public final class RunLock implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or says that another process or thread has it. */
    static Optional<RunLock> take(Path file) throws IOException {
        try {
            return tried(file);
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Optional<RunLock> tried(Path file) throws IOException {
        while (true) {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                if (!locked(channel)) {
                    return Optional.empty();
                }
                if (isStill(file, channel)) {
                    taken = true;
                    return Optional.of(new RunLock(file, channel));
                } // whoever had it has deleted the file in between: another one counts now
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

    /** Writes into the file that was locked, and looks whether it is the one of this name. */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        String owner =
                "process %d, since %s%n"
                        .formatted(own.pid(), own.info().startInstant().orElse(null));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
        try {
            return Files.readString(file).equals(owner);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Deletes the file, and lets go. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
