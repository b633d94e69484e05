package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.heat.RenderRequest;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImagePruning;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.NewImage;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.SentFile;
import io.jenkins.plugins.imagefactory.openstack.image.SilentObserver;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What gets larger, and what is done with it: each a row for each of its sizes. */
enum Growth {
    FIND("an image found by its name, images of the project", 100, 1000, 10_000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            process.glance().find("image-" + (size - 1));
        }
    },
    OFFER("the images that a form offers, images of the project", 100, 1000, 10_000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            process.glance().newest(100);
        }
    },
    REPLACE("glanceUpload with `ifExists: 'replace'`, images of the project", 100, 1000, 10_000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            process.upload("replaced", IfExists.REPLACE, Map.of());
        }
    },
    PRUNE("glancePrune that looks at all of them (dryRun), images of the project", 100, 1000, 10_000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            new ImagePruning("image-*", null, 5, false, size, true, Set.of()).prune(process.glance());
        }
    },
    SHARE("glanceShare with acceptance, members of the image", 10, 100, 1000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            Session session = process.session();
            Image image = Glance.of(session).find(process.nextImage());
            new ImageSharing(session, session, false)
                    .share(image, List.of(System.getenv("PROJECTS").split(" ")).subList(0, size));
        }
    },
    PROPERTIES("glanceUpload and the image found, properties of the image", 5, 50, 500) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            Map<String, String> properties = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                properties.put("property_" + i, "value ".repeat(20) + i);
            }
            String name = "properties " + size + " " + System.nanoTime();
            process.upload(name, IfExists.KEEP, properties);
            process.glance().find(name);
        }
    },
    LOG("packerBuild whose log has so many MB", 2, 20, 200) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            process.pipeline("packerBuild(template: 'log-" + size + ".json', validate: false)");
        }
    },
    TEMPLATE("heatRender of a Heat template, lines", 50, 500, 5000) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            Path workspace = Files.createDirectories(process.directory().resolve("template"));
            Files.writeString(workspace.resolve("large.yaml.j2"), template(size));
            new RenderRequest("large.yaml.j2", "out", List.of(), Map.of(), Map.of("size", 3), Map.of(), true)
                    .render(workspace);
        }
    },
    PARALLEL("glanceUpload of 64 KiB, steps of one build at once", 1, 10, 50) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            ExecutorService branches = Executors.newFixedThreadPool(size);
            List<Callable<Void>> steps = new ArrayList<>();
            for (int branch = 0; branch < size; branch++) {
                String script = "glanceUpload(file: 'small.raw', name: 'branch " + branch + "')";
                steps.add(() -> process.pipeline(script));
            }
            for (Future<Void> end : branches.invokeAll(steps)) {
                end.get();
            }
            branches.shutdown();
        }
    },
    BUILD("glanceUpload of 64 KiB, images of one build one after another", 2, 20, 200) {
        @Override
        void run(GrowthProcess process, int size) throws Exception {
            process.pipeline(size + ".times { glanceUpload(file: 'small.raw', name: \"build ${it}\") }");
        }
    };

    private static final int LINES_OF_A_RESOURCE = 5;

    private final String subject;
    private final int[] sizes;

    Growth(String subject, int... sizes) {
        this.subject = subject;
        this.sizes = sizes;
    }

    String subject() {
        return subject;
    }

    int[] sizes() {
        return sizes.clone();
    }

    abstract void run(GrowthProcess process, int size) throws Exception;

    /** Every resource names one before it and a parameter of its own. */
    static String template(int lines) {
        int count = Math.max(1, (lines - 3) / (LINES_OF_A_RESOURCE + 1));
        StringBuilder text = new StringBuilder("heat_template_version: 2018-08-31\nparameters:\n");
        for (int i = 0; i < count; i++) {
            text.append("  p").append(i).append(": {type: number, default: {{ size }}}\n");
        }
        text.append("resources:\n");
        for (int i = 0; i < count; i++) {
            text.append("  r").append(i).append(":\n    type: OS::Heat::Value\n    depends_on: [r");
            text.append(Math.max(0, i - 1)).append("]\n    properties:\n      value: {get_param: p");
            text.append(i).append("}\n");
        }
        return text.toString();
    }

    static NewImage image(String name, Map<String, String> properties) {
        return new NewImage(name, DiskFormat.RAW, "bare", "shared", 0, 0, false, false, List.of(), properties);
    }

    static void upload(Session session, NewImage image, IfExists ifExists, Path file) throws Exception {
        new ImageUpload(Glance.of(session), Patience.of(0, null), new SilentObserver(), null)
                .upload(image, ifExists, Files.size(file), new SentFile(file));
    }
}
