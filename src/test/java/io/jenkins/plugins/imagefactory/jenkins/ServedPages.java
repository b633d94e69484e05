package io.jenkins.plugins.imagefactory.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pages as the server sends them, with no scripts run, and how long it takes to. */
public final class ServedPages {
    private static final int REPETITIONS = 5;

    private ServedPages() {}

    /** @param path below Jenkins' address */
    public static String page(URL jenkins, String path) throws IOException {
        try (InputStream in = new URL(jenkins, path).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Of one request. */
    public static Duration once(URL jenkins, String path) throws IOException {
        long start = System.nanoTime();
        page(jenkins, path);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The median of some requests. */
    public static Duration median(URL jenkins, String path) throws IOException {
        List<Duration> times = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            times.add(once(jenkins, path));
        }
        Collections.sort(times);
        return times.get(REPETITIONS / 2);
    }
}
