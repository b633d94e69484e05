package io.jenkins.plugins.imagefactory.image.boot;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A disk from which a guest's cloud-init takes its configuration.
 *
 * @param instanceId another one makes a guest do again what cloud-init does once per instance
 * @param userData such as {@code #cloud-config}; null for none
 * @param publicKey that the guest's default user lets in, as OpenSSH writes it; null for none
 * @see <a href="https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html">cloud-init: NoCloud</a>
 */
public record NoCloudSeed(
        String instanceId,
        @CheckForNull String userData,
        @CheckForNull String publicKey) {
    private static final String LABEL = "cidata";
    private static final String NO_USER_DATA = "#cloud-config\n{}\n";

    /** The disk, of which QEMU makes a drive. */
    public byte[] disk() {
        return new Iso9660(
                        LABEL,
                        Map.of(
                                "meta-data", utf8(metaData()),
                                "user-data", utf8(userData == null ? NO_USER_DATA : userData)))
                .bytes();
    }

    private String metaData() {
        String keys = publicKey == null ? "" : "public-keys:\n  - " + publicKey.strip() + "\n";
        return "instance-id: " + instanceId + "\nlocal-hostname: image-boot\n" + keys;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
