package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMask;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * What builds have on its way in clouds, kept before the cloud hears of it: what belongs to builds that do not go on is
 * deleted when Jenkins starts, and later if they end then. One small file for all builds, because nobody wants to read every
 * build to find it.
 */
@Extension
public final class UnfinishedWork extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(UnfinishedWork.class.getName());

    private final XmlFile file;
    private final List<Unfinished> all;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();

    public UnfinishedWork() {
        this(new XmlFile(new File(Jenkins.get().getRootDir(), UnfinishedWork.class.getName() + ".xml")));
    }

    private UnfinishedWork(XmlFile file) {
        this.file = file;
        all = read(file);
    }

    @SuppressWarnings("unchecked")
    private static List<Unfinished> read(XmlFile file) {
        try {
            return file.exists() ? (List<Unfinished>) file.read() : new ArrayList<>();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "what was on its way in clouds cannot be read: look for images with '(uploading' and stacks tagged 'image-factory-'",
                    e);
            return new ArrayList<>();
        }
    }

    /** Keeps what is about to be begun; returns when that is safe. Jenkins writes nothing of a freestyle build before it ends. */
    public static void begun(Run<?, ?> build, Unfinished begun) throws IOException {
        if (Jenkins.getInstanceOrNull() != null) {
            if (build instanceof AbstractBuild<?, ?>) {
                build.save();
            }
            ExtensionList.lookupSingleton(UnfinishedWork.class).add(begun);
        }
    }

    /**
     * It is whole, or gone, or its build has told that it stays.
     *
     * @param name its mark, or its id in the cloud
     */
    public static void ended(String name) {
        if (Jenkins.getInstanceOrNull() != null) {
            ExtensionList.lookupSingleton(UnfinishedWork.class).remove(name);
        }
    }

    private synchronized void add(Unfinished begun) throws IOException {
        all.removeIf(kept -> kept.mark().equals(begun.mark()));
        all.add(begun);
        file.write(all);
    }

    private synchronized void remove(String name) {
        if (all.removeIf(kept -> kept.isCalled(name))) {
            try {
                file.write(all);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "what is on its way in clouds cannot be kept", e);
            }
        }
    }

    @Override
    public void onLoaded() {
        deleteFromAll();
    }

    /** Clouds may be slow, and Jenkins does not wait for them; nor is there a second look while one lasts. */
    public void deleteFromAll() {
        List<Unfinished> before = kept();
        if (!before.isEmpty() && looking.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> delete(before), "deleting unfinished work in clouds");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized List<Unfinished> kept() {
        return List.copyOf(all);
    }

    private void delete(List<Unfinished> before) {
        ACLContext system = ACL.as2(ACL.SYSTEM2);
        try (system) {
            before.forEach(this::delete);
        } finally {
            looking.set(false);
        }
    }

    private void delete(Unfinished left) {
        Run<?, ?> build = Run.fromExternalizableId(left.build());
        if (build == null) {
            LOGGER.warning(() -> left.title() + " and may be left behind in cloud '"
                    + left.choice().cloud() + "', " + left.found() + ": build " + left.build()
                    + " is gone, and with it the login to delete it");
            remove(left.mark());
            return;
        }
        if (build.isBuilding() || !kept().contains(left)) {
            return; // What a build that ended meanwhile has taken off the list is whole.
        }
        CloudMask mask = null;
        try {
            OpenedCloud cloud = OpenStackClouds.get().open(build, left.choice());
            mask = new CloudMask(cloud);
            if (left.delete(cloud.login(mask), what -> tell(build, left, what))) {
                remove(left.mark());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!toldOf.add(left.mark())) {
                return;
            }
            tell(
                    build,
                    left,
                    left.title() + ", and it cannot be deleted now; that is tried again: "
                            + (mask == null ? e.getMessage() : mask.text(e.getMessage())));
        }
    }

    private static void tell(Run<?, ?> build, Unfinished left, String what) {
        LOGGER.info(() -> build.getExternalizableId() + ": " + what);
        Path log = build.getRootDir().toPath().resolve("log");
        if (Files.isRegularFile(log)) {
            try {
                Files.writeString(
                        log,
                        "[" + left.subject() + "] " + what + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "nothing can be added to the log of " + build.getExternalizableId(), e);
            }
        }
    }
}
