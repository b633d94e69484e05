package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMask;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.TemporaryName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The images that builds have on their way, kept before the cloud hears of them: those of builds that do not go on are
 * deleted when Jenkins starts, and later if they end then. One small file for all builds, because nobody wants to read every
 * build to find them.
 */
@Extension
public final class UnfinishedImages extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(UnfinishedImages.class.getName());

    /** What is kept of an image: whose it is, and how it is found. */
    private static final class Unfinished {
        private final String build;
        private final String cloud;
        private final String project;
        private final String credentialsId;
        private final String temporaryName;

        Unfinished(Run<?, ?> build, CloudChoice choice, String temporaryName) {
            this.build = build.getExternalizableId();
            cloud = choice.cloud();
            project = choice.project();
            credentialsId = choice.credentialsId();
            this.temporaryName = temporaryName;
        }

        CloudChoice choice() {
            return new CloudChoice(cloud, project, credentialsId);
        }
    }

    private final XmlFile file;
    private final List<Unfinished> images;
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();

    public UnfinishedImages() {
        this(new XmlFile(new File(Jenkins.get().getRootDir(), UnfinishedImages.class.getName() + ".xml")));
    }

    private UnfinishedImages(XmlFile file) {
        this.file = file;
        images = read(file);
    }

    @SuppressWarnings("unchecked")
    private static List<Unfinished> read(XmlFile file) {
        try {
            return file.exists() ? (List<Unfinished>) file.read() : new ArrayList<>();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "which images were on their way to a cloud cannot be read: look for '(uploading'",
                    e);
            return new ArrayList<>();
        }
    }

    /**
     * Keeps an image that is about to be begun; returns when that is safe.
     *
     * @param temporaryName its name until it is whole, which no other has
     */
    public static void begun(Run<?, ?> build, CloudChoice choice, String temporaryName) throws IOException {
        if (Jenkins.getInstanceOrNull() != null) {
            ExtensionList.lookupSingleton(UnfinishedImages.class).add(new Unfinished(build, choice, temporaryName));
        }
    }

    /** There is no image of that name any more: it is whole, or gone. */
    public static void ended(String temporaryName) {
        if (Jenkins.getInstanceOrNull() != null) {
            ExtensionList.lookupSingleton(UnfinishedImages.class).remove(temporaryName);
        }
    }

    private synchronized void add(Unfinished image) throws IOException {
        images.add(image);
        file.write(images);
    }

    private synchronized void remove(String temporaryName) {
        if (images.removeIf(image -> image.temporaryName.equals(temporaryName))) {
            try {
                file.write(images);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "which images are on their way to a cloud cannot be kept", e);
            }
        }
    }

    @Override
    public void onLoaded() {
        deleteFromAll();
    }

    /** Clouds may be slow, and Jenkins does not wait for them. */
    void deleteFromAll() {
        List<Unfinished> before;
        synchronized (this) {
            before = List.copyOf(images);
        }
        if (!before.isEmpty()) {
            Thread thread = new Thread(() -> delete(before), "deleting unfinished images");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void delete(List<Unfinished> before) {
        ACLContext system = ACL.as2(ACL.SYSTEM2);
        try (system) {
            before.forEach(this::delete);
        }
    }

    private void delete(Unfinished image) {
        Run<?, ?> build = Run.fromExternalizableId(image.build);
        if (build == null) {
            LOGGER.warning(() -> "Build " + image.build + " is gone, and with it the login to delete image '"
                    + image.temporaryName + "', which may be left behind in cloud '" + image.cloud + "'");
            remove(image.temporaryName);
            return;
        }
        if (build.isBuilding()) {
            return;
        }
        CloudMask mask = null;
        try {
            OpenedCloud cloud = OpenStackClouds.get().open(build, image.choice());
            mask = new CloudMask(cloud);
            Glance glance = Glance.of(cloud.login(mask));
            for (String id : TemporaryName.delete(glance, image.temporaryName)) {
                tell(
                        build,
                        "Image " + id + " ('" + image.temporaryName
                                + "') was not whole when its step ended, so it is deleted");
            }
            remove(image.temporaryName);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!toldOf.add(image.temporaryName)) {
                return;
            }
            tell(
                    build,
                    "Image '" + image.temporaryName
                            + "' was not whole when its step ended, and it cannot be deleted now; that is tried again: "
                            + (mask == null ? e.getMessage() : mask.text(e.getMessage())));
        }
    }

    private static void tell(Run<?, ?> build, String what) {
        LOGGER.info(() -> build.getExternalizableId() + ": " + what);
        Path log = build.getRootDir().toPath().resolve("log");
        if (Files.isRegularFile(log)) {
            try {
                Files.writeString(log, "[glance] " + what + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "nothing can be added to the log of " + build.getExternalizableId(), e);
            }
        }
    }
}
