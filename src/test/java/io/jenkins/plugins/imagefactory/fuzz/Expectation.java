package io.jenkins.plugins.imagefactory.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What must hold of a target, whatever its input. */
final class Expectation {
    /** Of the processor: the machine may do other things meanwhile. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private Expectation() {}

    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** That it ends in time; a checked exception that comes out of it was not expected. */
    static void ends(Duration limit, Task task) {
        long start = CLOCK.getCurrentThreadCpuTime();
        try {
            task.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        if (CLOCK.getCurrentThreadCpuTime() - start > limit.toNanos()) {
            throw new AssertionError("it took longer than its limit");
        }
    }

    static void holds(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** That people can be shown it: a terminal obeys nothing in it, and no line is forged. */
    static void isShown(String sentence) {
        holds(
                sentence.chars().noneMatch(letter -> Character.isISOControl(letter)),
                "a control character in: " + sentence);
    }
}
