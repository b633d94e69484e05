package io.jenkins.plugins.imagefactory.jenkins.run;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** How long requests take. */
final class ServerTime {
    private static final int REPETITIONS = 5;

    private ServerTime() {}

    interface Request {
        Object send() throws IOException;
    }

    /** Median of some. */
    static Duration of(Request request) {
        return IntStream.range(0, REPETITIONS)
                .mapToObj(repetition -> once(request))
                .sorted()
                .skip(REPETITIONS / 2)
                .findFirst()
                .orElseThrow();
    }

    /** The first time, when nothing is loaded. */
    static Duration once(Request request) {
        long start = System.nanoTime();
        try {
            request.send();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
