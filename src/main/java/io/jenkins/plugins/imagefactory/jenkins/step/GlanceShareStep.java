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
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudCredentials;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMenu;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code glanceShare}: makes projects members of an image and accepts it there. Needs no node. */
public final class GlanceShareStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "glance";
    private static final String SEPARATORS = "[;\\r\\n]+";

    private final String image;
    private final List<String> projects;
    private boolean accept = true;
    private String acceptCredentialsId;
    private boolean exact;

    /**
     * @param image id or exact name
     * @param projects a list of names or ids, or one string with {@code ;} or line ends between them
     */
    @DataBoundConstructor
    public GlanceShareStep(String image, Object projects) {
        this.image = Util.fixNull(image).trim();
        this.projects = new ArrayList<>(
                projects instanceof Collection<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : split(Objects.toString(projects, "")).toList());
    }

    public String getImage() {
        return image;
    }

    public Object getProjects() {
        return projects;
    }

    public boolean isAccept() {
        return accept;
    }

    /** Whether to accept the image in each project where the cloud's user has a role. Default: true. */
    @DataBoundSetter
    public void setAccept(boolean accept) {
        this.accept = accept;
    }

    public String getAcceptCredentialsId() {
        return acceptCredentialsId;
    }

    /** Credentials that accept the image in the projects, if the cloud's have no role there. Default: the cloud's. */
    @DataBoundSetter
    public void setAcceptCredentialsId(String acceptCredentialsId) {
        this.acceptCredentialsId = Util.fixEmptyAndTrim(acceptCredentialsId);
    }

    public boolean isExact() {
        return exact;
    }

    /** Whether to take the image away from members that are not listed. Default: false. */
    @DataBoundSetter
    public void setExact(boolean exact) {
        this.exact = exact;
    }

    @Override
    protected SharedImage run(BuildContext build) throws IOException, InterruptedException {
        String wanted = build.parameters().required(image, "glanceShare needs 'image': an image's id or exact name");
        List<String> names = projectNames(build);
        StepParameters.require(!names.isEmpty(), "glanceShare needs 'projects': names or ids of projects");
        Session session = login(build);
        Image shared = Glance.of(session).find(wanted);
        List<ImageSharing.Share> shares =
                new ImageSharing(session, acceptor(build, session), exact).share(shared, names);
        SharedImage result = SharedImage.of(shared, shares);
        build.record().imageShared(ImageInGlance.of(shared, session), result.projects());
        report(build, shared, shares);
        failIfAnyFailed(shared, shares);
        return result;
    }

    /** Null for nobody. */
    private Session acceptor(BuildContext build, Session owner) throws IOException, InterruptedException {
        if (!accept) {
            return null;
        }
        return acceptCredentialsId == null ? owner : login(build, acceptCredentialsId);
    }

    /** A variable may hold several names, too. */
    private List<String> projectNames(BuildContext build) {
        return projects.stream()
                .map(build.parameters()::expand)
                .flatMap(GlanceShareStep::split)
                .distinct()
                .toList();
    }

    private static Stream<String> split(String names) {
        return Stream.of(names.split(SEPARATORS)).map(String::strip).filter(name -> !name.isEmpty());
    }

    private void report(BuildContext build, Image shared, List<ImageSharing.Share> shares) {
        if (ImageSharing.opened(shared, shares)) {
            build.console()
                    .log(
                            SUBJECT,
                            "Image '" + shared.name()
                                    + "' was private, which no other project can see: it is made shared");
        }
        build.console()
                .log(SUBJECT, "Image '" + shared.name() + "' (" + shared.id() + ", " + shared.visibility() + "):");
        int width =
                shares.stream().mapToInt(share -> share.name().length()).max().orElse(0);
        for (ImageSharing.Share share : shares) {
            build.console()
                    .log(
                            SUBJECT,
                            "  " + share.name()
                                    + " ".repeat(width - share.name().length()) + "  " + outcome(share));
        }
        if (accept && shares.stream().anyMatch(share -> "pending".equals(share.status()))) {
            build.console()
                    .log(
                            SUBJECT,
                            "Where it is pending, somebody with a role on the project accepts it with: openstack image set --accept "
                                    + shared.id());
        }
    }

    private static String outcome(ImageSharing.Share share) {
        if (share.error() != null) {
            return "failed: " + share.error();
        }
        return share.status() + (share.changed() ? "" : " before");
    }

    private static void failIfAnyFailed(Image shared, List<ImageSharing.Share> shares) throws AbortException {
        List<ImageSharing.Share> failed =
                shares.stream().filter(share -> share.error() != null).toList();
        if (failed.size() == 1) {
            throw new AbortException("image '" + shared.name() + "' could not be shared with "
                    + failed.get(0).name() + ": " + failed.get(0).error());
        }
        StepParameters.require(
                failed.isEmpty(),
                "image '" + shared.name() + "' could not be shared with "
                        + String.join(
                                ", ",
                                failed.stream().map(ImageSharing.Share::name).toList())
                        + ": see above for each");
    }

    @Override
    boolean needsNode() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("glanceShare");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceShareStep_DisplayName();
        }

        /** The credentials that work, for those who may choose them; always the current value. */
        @POST
        public ListBoxModel doFillAcceptCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String acceptCredentialsId) {
            return CloudCredentials.options(item, acceptCredentialsId);
        }

        /** Needs no node. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        /** Names the projects where the cloud's login may accept the image. */
        @POST
        public FormValidation doCheckProjects(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String cloud,
                @QueryParameter String credentialsId) {
            if (Util.fixEmptyAndTrim(value) == null) {
                return FieldCheck.required(item, value);
            }
            return FieldCheck.optional(item, value, () -> {
                Optional<String> several =
                        split(value).filter(project -> project.contains(",")).findFirst();
                if (several.isPresent()) {
                    return FormValidation.warning(Messages.GlanceShareStep_OneALine(several.get()));
                }
                CloudMenu offered = projects(item, cloud, credentialsId);
                String unknown = split(value)
                        .filter(project -> !offers(offered, project))
                        .collect(Collectors.joining(", "));
                return offered.entries().isEmpty() || unknown.isEmpty()
                        ? FormValidation.ok()
                        : FormValidation.warning(Messages.OperationDescriptor_UnknownProject(
                                unknown, String.join(", ", offered.entries())));
            });
        }

        @POST
        public FormValidation doCheckAcceptCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.credentials(item, value);
        }
    }
}
