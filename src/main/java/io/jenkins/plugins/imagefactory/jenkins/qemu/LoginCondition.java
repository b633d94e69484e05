package io.jenkins.plugins.imagefactory.jenkins.qemu;

import hudson.Proc;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import java.io.IOException;
import java.time.Duration;

/** Holds when a login over SSH has worked; tries again and again. */
public final class LoginCondition implements Guest.Condition {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final GuestCommand guest;
    private Proc attempt;
    private KeptOutput output;
    private Deadline next = Deadline.in(Duration.ZERO);
    private String reason = "";

    LoginCondition(GuestCommand guest) {
        this.guest = guest;
    }

    @Override
    public boolean holds() throws IOException, InterruptedException {
        if (attempt == null) {
            begin();
            return false;
        }
        return !attempt.isAlive() && end();
    }

    private void begin() throws IOException {
        if (next.isOver()) {
            output = new KeptOutput();
            attempt = guest.tryToLogIn(output);
        }
    }

    private boolean end() throws IOException, InterruptedException {
        boolean successful = attempt.join() == 0;
        reason = LastLine.of(output.text()).map(line -> " (" + line + ")").orElse("");
        attempt = null;
        next = Deadline.in(BETWEEN_TRIES);
        return successful;
    }

    @Override
    public String otherwise() {
        return "'" + guest.user() + "' could not log in over SSH" + reason;
    }
}
