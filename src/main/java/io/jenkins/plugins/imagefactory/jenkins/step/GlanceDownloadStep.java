package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.jenkins.node.AgentLibraries;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeConsole;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.result.DownloadedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataDownload;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDownload;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.TransferProgress;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code glanceDownload}: brings an image of Glance into the workspace, verified, whole or not at all. */
public final class GlanceDownloadStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "glance";
    /** Letters of up to three bytes, and what stands around them, fit into the 255 bytes of a file's name. */
    private static final int LONGEST_NAME = 60;

    private final String image;
    private String file;
    private int retries = 3;
    private int timeout;

    /** @param image id or exact name */
    @DataBoundConstructor
    public GlanceDownloadStep(String image) {
        this.image = Util.fixNull(image).trim();
    }

    public String getImage() {
        return image;
    }

    public String getFile() {
        return file;
    }

    /** Path in the workspace. Default: the image's name, with its disk format as the suffix. */
    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixEmptyAndTrim(file);
    }

    public int getRetries() {
        return retries;
    }

    /** How often a download that broke off goes on. Default: 3. */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    public int getTimeout() {
        return timeout;
    }

    /** Seconds until the download is given up. Default: 0, which is never. */
    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    protected DownloadedImage run(BuildContext build) throws IOException, InterruptedException {
        String wanted = build.parameters().required(image, "glanceDownload needs 'image': an image's id or exact name");
        Session session = login(build);
        Image found = Glance.of(session).find(wanted);
        String path = file == null ? defaultFile(found) : build.parameters().expand(file);
        build.node().workspace().mkdirs();
        AgentLibraries.sendTo(build.node().workspace());
        FilePath target = WorkspacePaths.of(build.node()).target(path);
        build.console()
                .log(
                        SUBJECT,
                        "Downloading image '" + found.name() + "' (" + found.id() + ", "
                                + ByteCount.text(Objects.requireNonNullElse(found.size(), 0L)) + ") to "
                                + target.getRemote());
        Patience patience = Patience.of(retries, timeout == 0 ? null : Duration.ofSeconds(timeout));
        DigestedFile received = new ImageDownload(Glance.of(session), patience, (why, pause) -> {
                    build.console().log(SUBJECT, why);
                    build.console().log(SUBJECT, "Going on in " + Math.max(1, pause.toSeconds()) + " s");
                })
                .download(found, new OnAgent(target, build.console().listener()));
        build.record().fileDigested(target, received);
        boolean verified = ImageDownload.verifies(found);
        build.console()
                .log(
                        SUBJECT,
                        path + " is there, "
                                + (verified ? "with the digest that Glance keeps" : "but Glance keeps no digest"));
        if (found.checksum() != null) {
            build.record().fingerprintUsed(path, found.checksum());
        }
        return new DownloadedImage(path, found.size(), found.hash(), found.hashAlgorithm(), verified);
    }

    /** Names of images may hold what names of files may not, what shells obey, and more than fits. */
    static String defaultFile(Image image) {
        String name = image.name() == null ? image.id() : image.name();
        String harmless = harmless(name);
        return harmless.substring(0, Math.min(harmless.length(), LONGEST_NAME)) + "." + harmless(image.diskFormat());
    }

    private static String harmless(String text) {
        return text.replaceAll("[^\\p{L}\\p{N} ._+-]", "_").replaceFirst("^[ .-]", "_");
    }

    private record OnAgent(FilePath target, TaskListener listener) implements ImageDownload.DataPath {
        @Override
        public DigestedFile receive(ImageDataDownload download) throws IOException, InterruptedException {
            return target.act(new Receiving(download, new NodeConsole(listener, SUBJECT)));
        }

        @Override
        public void discard(ImageDataDownload download) throws IOException, InterruptedException {
            target.act(new Discarding(download));
        }
    }

    private static final class Receiving implements ControllerToAgentFileCallable<DigestedFile> {
        private static final long serialVersionUID = 1L;

        private final ImageDataDownload download;
        private final NodeConsole console;

        Receiving(ImageDataDownload download, NodeConsole console) {
            this.download = download;
            this.console = console;
        }

        @Override
        public DigestedFile invoke(File target, VirtualChannel channel) throws IOException, InterruptedException {
            return download.receive(
                    target.toPath(), new TransferProgress(download.expected().size(), "received", console::log));
        }
    }

    private static final class Discarding implements ControllerToAgentFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final ImageDataDownload download;

        Discarding(ImageDataDownload download) {
            this.download = download;
        }

        @Override
        public Void invoke(File target, VirtualChannel channel) throws IOException {
            download.discard(target.toPath());
            return null;
        }
    }

    @Override
    int beginningsAgain() {
        return retries;
    }

    /** It makes the directories that it needs. */
    @Override
    boolean needsWorkspace() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("glanceDownload");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceDownloadStep_DisplayName();
        }

        /** Its name is the image's, if nobody says another. */
        @Override
        protected boolean needsFile() {
            return false;
        }
    }
}
