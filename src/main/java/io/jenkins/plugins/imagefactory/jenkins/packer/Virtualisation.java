package io.jenkins.plugins.imagefactory.jenkins.packer;

import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.TemplateSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Whether QEMU finds the hardware's help where Packer runs; without it a build takes many times as long. */
final class Virtualisation {
    private static final int MISSING = 1;
    private static final int FORBIDDEN = 2;

    private Virtualisation() {}

    /** Warns if the template has a qemu builder and /dev/kvm cannot be opened. */
    static void check(BuildContext build, TemplateSummary template) throws IOException, InterruptedException {
        boolean qemu =
                template.builders().stream().anyMatch(builder -> builder.type().equals("qemu"));
        if (qemu && build.node().launcher().isUnix()) {
            int answer = PackerProgram.run(
                    build,
                    List.of("/bin/sh", "-c", "test -e /dev/kvm || exit 1; (: <>/dev/kvm) 2>/dev/null || exit 2"),
                    OutputStream.nullOutputStream());
            if (answer == MISSING) {
                warn(
                        build,
                        "there is no /dev/kvm here (no hardware virtualisation, or not passed into this container)");
            } else if (answer == FORBIDDEN) {
                warn(build, "this agent's user may not open /dev/kvm (on most systems the group 'kvm' may)");
            }
        }
    }

    private static void warn(BuildContext build, String reason) {
        build.console()
                .log("packer", "Warning: QEMU emulates the processor and will be many times slower, since " + reason);
    }
}
