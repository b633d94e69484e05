package io.jenkins.plugins.imagefactory.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process has at a moment, when what it does rests.
 *
 * @param files open ones, sockets not counted
 * @param temporary files beside workspaces and in the directory for temporary files
 * @param processes that it has started and that run
 * @param heap KiB in use after the garbage is collected
 */
record Holdings(int threads, long files, long sockets, long temporary, long processes, long heap) {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final int COLLECTIONS = 4;
    private static final long MILLIS_TO_SETTLE = 1500;

    /** @param places where temporary files may be */
    static Holdings now(List<Path> places) throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(MILLIS_TO_SETTLE / COLLECTIONS);
        }
        long temporary = 0;
        for (Path place : places) {
            temporary += files(place);
        }
        return new Holdings(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                open(false),
                open(true),
                temporary,
                ProcessHandle.current().descendants().count(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
    }

    private static long open(boolean sockets) throws IOException {
        long count = 0;
        try (Stream<Path> open = Files.list(OPEN)) {
            for (Path file : open.toList()) {
                count += isOpen(file, sockets) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isOpen(Path file, boolean socket) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:") == socket;
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }

    private static long files(Path place) throws IOException {
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.count() - 1;
        }
    }
}
