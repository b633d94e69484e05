package io.jenkins.plugins.imagefactory.jenkins.run;

import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What steps return, as builds keep it. */
final class KeptResults {
    private static final long MIB = 1L << 20;

    private KeptResults() {}

    /** Keeps what one build of an image leaves: file, run of Packer, upload, share and template. */
    static void keepOneOfEach(ImageFactoryAction kept) throws IOException {
        kept.packerRan(packerRun(), true);
        keepImageFile(kept);
        kept.imageUploaded(uploaded(1, 600 * MIB));
        kept.imageShared(
                image(1, 600 * MIB),
                List.of(share("dev", "accepted", null), share("prod-a", null, "there is no project 'prod-a'")));
        kept.templateRendered(
                new RenderedTemplates.Template(
                        "stack.yaml.j2", "target/stack.yaml", "2021-04-16", Map.of("image", Map.of("type", "string"))),
                true);
    }

    static void keepImageFile(ImageFactoryAction kept) throws IOException {
        kept.imageBuilt(
                new MadeImage("out put/debian+12.qcow2", "qcow2", 600 * MIB, 2400 * MIB, "%064x".formatted(1), "qemu"),
                "1.6.6",
                true);
    }

    static UploadedImage uploaded(int number, long size) {
        return new UploadedImage(image(number, size), false, List.of(), 12_345L);
    }

    static ImageInGlance image(int number, long size) {
        return new ImageInGlance(
                "4c71a667-a1b6-4e36-8c7c-%012d".formatted(number),
                "debian 12 build " + number,
                "active",
                size,
                4 * size,
                "%032x".formatted(number),
                "sha512",
                "%0128x".formatted(number),
                "%064x".formatted(number),
                "shared",
                "qcow2",
                3L,
                512L,
                false,
                false,
                List.of("debian", "stable"),
                Map.of("os_distro", "debian", "jenkins_job", "images"),
                "mycloud",
                "factory");
    }

    static SharedImage.Project share(String project, String status, String error) {
        return new SharedImage.Project(project, error == null ? "id-of-" + project : null, status, true, error);
    }

    private static PackerRun packerRun() {
        return new PackerRun(
                null,
                List.of(),
                List.of(new PackerRun.Artifact(
                        "openstack",
                        "An image was created: 0d6f1c9e-5b1a-4a53-9d2e-8f4f2f6f7a10",
                        "0d6f1c9e-5b1a-4a53-9d2e-8f4f2f6f7a10",
                        List.of())),
                List.of(
                        packerBuild("qemu", "success", null),
                        packerBuild("openstack", "failure", "Script exited with non-zero exit status: 3.")),
                "packer-logs/debian-20261121-053000.log",
                "1.6.6",
                754_000L);
    }

    private static PackerRun.Build packerBuild(String name, String status, String error) {
        return new PackerRun.Build(name, status, 700_000L, error, List.of(), List.of());
    }

    /** Keeps a run of Packer whose only build failed, and what that had printed last. */
    static void keepFailedRun(ImageFactoryAction kept, String... lastLines) throws IOException {
        PackerRun.Build failed =
                new PackerRun.Build("web", "failure", 7L, "Script exited: 127", List.of(), List.of(lastLines));
        kept.packerRan(
                new PackerRun(null, List.of(), List.of(), List.of(failed), "packer-logs/web.log", "1.6.6", 8L), true);
    }
}
