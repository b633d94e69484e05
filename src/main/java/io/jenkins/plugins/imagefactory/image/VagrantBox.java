package io.jenkins.plugins.imagefactory.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a box for vagrant-libvirt, and the catalog by which Vagrant finds, verifies and updates it.
 *
 * @param name by which the catalog offers the box, such as {@code factory/debian}
 * @param description of the box, null for none
 * @see <a href="https://vagrant-libvirt.github.io/vagrant-libvirt/boxes.html">vagrant-libvirt: box format</a>
 * @see <a href="https://developer.hashicorp.com/vagrant/docs/boxes/format">Vagrant: box catalog metadata</a>
 */
public record VagrantBox(String name, @CheckForNull String description) {
    public static final String DISK = "box.img";
    public static final String METADATA = "metadata.json";
    public static final String VAGRANTFILE = "Vagrantfile";

    private static final String PROVIDER = "libvirt";
    private static final long GIB = 1L << 30;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What says of which kind the box is. */
    public static String metadata(long virtualBytes) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("provider", PROVIDER);
        metadata.put("format", DiskFormat.QCOW2.qemuName());
        metadata.put("virtual_size", (virtualBytes + GIB - 1) / GIB);
        return json(metadata);
    }

    /** What a machine made of the box begins with. */
    public static String vagrantfile() {
        return """
                Vagrant.configure("2") do |config|
                  config.vm.provider :libvirt do |libvirt|
                    libvirt.driver = "kvm"
                  end
                end
                """;
    }

    /**
     * The catalog of one version.
     *
     * @param url where the box will be
     * @param sha256 of the box, hexadecimal
     */
    public String catalog(String version, String url, String sha256) {
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("name", PROVIDER);
        provider.put("url", url);
        provider.put("checksum_type", "sha256");
        provider.put("checksum", sha256);
        Map<String, Object> release = new LinkedHashMap<>();
        release.put("version", version);
        release.put("providers", List.of(provider));
        Map<String, Object> catalog = new LinkedHashMap<>();
        catalog.put("name", name);
        if (description != null) {
            catalog.put("description", description);
        }
        catalog.put("versions", List.of(release));
        return json(catalog);
    }

    private static String json(Object data) {
        try {
            return JSON.writeValueAsString(data) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
