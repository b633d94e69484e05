package io.jenkins.plugins.imagefactory.image;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private final Map<DigestAlgorithm, MessageDigest> digests = new TreeMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private final ExecutorService threads;

    public StreamDigester(Set<DigestAlgorithm> algorithms) {
        for (DigestAlgorithm algorithm : algorithms) {
            MessageDigest digest = algorithm.begin();
            digests.put(algorithm, digest);
            lanes.add(new Lane(digest));
        }
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new byte[BUFFER_BYTES]);
        }
        threads = Executors.newFixedThreadPool(lanes.size(), task -> {
            Thread thread = new Thread(task, "image digests");
            thread.setDaemon(true);
            return thread;
        });
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
        lanes.forEach(Lane::finish);
        return Digests.finish(digests);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Lane {
        private final MessageDigest digest;
        private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

        Lane(MessageDigest digest) {
            this.digest = digest;
        }

        void append(Runnable work) {
            tail = tail.thenRunAsync(work, threads);
        }

        void finish() throws CancellationException, CompletionException {
            tail.join();
        }
    }
}
