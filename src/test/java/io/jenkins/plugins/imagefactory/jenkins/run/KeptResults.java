package io.jenkins.plugins.imagefactory.jenkins.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What steps return, as builds keep it. */
final class KeptResults {
    private static final long MIB = 1L << 20;

    private KeptResults() {}

    /** Keeps what one build of an image leaves: file, run of Packer, upload, share and template. */
    static void keepOneOfEach(ImageFactoryAction kept) throws IOException {
        kept.packerRan(packerRun(), true);
        kept.imageBuilt(imageFile());
        kept.imageUploaded(image(1, 600 * MIB));
        kept.imageShared(
                image(1, 600 * MIB),
                List.of(share("dev", "accepted", null), share("prod-a", null, "there is no project 'prod-a'")));
        kept.templateRendered(template(), true);
    }

    static Map<String, Object> image(int number, long size) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("id", "4c71a667-a1b6-4e36-8c7c-%012d".formatted(number));
        image.put("name", "debian 12 build " + number);
        image.put("status", "active");
        image.put("size", size);
        image.put("virtualSize", 4 * size);
        image.put("checksum", "%032x".formatted(number));
        image.put("hashAlgorithm", "sha512");
        image.put("hash", "%0128x".formatted(number));
        image.put("sha256", "%064x".formatted(number));
        image.put("visibility", "shared");
        image.put("diskFormat", "qcow2");
        image.put("minDisk", 3L);
        image.put("minRam", 512L);
        image.put("protected", false);
        image.put("hidden", false);
        image.put("tags", List.of("debian", "stable"));
        image.put("properties", Map.of("os_distro", "debian", "jenkins_job", "images"));
        image.put("cloud", "mycloud");
        image.put("project", "factory");
        image.put("reused", false);
        image.put("replaced", List.of());
        image.put("millis", 12_345L);
        return image;
    }

    static Map<String, Object> share(String project, String status, String error) {
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("name", project);
        share.put("id", error == null ? "id-of-" + project : null);
        share.put("status", status);
        share.put("changed", true);
        share.put("error", error);
        return share;
    }

    static Map<String, Object> imageFile() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("path", "out put/debian+12.qcow2");
        file.put("format", "qcow2");
        file.put("size", 600 * MIB);
        file.put("virtualSize", 2400 * MIB);
        file.put("sha256", "%064x".formatted(1));
        file.put("builder", "qemu");
        file.put("packerVersion", "1.6.6");
        file.put("archived", true);
        return file;
    }

    static Map<String, Object> packerRun() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("packerVersion", "1.6.6");
        run.put("millis", 754_000L);
        run.put("logFile", "packer-logs/debian-20261121-053000.log");
        run.put(
                "builds",
                new ArrayList<>(List.of(
                        packerBuild("qemu", "success", null),
                        packerBuild("openstack", "failure", "Script exited with non-zero exit status: 3."))));
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("builder", "openstack");
        artifact.put("id", "0d6f1c9e-5b1a-4a53-9d2e-8f4f2f6f7a10");
        run.put("artifacts", new ArrayList<>(List.of(artifact)));
        return run;
    }

    private static Map<String, Object> packerBuild(String name, String status, String error) {
        Map<String, Object> build = new LinkedHashMap<>();
        build.put("name", name);
        build.put("status", status);
        build.put("millis", 700_000L);
        build.put("error", error);
        return build;
    }

    static Map<String, Object> template() {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("template", "stack.yaml.j2");
        template.put("output", "target/stack.yaml");
        template.put("heatTemplateVersion", "2021-04-16");
        template.put("parameters", List.of("image"));
        return template;
    }
}
