package io.jenkins.plugins.imagefactory.image;

import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Digests a file while it is sent, each algorithm on a thread of its own: it reads the file for itself, and only what the
 * sender has read just before, so that it comes out of the page cache and the file's bytes need not pass the sender at
 * all. The sender waits where it would get too far ahead.
 */
public final class FollowingDigests implements AutoCloseable {
    private static final long FARTHEST_BEHIND = 16 << 20;
    private static final long BYTES_AT_A_TIME = 1 << 20;
    /** More at once would take the processors from each other; one is left to whoever sends, and to a receiver on the same machine. */
    private static final Semaphore PROCESSORS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    private final Path file;
    private final long size;
    private final Map<DigestAlgorithm, MessageDigest> digests = new TreeMap<>();
    private final List<Follower> followers = new ArrayList<>();
    private long sent;
    private IOException failure;

    /** @param size bytes of the file */
    public FollowingDigests(Path file, long size, Set<DigestAlgorithm> algorithms) {
        this.file = file;
        this.size = size;
        for (DigestAlgorithm algorithm : algorithms) {
            MessageDigest digest = algorithm.begin();
            digests.put(algorithm, digest);
            followers.add(new Follower(digest));
        }
        followers.forEach(Thread::start);
    }

    /**
     * So many bytes of the file are sent.
     *
     * @throws UnreadableFileException if the file could not be read
     */
    public synchronized void sent(long bytes) throws IOException, InterruptedException {
        sent = bytes;
        notifyAll();
        awaitDigested(bytes - FARTHEST_BEHIND);
    }

    /**
     * The digests, once all of the file is sent.
     *
     * @throws UnreadableFileException if the file could not be read
     */
    public Digests finish() throws IOException, InterruptedException {
        synchronized (this) {
            awaitDigested(size);
        }
        for (Follower follower : followers) {
            follower.join();
        }
        return Digests.finish(digests);
    }

    private synchronized void awaitDigested(long position) throws IOException, InterruptedException {
        while (failure == null && followers.stream().anyMatch(follower -> follower.digested < position)) {
            wait();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized long awaitSent(long position) throws InterruptedException {
        while (sent <= position) {
            wait();
        }
        return sent;
    }

    private synchronized void digested(Follower follower, long position) {
        follower.digested = position;
        notifyAll();
    }

    private synchronized void failed(IOException e) {
        failure = failure == null ? new UnreadableFileException(file, e) : failure;
        notifyAll();
    }

    /** Ends what still digests. */
    @Override
    public void close() {
        followers.forEach(Thread::interrupt);
    }

    private final class Follower extends Thread {
        private final MessageDigest digest;
        private long digested;

        Follower(MessageDigest digest) {
            super("digest of " + file);
            this.digest = digest;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (InputStream in = new FileInputStream(file.toFile())) {
                byte[] buffer = new byte[Digests.BUFFER_BYTES];
                for (long position = 0; position < size; digested(this, position)) {
                    long to = Math.min(awaitSent(position), position + BYTES_AT_A_TIME);
                    PROCESSORS.acquire();
                    try {
                        position = digest(in, position, to, buffer);
                    } finally {
                        PROCESSORS.release();
                    }
                }
            } catch (IOException e) {
                failed(e);
            } catch (InterruptedException e) {
                // whoever closes this does not want to know any more
            }
        }

        private long digest(InputStream in, long from, long to, byte[] buffer) throws IOException {
            long position = from;
            while (position < to) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, to - position));
                if (count < 0) {
                    throw new IOException("it became shorter while it was uploaded");
                }
                digest.update(buffer, 0, count);
                position += count;
            }
            return position;
        }
    }
}
