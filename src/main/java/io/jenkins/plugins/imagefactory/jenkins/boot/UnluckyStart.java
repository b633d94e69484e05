package io.jenkins.plugins.imagefactory.jenkins.boot;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** QEMU failed for a reason that has nothing to do with the image. */
final class UnluckyStart extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** By what QEMU's output tells it. */
    enum Reason {
        /** KVM is there, but cannot be used, or runs no guest. */
        KVM("KVM internal error.*|KVM: entry failed.*|error: kvm run failed.*|failed to initialize kvm.*"),
        /** Another process listens on the port. */
        PORT_TAKEN("Could not set up host forwarding rule.*");

        private final Pattern output;

        Reason(String output) {
            this.output = Pattern.compile(output);
        }

        private Optional<UnluckyStart> in(String text) {
            Matcher matcher = output.matcher(text);
            return matcher.find() ? Optional.of(new UnluckyStart(this, matcher.group())) : Optional.empty();
        }
    }

    private UnluckyStart(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** That of which QEMU's output tells. */
    static Optional<UnluckyStart> in(String output) {
        return Arrays.stream(Reason.values())
                .map(reason -> reason.in(output))
                .flatMap(Optional::stream)
                .findFirst();
    }

    Reason reason() {
        return reason;
    }
}
