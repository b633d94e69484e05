package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** On the packaged plugin. */
class HpiIT {
    private static final Path HPI = Path.of(System.getProperty("hpi"));
    private static final String JAR = "WEB-INF/lib/openstack-image-factory.jar";

    @Test
    void theManifestTellsJenkinsWhatThePluginIsAndNeeds() throws IOException {
        Attributes manifest;
        try (JarFile hpi = new JarFile(HPI.toFile())) {
            manifest = hpi.getManifest().getMainAttributes();
        }

        assertThat(manifest.getValue("Short-Name")).isEqualTo("openstack-image-factory");
        assertThat(manifest.getValue("Long-Name")).isEqualTo("OpenStack Image Factory");
        assertThat(manifest.getValue("Plugin-Version")).matches("\\d+\\..+");
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        assertThat(manifest.getValue("Plugin-License-Name")).isEqualTo("MIT License");
        assertThat(manifest.getValue("Plugin-Developers")).isNotBlank();
        assertThat(manifest.getValue("Support-Dynamic-Loading")).isEqualTo("true");
        assertThat(manifest.getValue("Plugin-Dependencies").split(","))
                .allSatisfy(dependency -> assertThat(dependency).matches("[a-z0-9-]+:\\S+"))
                .extracting(dependency -> dependency.substring(0, dependency.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "apache-httpcomponents-client-5-api",
                        "commons-lang3-api",
                        "credentials",
                        "credentials-binding",
                        "durable-task",
                        "jackson2-api",
                        "plain-credentials",
                        "snakeyaml-api",
                        "structs",
                        "workflow-step-api");
    }

    @Test
    void nothingIsPackagedButThisPluginsOwnJarAndOpenstack4j() throws IOException {
        try (InputStream hpi = Files.newInputStream(HPI)) {
            assertThat(files(hpi).keySet())
                    .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", JAR, "WEB-INF/lib/openstack4j-core-3.12.jar");
        }
    }

    @Test
    void openstack4jFindsItsConnector() throws IOException {
        assertThat(jar()).containsKey("META-INF/services/org.openstack4j.core.transport.HttpExecutorService");
    }

    @Test
    void noDeclarationOfJenkinsIsPackaged() throws IOException {
        assertThat(jar().keySet())
                .noneMatch(name -> name.matches("(hudson|jenkins|org/jenkinsci|org/kohsuke|com/cloudbees|indexer)/.*"))
                .allMatch(name -> name.startsWith("io/jenkins/plugins/imagefactory/")
                        || name.startsWith("META-INF/")
                        || name.equals("index.jelly"));
    }

    @Test
    void jenkinsFindsTheExtensionsAndSymbolsOfTheirOwn() throws IOException {
        Map<String, byte[]> jar = jar();
        String steps = "io.jenkins.plugins.imagefactory.jenkins.step.";
        String clouds = "io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds";

        assertThat(new String(jar.get("META-INF/annotations/hudson.Extension"), StandardCharsets.ISO_8859_1))
                .contains(
                        steps + "PackerBuildStep$DescriptorImpl",
                        steps + "GlanceUploadStep$DescriptorImpl",
                        steps + "GlanceShareStep$DescriptorImpl",
                        steps + "HeatRenderStep$DescriptorImpl",
                        steps + "WithOpenStackStep$DescriptorImpl",
                        clouds);
        assertThat(new String(jar.get("META-INF/services/annotations/org.jenkinsci.Symbol"), StandardCharsets.UTF_8)
                        .lines())
                .contains(clouds)
                .noneMatch(descriptor -> descriptor.contains(".freestyle."));
    }

    @Test
    void staplerFindsTheParametersOfConstructors() throws IOException {
        Map<String, byte[]> jar = jar();

        for (String step : List.of("PackerBuildStep", "GlanceUploadStep", "GlanceShareStep", "HeatRenderStep")) {
            assertThat(new String(
                            jar.get("io/jenkins/plugins/imagefactory/jenkins/step/" + step + ".stapler"),
                            StandardCharsets.UTF_8))
                    .matches("\nconstructor=[a-z,]+\n");
        }
    }

    @Test
    void theClassFilterKnowsTheJarAsThatOfAPlugin() throws IOException {
        Attributes manifest =
                new Manifest(new ByteArrayInputStream(jar().get("META-INF/MANIFEST.MF"))).getMainAttributes();

        assertThat(manifest.getValue("Short-Name")).isEqualTo("openstack-image-factory");
        assertThat(manifest.getValue("Plugin-Version")).isNotBlank();
    }

    private static Map<String, byte[]> jar() throws IOException {
        try (InputStream hpi = Files.newInputStream(HPI)) {
            return files(new ByteArrayInputStream(files(hpi).get(JAR)));
        }
    }

    private static Map<String, byte[]> files(InputStream archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
