package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.image.boot.SerialConsole;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import java.io.IOException;
import java.util.Optional;

/**
 * An image that runs, and what it shows.
 *
 * @param image how errors call it
 */
public record Guest(BuildContext build, String image, QemuProcess qemu, SerialConsole console) {
    private static final long MILLIS_BETWEEN_LOOKS = 250;

    /** What a guest is to do. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;

        /** What did not happen, in the words of a sentence. */
        String otherwise();
    }

    /**
     * Waits until the condition holds.
     *
     * @throws QemuStartFailure if QEMU itself failed, and may not when it is started in another way
     * @throws AbortException if the guest cannot fulfil the condition any more, or has not in time
     */
    void await(Condition condition, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            boolean running = qemu.isAlive();
            console.accept(qemu.readConsole());
            if (condition.holds()) {
                return;
            }
            requireHope(running, condition);
            StepParameters.require(
                    !deadline.isOver(),
                    image + ": " + condition.otherwise() + " within "
                            + deadline.allowed().toSeconds() + " s (timeout)");
            build.continuity().checkController();
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Keeps what is on the screen, and ends the guest. */
    void end() throws IOException, InterruptedException {
        qemu.end();
        console.accept(qemu.readConsole());
        console.close();
    }

    private void requireHope(boolean running, Condition condition) throws IOException, InterruptedException {
        Optional<QemuStartFailure> bad = QemuStartFailure.in(qemu.output());
        if (bad.isPresent()) {
            throw bad.get();
        }
        if (console.trouble().isPresent()) {
            throw new AbortException(image + " " + console.trouble().get());
        }
        StepParameters.require(
                !qemu.floodsItsConsole(),
                image + " writes to its serial console without end, and nothing of it is awaited");
        StepParameters.require(running, running ? null : whyItEnded(condition));
    }

    private String whyItEnded(Condition condition) throws IOException, InterruptedException {
        if (qemu.exitCode() == 0) {
            return image + ": " + condition.otherwise() + ", and the guest has switched itself off";
        }
        return "QEMU ended with exit code " + qemu.exitCode() + " on " + image
                + LastLine.of(qemu.output()).map(line -> ": " + line).orElse("");
    }
}
