package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.image.boot.BootReport;
import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes one check after the other, until one fails, and notes all in a report. */
public final class BootChecks {
    private final BootReport report;
    private final Masking masking;
    private AbortException failure;

    /** One check; fails with an {@link AbortException}. */
    interface Check {
        void run() throws IOException, InterruptedException;
    }

    BootChecks(BootReport report, Masking masking) {
        this.report = report;
        this.masking = masking;
    }

    void make(String called, Check check) throws IOException, InterruptedException {
        String name = masking.text(called);
        if (failure != null) {
            report.skipped(name);
            return;
        }
        long start = System.nanoTime();
        try {
            check.run();
            report.passed(name, millisSince(start));
        } catch (AbortException e) {
            failure = e;
            report.failed(name, millisSince(start), masking.text(e.getMessage()));
        } catch (InterruptedException e) {
            report.failed(name, millisSince(start), "the build was aborted");
            throw e;
        }
    }

    /** Ends the operation if a check failed, as that one said. */
    void requirePassed() throws AbortException {
        if (failure != null) {
            throw failure;
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
