package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.volume.Volume;
import io.jenkins.plugins.imagefactory.openstack.volume.VolumeUpload;
import io.jenkins.plugins.imagefactory.openstack.volume.Volumes;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code volumeUpload}: makes an image of a volume, or leaves none. Needs no node: Cinder sends the data to Glance. */
public final class VolumeUploadStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "cinder";
    private static final Duration POLL = Duration.ofSeconds(2);

    private final String volume;
    private String name;
    private String diskFormat = DescriptorImpl.DISK_FORMAT;
    private boolean force;
    private String visibility = DescriptorImpl.VISIBILITY;
    private int timeout;

    /** @param volume id or exact name */
    @DataBoundConstructor
    public VolumeUploadStep(String volume) {
        this.volume = Util.fixNull(volume).trim();
    }

    public String getVolume() {
        return volume;
    }

    public String getName() {
        return name;
    }

    /** Name of the image. Default: the volume's name. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getDiskFormat() {
        return diskFormat;
    }

    /** Disk format as Glance names it, into which Cinder converts. Default: {@code raw}, without a conversion. */
    @DataBoundSetter
    public void setDiskFormat(String diskFormat) {
        this.diskFormat = Util.fixNull(Util.fixEmptyAndTrim(diskFormat), DescriptorImpl.DISK_FORMAT);
    }

    public boolean isForce() {
        return force;
    }

    /** Whether to upload a volume that a server uses, where the cloud allows that. Default: false. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    public String getVisibility() {
        return visibility;
    }

    /** {@code private}, {@code shared} (the default), {@code community} or {@code public}. */
    @DataBoundSetter
    public void setVisibility(String visibility) {
        this.visibility = Util.fixNull(Util.fixEmptyAndTrim(visibility), DescriptorImpl.VISIBILITY);
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
    protected UploadedImage run(BuildContext build) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String wanted = build.parameters().required(volume, "volumeUpload needs 'volume': a volume's id or exact name");
        DiskFormat format = format(build);
        Session session = login(build);
        Volume found = Volumes.of(session).find(wanted);
        VolumeUpload.Request request = request(build, found, format);
        Image image = upload(build, session, found, request);
        build.console().log(SUBJECT, "Image '" + image.name() + "' is active with id " + image.id());
        UploadedImage result = new UploadedImage(
                ImageInGlance.of(image, session), false, List.of(), (System.nanoTime() - start) / 1_000_000);
        build.record().imageUploaded(result);
        return result;
    }

    private Image upload(BuildContext build, Session session, Volume found, VolumeUpload.Request request)
            throws IOException, InterruptedException {
        Patience patience = Patience.of(0, timeout == 0 ? null : Duration.ofSeconds(timeout));
        VolumeUpload upload =
                new VolumeUpload(Volumes.of(session), Glance.of(session), patience, POLL, new Progress(build));
        if (build.continuity().kept() instanceof VolumeUpload.Begun begun) {
            build.console().log(SUBJECT, "Jenkins is back: going on with the upload of volume " + found.id());
            return upload.goOn(begun, found, request);
        }
        build.console()
                .log(
                        SUBJECT,
                        "Uploading volume '" + found.name() + "' (" + found.id() + ", "
                                + ByteCount.text(found.size() << 30) + ") as '" + request.name() + "' to "
                                + session.place());
        return upload.upload(found, request);
    }

    private VolumeUpload.Request request(BuildContext build, Volume found, DiskFormat format) throws AbortException {
        StepParameters.require(
                name != null || !found.name().isEmpty(),
                "volume " + found.id() + " has no name to give to the image: say one as 'name' of volumeUpload");
        String imageName = name == null
                ? found.name()
                : build.parameters()
                        .required(name, "volumeUpload would leave the image without a name: 'name' is '" + name + "'");
        return new VolumeUpload.Request(imageName, format, visibility, force);
    }

    private DiskFormat format(BuildContext build) throws AbortException {
        String wanted = build.parameters().expand(diskFormat);
        StepParameters.require(
                DescriptorImpl.FORMATS.contains(wanted),
                "diskFormat is '" + wanted + "', but Cinder makes " + DescriptorImpl.FORMATS);
        return DiskFormat.ofGlanceName(wanted);
    }

    /** Tells the console what happens, and keeps how the image is found again. */
    private final class Progress implements VolumeUpload.Observer {
        private final BuildContext build;

        Progress(BuildContext build) {
            this.build = build;
        }

        @Override
        public void begun(VolumeUpload.Begun begun) throws IOException, InterruptedException {
            keep(build, begun, begun.temporaryName());
        }

        @Override
        public void ended(String temporaryName) {
            UnfinishedWork.ended(temporaryName);
        }

        @Override
        public void changed(String id, String status) {
            build.console().log(SUBJECT, "Image " + id + " is " + status);
        }
    }

    @Override
    boolean needsNode() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final String DISK_FORMAT = "raw";
        static final String VISIBILITY = "shared";
        static final List<String> FORMATS = Arrays.stream(DiskFormat.values())
                .filter(format -> format != DiskFormat.ISO)
                .map(DiskFormat::glanceName)
                .sorted()
                .toList();

        public DescriptorImpl() {
            super("volumeUpload");
        }

        @Override
        public String getDisplayName() {
            return Messages.VolumeUploadStep_DisplayName();
        }

        /** Needs no node. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @POST
        public ListBoxModel doFillVisibilityItems(@AncestorInPath Item item, @QueryParameter String visibility) {
            return options(item, visibility, VISIBILITIES);
        }

        @POST
        public ListBoxModel doFillDiskFormatItems(@AncestorInPath Item item, @QueryParameter String diskFormat) {
            return options(item, diskFormat, FORMATS);
        }

        @POST
        public FormValidation doCheckVolume(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.required(item, value);
        }
    }
}
