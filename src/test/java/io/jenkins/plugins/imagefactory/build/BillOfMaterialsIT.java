package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The CycloneDX file beside the packaged plugin. Maven makes none when it is told to stay offline. */
class BillOfMaterialsIT {
    private static final Path HPI = Path.of("target", "openstack-image-factory.hpi");
    private static final Path FILE = Path.of("target", "openstack-image-factory.cdx.json");
    private static final String OWN_JAR = "WEB-INF/lib/openstack-image-factory.jar";

    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        assumeThat(FILE).as("made by Maven, unless it is offline").exists();
        bill = new ObjectMapper().readTree(FILE.toFile());
    }

    @Test
    void describesThisPlugin() {
        JsonNode plugin = bill.at("/metadata/component");

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(plugin.path("name").asText()).isEqualTo("openstack-image-factory");
        assertThat(plugin.path("version").asText()).isNotEmpty();
        assertThat(plugin.at("/licenses/0/license/id").asText()).isEqualTo("MIT");
    }

    @Test
    void namesEveryPackagedLibraryAndNoOtherWithVersionDigestAndLicence() throws Exception {
        Map<String, String> named = new TreeMap<>();
        for (JsonNode component : bill.path("components")) {
            assertThat(component.at("/licenses/0/license/id").asText())
                    .as("licence of %s", component.path("purl"))
                    .isNotEmpty();
            named.put(
                    "WEB-INF/lib/" + component.path("name").asText() + "-"
                            + component.path("version").asText() + ".jar",
                    sha256(component));
        }

        assertThat(named).isNotEmpty().isEqualTo(packaged());
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return "none";
    }

    private static Map<String, String> packaged() throws IOException, NoSuchAlgorithmException {
        Map<String, String> libraries = new TreeMap<>();
        try (InputStream file = Files.newInputStream(HPI);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".jar") && !entry.getName().equals(OWN_JAR)) {
                    libraries.put(
                            entry.getName(),
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(zip.readAllBytes())));
                }
            }
        }
        return libraries;
    }
}
