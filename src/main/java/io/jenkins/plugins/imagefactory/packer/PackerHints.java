package io.jenkins.plugins.imagefactory.packer;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The way out of failures that Packer's own words do not tell. */
public final class PackerHints {
    private static final Map<Pattern, String> HINTS = new LinkedHashMap<>();

    static {
        hint(
                "Output directory .* already exists",
                "an earlier build left the output directory: remove it, or overwrite it with force: true");
        hint(
                "The builder .* is unknown by Packer|Unknown (provisioner|post-processor|data source)|Missing plugins?|did you forget to run packer init",
                "a plugin is missing: name it in required_plugins of an HCL2 template, and packerBuild installs it (Packer 1.7 and later)");
        hint(
                "API rate limit|rate limit exceeded|403 API rate",
                "GitHub limits downloads of plugins to 60 an hour for each address: give a token in PACKER_GITHUB_API_TOKEN");
        hint(
                "qemu-system-\\S+\"?: executable file not found|Failed creating Qemu driver",
                "QEMU is not installed on the agent");
        hint(
                "Timeout waiting for SSH|Timeout waiting for WinRM",
                "the image did not come up in time: look at its boot (vnc, or headless: false), its boot_command, and raise ssh_timeout; without KVM everything takes ten times as long");
        hint(
                "Could not access KVM kernel module|failed to initialize KVM",
                "the agent has no usable /dev/kvm: add its user to the group kvm, or set accelerator to tcg");
    }

    private final Set<String> hints = new LinkedHashSet<>();

    private static void hint(String failure, String wayOut) {
        HINTS.put(Pattern.compile(failure), wayOut);
    }

    /** @param line of Packer's output */
    public void accept(String line) {
        HINTS.forEach((failure, wayOut) -> {
            if (failure.matcher(line).find()) {
                hints.add(wayOut);
            }
        });
    }

    /** One for each kind of failure that was seen. */
    public Set<String> seen() {
        return hints;
    }
}
