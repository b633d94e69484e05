package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.jenkins.node.AgentLibraries;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeImage;
import io.jenkins.plugins.imagefactory.jenkins.parameter.FileParameter;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.NewImage;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.SameNameImages;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code glanceUpload}: puts an image file of the workspace into Glance, verified, or leaves nothing there. */
public final class GlanceUploadStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final long GIB = 1L << 30;
    static final String SUBJECT = "glance";

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
    private String ifExists = DescriptorImpl.IF_EXISTS;
    private boolean provenance = true;
    private int retries = 3;
    private int timeout;

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
    public void setProperties(Object properties) {
        this.properties = new TreeMap<>(TextParameters.of(properties));
    }

    public String getIfExists() {
        return ifExists;
    }

    /** When the project has an image of that name: {@code keep} it too (the default), {@code error}, {@code skip} or {@code replace}. */
    @DataBoundSetter
    public void setIfExists(String ifExists) {
        this.ifExists = Util.fixNull(Util.fixEmptyAndTrim(ifExists), DescriptorImpl.IF_EXISTS);
    }

    public boolean isProvenance() {
        return provenance;
    }

    /** Whether properties of the image tell which build made it, of what. Default: true. */
    @DataBoundSetter
    public void setProvenance(boolean provenance) {
        this.provenance = provenance;
    }

    public int getRetries() {
        return retries;
    }

    /** How often an upload that failed in passing begins again. Default: 3. */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    public int getTimeout() {
        return timeout;
    }

    /** Seconds until the upload is given up. Default: 0, which is never. */
    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    String takenFromWorkspace() {
        return file;
    }

    @Override
    protected UploadedImage run(BuildContext build) throws IOException, InterruptedException {
        long start = System.nanoTime();
        IfExists policy = policy(build);
        AgentLibraries.sendTo(build.node().workspace());
        FilePath image = FileParameter.matching(build, build.parameters().expand(file), "glanceUpload");
        DiskImage content = NodeImage.requireSound(image);
        Session session = login(build);
        NewImage newImage = newImage(build, image, content);
        ImageUpload upload = new ImageUpload(
                Glance.of(session),
                Patience.of(retries, timeout == 0 ? null : Duration.ofSeconds(timeout)),
                new Progress(build),
                proofSeen(build, session));
        UploadPath path = new UploadPath(build, image, provenance);
        ImageUpload.Begun before = begunBefore(build);
        if (before != null && upload.isWhole(before, content.size())) {
            build.console().log(SUBJECT, "Image " + before.imageId() + " was whole already");
            return result(build, session, image, upload.finish(before, newImage, policy, path), start);
        }
        if (before != null) {
            build.console()
                    .log(
                            SUBJECT,
                            "The upload of image " + before.imageId()
                                    + " was broken off, so it is deleted and begins again");
            upload.discard(before);
        }
        Optional<Image> same = alreadyThere(session, newImage, policy, content, path);
        if (same.isPresent()) {
            build.console().log(SUBJECT, alreadyThere(session, same.get()) + ": nothing to upload");
            return result(build, ImageInGlance.of(same.get(), session), true, List.of(), start);
        }
        build.console()
                .log(
                        SUBJECT,
                        "Uploading " + image.getRemote() + " ("
                                + content.format().glanceName() + ", "
                                + ByteCount.text(content.size()) + ") as '" + newImage.name() + "' to "
                                + session.place());
        return result(build, session, image, upload.upload(newImage, policy, content.size(), path), start);
    }

    /** What the cloud was seen to keep of an earlier image of this build; null if there is none. */
    @CheckForNull
    private static DigestAlgorithm proofSeen(BuildContext build, Session session) {
        return build.record().uploadedImages().stream()
                .map(UploadedImage::image)
                .filter(image -> session.cloudName().equals(image.cloud()))
                .reduce((earlier, later) -> later)
                .flatMap(image -> DigestAlgorithm.ofGlanceName(image.hashAlgorithm()))
                .orElse(null);
    }

    private IfExists policy(BuildContext build) throws AbortException {
        try {
            return IfExists.of(build.parameters().expand(ifExists));
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** An earlier version kept the id alone, of an image that was not verified yet. */
    private static ImageUpload.Begun begunBefore(BuildContext build) {
        Object kept = build.continuity().kept();
        return kept instanceof String id ? new ImageUpload.Begun(id, null, null) : (ImageUpload.Begun) kept;
    }

    private static Optional<Image> alreadyThere(
            Session session, NewImage newImage, IfExists policy, DiskImage content, UploadPath path)
            throws IOException, InterruptedException {
        if (policy == IfExists.ERROR) {
            SameNameImages.find(Glance.of(session), newImage.name()).requireNone();
        }
        return policy == IfExists.SKIP
                ? SameNameImages.find(Glance.of(session), newImage.name())
                        .withTheSameData(content.size(), path::digests)
                : Optional.empty();
    }

    private static String alreadyThere(Session session, Image same) throws IOException {
        return "Image '" + same.name() + "' with the same data is in " + session.place() + " already, id " + same.id();
    }

    private UploadedImage result(
            BuildContext build, Session session, FilePath file, ImageUpload.Uploaded uploaded, long start)
            throws IOException {
        Image image = uploaded.image();
        if (uploaded.reused()) {
            build.console()
                    .log(
                            SUBJECT,
                            alreadyThere(session, image) + ": another upload was first, and this one's is deleted");
            return result(build, ImageInGlance.of(image, session), true, List.of(), start);
        }
        build.console()
                .log(
                        SUBJECT,
                        "Image '" + image.name() + "' is active with id " + image.id() + ", SHA-256 "
                                + uploaded.digests().sha256());
        for (String older : uploaded.replaced()) {
            build.console().log(SUBJECT, "Image " + older + " had the name before: renamed and hidden");
        }
        String md5 = uploaded.digests().get(DigestAlgorithm.MD5);
        if (md5 != null) {
            build.record().fingerprintUsed(file.getName(), md5);
        }
        return result(
                build,
                ImageInGlance.of(image, uploaded.digests().sha256(), session),
                false,
                uploaded.replaced(),
                start);
    }

    private static UploadedImage result(
            BuildContext build, ImageInGlance image, boolean reused, List<String> replaced, long start)
            throws IOException {
        UploadedImage result = new UploadedImage(image, reused, replaced, (System.nanoTime() - start) / 1_000_000);
        build.record().imageUploaded(result);
        return result;
    }

    private NewImage newImage(BuildContext build, FilePath image, DiskImage content) throws AbortException {
        String imageName = name == null
                ? image.getBaseName()
                : build.parameters()
                        .required(name, "glanceUpload would leave the image without a name: 'name' is '" + name + "'");
        Map<String, String> expandedProperties = new TreeMap<>(provenance ? Provenance.ofBuild(build) : Map.of());
        properties.forEach(
                (key, value) -> expandedProperties.put(key, build.parameters().expand(value)));
        return new NewImage(
                imageName,
                formatOf(build, image, content),
                containerFormat,
                visibility,
                minDisk == null ? gibibytes(content.virtualSize()) : minDisk,
                minRam,
                isProtected,
                hidden,
                tags.stream().map(build.parameters()::expand).toList(),
                expandedProperties);
    }

    private DiskFormat formatOf(BuildContext build, FilePath image, DiskImage content) throws AbortException {
        if (diskFormat == null) {
            return content.format();
        }
        DiskFormat wanted;
        try {
            wanted = DiskFormat.ofGlanceName(build.parameters().expand(diskFormat));
        } catch (IllegalArgumentException e) {
            throw new AbortException("diskFormat " + e.getMessage());
        }
        StepParameters.require(
                wanted == content.format(),
                image.getRemote() + " is " + content.format().glanceName() + " by its content, but diskFormat says "
                        + wanted.glanceName() + ": leave diskFormat out, or convert the file");
        return wanted;
    }

    private static long gibibytes(Long bytes) {
        return bytes == null ? 0 : (bytes + GIB - 1) / GIB;
    }

    /** Tells the console what happens, and keeps which image is on its way. */
    private final class Progress implements ImageUpload.Observer {
        private final BuildContext build;

        Progress(BuildContext build) {
            this.build = build;
        }

        @Override
        public void begun(ImageUpload.Begun begun) throws IOException, InterruptedException {
            keep(build, begun, begun.temporaryName());
        }

        @Override
        public void ended(String temporaryName) {
            UnfinishedWork.ended(temporaryName);
        }

        @Override
        public void retrying(String why, Duration pause) {
            build.console().log(SUBJECT, why);
            build.console().log(SUBJECT, "Trying again in " + Math.max(1, pause.toSeconds()) + " s");
        }

        @Override
        public void waitingFor(String id) {
            build.console()
                    .log(SUBJECT, "Image " + id + " of the same name began to be uploaded before: waiting for it");
        }

        @Override
        public void replacedBy(String id) {
            build.console()
                    .log(
                            SUBJECT,
                            "Image " + id + " is newer and has the name already, so this one is renamed and hidden");
        }

        @Override
        public void digesting(DigestAlgorithm kept, DigestAlgorithm expected) {
            build.console()
                    .log(
                            SUBJECT,
                            "Glance keeps " + kept.glanceName() + " of the image, and not " + expected.glanceName()
                                    + ": the file is digested once more");
        }
    }

    @Override
    int beginningsAgain() {
        return retries;
    }

    @Override
    String undone(Serializable kept) {
        return kept instanceof ImageUpload.Begun begun ? "image " + begun.imageId() + " is deleted" : null;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final String CONTAINER_FORMAT = "bare";
        static final String VISIBILITY = "shared";
        static final String IF_EXISTS = "keep";

        public DescriptorImpl() {
            super("glanceUpload");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceUploadStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillVisibilityItems(@AncestorInPath Item item, @QueryParameter String visibility) {
            return options(item, visibility, VISIBILITIES);
        }

        @POST
        public ListBoxModel doFillIfExistsItems(@AncestorInPath Item item, @QueryParameter String ifExists) {
            return options(item, ifExists, IfExists.parameters());
        }

        /** Empty for what the content says. */
        @POST
        public ListBoxModel doFillDiskFormatItems(@AncestorInPath Item item, @QueryParameter String diskFormat) {
            return options(
                    item,
                    diskFormat,
                    Messages.GlanceUploadStep_FormatOfContent(),
                    Arrays.stream(DiskFormat.values())
                            .map(DiskFormat::glanceName)
                            .toList());
        }
    }
}
