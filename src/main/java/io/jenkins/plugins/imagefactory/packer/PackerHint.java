package io.jenkins.plugins.imagefactory.packer;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The way out of a failure that Packer itself does not tell. */
public enum PackerHint {
    OUTPUT_EXISTS(
            "Output directory .* already exists|Output directory exists: ",
            "an earlier build left it: remove it, or let Packer overwrite it with force: true"),
    PLUGIN_NOT_INSTALLED(
            "The following plugins are required, but not installed|^Error: Missing plugins",
            "'packer init' installs what required_plugins names: leave init at its default, true"),
    PLUGIN_NOT_NAMED(
            "is unknown by Packer, and is likely part of a plugin",
            "Packer brings no plugins from 1.10 on: name it in a required_plugins block of HCL2, or install it on the"
                    + " agent with 'packer plugins install'"),
    RATE_LIMIT(
            "rate limited|API rate limit|no release version found for the github\\.com/",
            "GitHub answers 60 calls an hour for an address without a login: bind a GitHub token to"
                    + " PACKER_GITHUB_API_TOKEN with withCredentials, or keep the plugins on the agent"),
    QEMU_MISSING(
            "Failed creating Qemu driver: .*executable file not found",
            "QEMU is not installed on this agent: Debian's packages are qemu-system-x86 and qemu-utils"),
    SSH_TIMEOUT(
            "Timeout waiting for SSH",
            "the guest did not boot, has no network, or takes longer than ssh_timeout. Without KVM a boot takes many"
                    + " times as long; with a KVM that is nested and broken it never ends, which accelerator 'tcg' shows."
                    + " debugLog: true keeps what Packer tried");

    private final Pattern symptom;
    private final String text;

    PackerHint(String symptom, String text) {
        this.symptom = Pattern.compile(symptom);
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Finds each hint once, under the line that calls for it. */
    public static final class Finder {
        private final Set<PackerHint> left = EnumSet.allOf(PackerHint.class);

        /** @param line of Packer itself, not of a guest */
        public Optional<PackerHint> find(String line) {
            Optional<PackerHint> found = left.stream()
                    .filter(hint -> hint.symptom.matcher(line).find())
                    .findFirst();
            found.ifPresent(left::remove);
            return found;
        }
    }
}
