package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.Image;
import io.jenkins.plugins.imagefactory.openstack.ImageDataUpload;
import io.jenkins.plugins.imagefactory.openstack.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.NewImage;
import io.jenkins.plugins.imagefactory.openstack.Session;
import io.jenkins.plugins.imagefactory.openstack.UploadProgress;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code glanceUpload}: puts an image file of the workspace into Glance, verified, or leaves nothing there. */
public final class GlanceUploadStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final long GIB = 1L << 30;
    private static final String SUBJECT = "glance";

    private final String file;
    private String name;
    private String diskFormat;
    private String containerFormat = DescriptorImpl.CONTAINER_FORMAT;
    private Integer minDisk;
    private int minRam;
    private String visibility = DescriptorImpl.VISIBILITY;
    private boolean isProtected;
    private boolean hidden;
    private List<String> tags = new ArrayList<>();
    private Map<String, String> properties = new TreeMap<>();

    /** @param file in the workspace: a path or an Ant glob that matches one file */
    @DataBoundConstructor
    public GlanceUploadStep(String file) {
        this.file = Util.fixNull(file).trim();
    }

    public String getFile() {
        return file;
    }

    public String getName() {
        return name;
    }

    /** Name of the image. Default: the file's name without its suffix. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getDiskFormat() {
        return diskFormat;
    }

    /** Disk format as Glance names it. Default: what the file's content says; another one is refused. */
    @DataBoundSetter
    public void setDiskFormat(String diskFormat) {
        this.diskFormat = Util.fixEmptyAndTrim(diskFormat);
    }

    public String getContainerFormat() {
        return containerFormat;
    }

    /** Container format as Glance names it. Default: {@code bare}. */
    @DataBoundSetter
    public void setContainerFormat(String containerFormat) {
        this.containerFormat = Util.fixNull(Util.fixEmptyAndTrim(containerFormat), DescriptorImpl.CONTAINER_FORMAT);
    }

    public Integer getMinDisk() {
        return minDisk;
    }

    /** GiB of disk that a server needs to boot the image. Default: its virtual size, rounded up. */
    @DataBoundSetter
    public void setMinDisk(Integer minDisk) {
        this.minDisk = minDisk;
    }

    public int getMinRam() {
        return minRam;
    }

    /** MiB of memory that a server needs to boot the image. Default: 0, which asks for none. */
    @DataBoundSetter
    public void setMinRam(int minRam) {
        this.minRam = minRam;
    }

    public String getVisibility() {
        return visibility;
    }

    /** {@code private}, {@code shared} (the default), {@code community} or {@code public}. */
    @DataBoundSetter
    public void setVisibility(String visibility) {
        this.visibility = Util.fixNull(Util.fixEmptyAndTrim(visibility), DescriptorImpl.VISIBILITY);
    }

    public boolean isProtected() {
        return isProtected;
    }

    /** Whether Glance refuses to delete the image. Default: false. */
    @DataBoundSetter
    public void setProtected(boolean isProtected) {
        this.isProtected = isProtected;
    }

    public boolean isHidden() {
        return hidden;
    }

    /** Whether lists leave the image out. Default: false. */
    @DataBoundSetter
    public void setHidden(boolean hidden) {
        this.hidden = hidden;
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = new ArrayList<>(Util.fixNull(tags));
    }

    public Map<String, String> getProperties() {
        return properties;
    }

    /** Additional properties, such as {@code os_distro} or {@code hw_disk_bus}. */
    @DataBoundSetter
    public void setProperties(Map<String, String> properties) {
        this.properties = new TreeMap<>(Util.fixNull(properties, Map.of()));
    }

    @Override
    protected Map<String, Object> run(BuildContext build) throws IOException, InterruptedException {
        long start = System.nanoTime();
        FilePath image = onlyMatch(build);
        DiskImage content = image.act(new Inspection());
        Session session = login(build);
        NewImage newImage = newImage(build, image, content);
        build.log(
                SUBJECT,
                "Uploading " + image.getRemote() + " (" + content.format().glanceName() + ", "
                        + UploadProgress.bytes(content.size()) + ") as '" + newImage.name() + "' to "
                        + session.place());
        ImageUpload.Uploaded uploaded = new ImageUpload(session.glance())
                .upload(newImage, content.size(), upload -> image.act(new Sending(upload, build.listener())));
        Map<String, Object> result = describe(uploaded.image(), session, (System.nanoTime() - start) / 1_000_000);
        build.record().imageUploaded(result);
        build.log(
                SUBJECT,
                "Image '" + newImage.name() + "' is active with id "
                        + uploaded.image().id() + ", SHA-256 "
                        + uploaded.digests().sha256());
        return result;
    }

    private FilePath onlyMatch(BuildContext build) throws IOException, InterruptedException {
        String pattern = build.expand(file);
        BuildContext.require(!pattern.isEmpty(), "glanceUpload needs 'file': the image file to upload");
        FilePath exact = build.workspace().child(pattern);
        if (exact.exists() && !exact.isDirectory()) {
            return exact;
        }
        FilePath[] matches = build.workspace().list(pattern);
        if (matches.length == 1) {
            return matches[0];
        }
        throw new AbortException(
                matches.length == 0
                        ? "no file matches '" + pattern + "' in "
                                + build.workspace().getRemote()
                        : "'" + pattern + "' matches " + matches.length + " files in "
                                + build.workspace().getRemote() + ", and glanceUpload takes one: "
                                + List.of(matches).stream()
                                        .map(FilePath::getName)
                                        .sorted()
                                        .toList());
    }

    private NewImage newImage(BuildContext build, FilePath image, DiskImage content) throws AbortException {
        String imageName = name == null ? image.getBaseName() : build.expand(name);
        Map<String, String> expandedProperties = new TreeMap<>();
        properties.forEach((key, value) -> expandedProperties.put(key, build.expand(value)));
        return new NewImage(
                imageName,
                formatOf(build, image, content),
                containerFormat,
                visibility,
                minDisk == null ? gibibytes(content.virtualSize()) : minDisk,
                minRam,
                isProtected,
                hidden,
                tags.stream().map(build::expand).toList(),
                expandedProperties);
    }

    private DiskFormat formatOf(BuildContext build, FilePath image, DiskImage content) throws AbortException {
        if (diskFormat == null) {
            return content.format();
        }
        DiskFormat wanted;
        try {
            wanted = DiskFormat.ofGlanceName(build.expand(diskFormat));
        } catch (IllegalArgumentException e) {
            throw new AbortException("diskFormat " + e.getMessage());
        }
        BuildContext.require(
                wanted == content.format(),
                image.getRemote() + " is " + content.format().glanceName() + " by its content, but diskFormat says "
                        + wanted.glanceName() + ": leave diskFormat out, or convert the file");
        return wanted;
    }

    private static long gibibytes(Long bytes) {
        return bytes == null ? 0 : (bytes + GIB - 1) / GIB;
    }

    private static Map<String, Object> describe(Image image, Session session, long millis) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("id", image.id());
        result.put("name", image.name());
        result.put("status", image.status());
        result.put("size", image.size());
        result.put("virtualSize", image.virtualSize());
        result.put("checksum", image.checksum());
        result.put("hashAlgorithm", image.hashAlgorithm());
        result.put("hash", image.hash());
        result.put("visibility", image.visibility());
        result.put("diskFormat", image.diskFormat());
        result.put("minDisk", image.minDisk());
        result.put("cloud", session.cloudName());
        result.put("project", session.project().name());
        result.put("millis", millis);
        return result;
    }

    private static final class Inspection implements ControllerToAgentFileCallable<DiskImage> {
        private static final long serialVersionUID = 1L;

        @Override
        public DiskImage invoke(File file, VirtualChannel channel) throws IOException {
            return DiskImage.inspect(file.toPath()).requireSound(file.toPath());
        }
    }

    private static final class Sending implements ControllerToAgentFileCallable<Digests> {
        private static final long serialVersionUID = 1L;

        private final ImageDataUpload upload;
        private final TaskListener listener;

        Sending(ImageDataUpload upload, TaskListener listener) {
            this.upload = upload;
            this.listener = listener;
        }

        @Override
        public Digests invoke(File file, VirtualChannel channel) throws IOException, InterruptedException {
            return upload.send(file.toPath(), new UploadProgress(file.length(), this::log));
        }

        /** What an agent prints is held back for a while unless it is flushed. */
        private void log(String line) {
            listener.getLogger().println("[" + SUBJECT + "] " + line);
            listener.getLogger().flush();
        }
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final String CONTAINER_FORMAT = "bare";
        static final String VISIBILITY = "shared";

        public DescriptorImpl() {
            super("glanceUpload");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceUploadStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillVisibilityItems() {
            return options(List.of("private", "shared", "community", "public"));
        }

        /** Empty for what the content says. */
        @POST
        public ListBoxModel doFillDiskFormatItems() {
            return options(
                    Messages.GlanceUploadStep_FormatOfContent(),
                    Arrays.stream(DiskFormat.values())
                            .map(DiskFormat::glanceName)
                            .toList());
        }
    }
}
