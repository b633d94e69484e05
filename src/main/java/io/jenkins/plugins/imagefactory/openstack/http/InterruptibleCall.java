package io.jenkins.plugins.imagefactory.openstack.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * A long HTTP call that ends when the caller is interrupted, when the time is up, or when nothing has moved for too long. A
 * thread that reads or writes a socket notices none of these, so another one does that and the caller can cancel it.
 */
public final class InterruptibleCall {
    private final HttpUriRequestBase request;
    private final Duration limit;
    private final Duration silence;
    private volatile long lastMove = System.nanoTime();

    /**
     * @param limit of the whole call
     * @param silence in which nothing moves
     */
    public InterruptibleCall(HttpUriRequestBase request, Duration limit, Duration silence) {
        this.request = request;
        this.limit = limit;
        this.silence = silence;
    }

    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Says that bytes have moved. */
    public void moved() {
        lastMove = System.nanoTime();
    }

    public void run(Work work) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                request.getMethod() + " " + request.getPath());
        worker.setDaemon(true);
        worker.start();
        try {
            await(done);
        } catch (InterruptedException | OpenStackException e) {
            // In this order: a file that the kernel sends is let go of before its socket is closed.
            worker.interrupt();
            request.cancel();
            throw e;
        }
    }

    private void await(CompletableFuture<Void> done) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long untilEnd = end - System.nanoTime();
            long untilSilence = lastMove + silence.toNanos() - System.nanoTime();
            if (untilEnd <= 0) {
                throw new OpenStackException("the transfer was given up because the time is up");
            }
            if (untilSilence <= 0) {
                throw new OpenStackException(
                        NoAnswer.SILENCE,
                        "no byte of the transfer has moved for " + silence.toSeconds() + " s, so it was given up");
            }
            try {
                done.get(Math.min(untilEnd, untilSilence), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IOException(e.getCause());
            }
        }
    }
}
