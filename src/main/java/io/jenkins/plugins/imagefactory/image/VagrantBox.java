package io.jenkins.plugins.imagefactory.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;

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
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What says of which kind the box is. */
    public static String metadata(long virtualBytes) {
        return text(JSON.createObjectNode()
                .put("provider", PROVIDER)
                .put("format", DiskFormat.QCOW2.qemuName())
                .put("virtual_size", (virtualBytes + GIB - 1) / GIB));
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
        ObjectNode catalog = JSON.createObjectNode().put("name", name);
        if (description != null) {
            catalog.put("description", description);
        }
        ObjectNode release = catalog.putArray("versions").addObject().put("version", version);
        release.putArray("providers")
                .addObject()
                .put("name", PROVIDER)
                .put("url", url)
                .put("checksum_type", "sha256")
                .put("checksum", sha256);
        return text(catalog);
    }

    private static String text(ObjectNode json) {
        return json.toPrettyString() + "\n";
    }
}
