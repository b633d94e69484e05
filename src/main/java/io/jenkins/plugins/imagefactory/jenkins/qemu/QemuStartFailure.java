package io.jenkins.plugins.imagefactory.jenkins.qemu;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** QEMU failed for a reason that has nothing to do with the image. */
public final class QemuStartFailure extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String HELPED_ITSELF = "falling back to tcg";

    private final Reason reason;

    /** By which lines of QEMU's output it shows. */
    enum Reason {
        /** KVM is there, but cannot be used, or runs no guest. */
        KVM("KVM internal error|KVM: entry failed|kvm run failed|failed to initialize kvm|kvm_\\w+: Assertion"),
        /** Another process listens on the port. */
        PORT_TAKEN("Could not set up host forwarding rule");

        private final Pattern line;

        Reason(String line) {
            this.line = Pattern.compile(line);
        }

        private Optional<QemuStartFailure> in(String output) {
            return output.lines()
                    .filter(text -> line.matcher(text).find())
                    .findFirst()
                    .map(text -> new QemuStartFailure(this, text.strip()));
        }
    }

    private QemuStartFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** That of which QEMU's output tells, if QEMU has not helped itself. */
    static Optional<QemuStartFailure> in(String output) {
        if (output.contains(HELPED_ITSELF)) {
            return Optional.empty();
        }
        return Arrays.stream(Reason.values())
                .map(reason -> reason.in(output))
                .flatMap(Optional::stream)
                .findFirst();
    }

    Reason reason() {
        return reason;
    }
}
