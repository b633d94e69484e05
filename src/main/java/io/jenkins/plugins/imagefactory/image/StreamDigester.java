package io.jenkins.plugins.imagefactory.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Digests a stream while its bytes go elsewhere: the caller fills a {@link #buffer}, uses it, hands it to
 * {@link #update} and goes on; every algorithm follows on a thread of its own. Memory is bounded: when the digests fall
 * behind by all buffers, {@link #buffer} waits.
 */
public final class StreamDigester implements AutoCloseable {
    private static final int BUFFERS = 8;
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Lane md5 = new Lane("MD5");
    private final Lane sha256 = new Lane("SHA-256");
    private final Lane sha512 = new Lane("SHA-512");
    private final List<Lane> lanes = List.of(md5, sha256, sha512);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private final ExecutorService threads = Executors.newFixedThreadPool(lanes.size(), task -> {
        Thread thread = new Thread(task, "image digests");
        thread.setDaemon(true);
        return thread;
    });

    public StreamDigester() {
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new byte[BUFFER_BYTES]);
        }
    }

    /** A buffer to fill. */
    public byte[] buffer() throws InterruptedException {
        return free.take();
    }

    /** Digests the first {@code length} bytes of a buffer of {@link #buffer}; the caller must not write to it again. */
    public void update(byte[] buffer, int length) {
        AtomicInteger lanesToGo = new AtomicInteger(lanes.size());
        for (Lane lane : lanes) {
            lane.append(() -> {
                lane.digest.update(buffer, 0, length);
                if (lanesToGo.decrementAndGet() == 0) {
                    free.add(buffer);
                }
            });
        }
    }

    /** The digests of all that was handed over. */
    public Digests finish() {
        return new Digests(md5.finish(), sha256.finish(), sha512.finish());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One of those that every Java has. */
    static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Lane {
        private final MessageDigest digest;
        private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

        Lane(String algorithm) {
            digest = algorithm(algorithm);
        }

        void append(Runnable work) {
            tail = tail.thenRunAsync(work, threads);
        }

        String finish() throws CancellationException, CompletionException {
            tail.join();
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
