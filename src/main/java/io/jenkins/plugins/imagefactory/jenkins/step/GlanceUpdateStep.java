package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageChanges;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code glanceUpdate}: changes what Glance keeps of an image, in one request. Needs no node. */
public final class GlanceUpdateStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "glance";

    private final String image;
    private String name;
    private Map<String, String> properties = new TreeMap<>();
    private List<String> removeProperties = new ArrayList<>();
    private List<String> keepProperties;
    private List<String> tags;
    private Integer minDisk;
    private Integer minRam;
    private String visibility;
    private Boolean isProtected;
    private Boolean hidden;

    /** @param image id or exact name */
    @DataBoundConstructor
    public GlanceUpdateStep(String image) {
        this.image = Util.fixNull(image).trim();
    }

    public String getImage() {
        return image;
    }

    public String getName() {
        return name;
    }

    /** A new name. Default: unchanged. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public Map<String, String> getProperties() {
        return properties;
    }

    /** Properties to set. */
    @DataBoundSetter
    public void setProperties(Object properties) {
        this.properties = new TreeMap<>(TextParameters.of(properties));
    }

    public List<String> getRemoveProperties() {
        return removeProperties;
    }

    /** Names of properties to remove. */
    @DataBoundSetter
    public void setRemoveProperties(List<String> removeProperties) {
        this.removeProperties = new ArrayList<>(Util.fixNull(removeProperties));
    }

    public List<String> getKeepProperties() {
        return keepProperties;
    }

    /** Names of the properties to keep: all others that are not set here are removed. Default: keeps all. */
    @DataBoundSetter
    public void setKeepProperties(List<String> keepProperties) {
        this.keepProperties = nullIfEmpty(keepProperties);
    }

    public List<String> getTags() {
        return tags;
    }

    /** All tags that the image is to have. Default: unchanged. */
    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = nullIfEmpty(tags);
    }

    private static List<String> nullIfEmpty(List<String> list) {
        return list == null || list.isEmpty() ? null : new ArrayList<>(list);
    }

    public Integer getMinDisk() {
        return minDisk;
    }

    /** GiB. Default: unchanged. */
    @DataBoundSetter
    public void setMinDisk(Integer minDisk) {
        this.minDisk = minDisk;
    }

    public Integer getMinRam() {
        return minRam;
    }

    /** MiB. Default: unchanged. */
    @DataBoundSetter
    public void setMinRam(Integer minRam) {
        this.minRam = minRam;
    }

    public String getVisibility() {
        return visibility;
    }

    /** {@code private}, {@code shared}, {@code community} or {@code public}. Default: unchanged. */
    @DataBoundSetter
    public void setVisibility(String visibility) {
        this.visibility = Util.fixEmptyAndTrim(visibility);
    }

    public Boolean getProtected() {
        return isProtected;
    }

    /** Whether Glance refuses to delete the image. Default: unchanged. */
    @DataBoundSetter
    public void setProtected(Boolean isProtected) {
        this.isProtected = isProtected;
    }

    public Boolean getHidden() {
        return hidden;
    }

    /** Whether lists leave the image out. Default: unchanged. */
    @DataBoundSetter
    public void setHidden(Boolean hidden) {
        this.hidden = hidden;
    }

    @Override
    protected ImageInGlance run(BuildContext build) throws IOException, InterruptedException {
        String wanted = build.parameters().required(image, "glanceUpdate needs 'image': an image's id or exact name");
        Session session = login(build);
        Image before = Glance.of(session).find(wanted);
        Image after = Glance.of(session).change(before, changes(build));
        build.console()
                .log(
                        SUBJECT,
                        "Image '" + after.name() + "' (" + after.id() + ") "
                                + (after.equals(before) ? "is as it should be" : "is changed"));
        return ImageInGlance.of(after, session);
    }

    private ImageChanges changes(BuildContext build) throws AbortException {
        String newName = name == null
                ? null
                : build.parameters()
                        .required(name, "glanceUpdate would leave the image without a name: 'name' is '" + name + "'");
        Map<String, String> expanded = new TreeMap<>();
        properties.forEach(
                (property, value) -> expanded.put(property, build.parameters().expand(value)));
        return new ImageChanges()
                .attribute("name", newName)
                .attribute("visibility", visibility)
                .attribute("protected", isProtected)
                .attribute("os_hidden", hidden)
                .attribute("min_disk", minDisk == null ? null : minDisk.longValue())
                .attribute("min_ram", minRam == null ? null : minRam.longValue())
                .attribute(
                        "tags",
                        tags == null
                                ? null
                                : tags.stream().map(build.parameters()::expand).collect(Collectors.toSet()))
                .properties(expanded)
                .removeProperties(removeProperties)
                .keepProperties(keepProperties);
    }

    @Override
    boolean needsNode() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("glanceUpdate");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceUpdateStep_DisplayName();
        }

        /** Needs no node. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @POST
        public ListBoxModel doFillVisibilityItems(@AncestorInPath Item item, @QueryParameter String visibility) {
            return options(item, visibility, Messages.GlanceUpdateStep_Unchanged(), VISIBILITIES);
        }

        @POST
        public ListBoxModel doFillProtectedItems(
                @AncestorInPath Item item, @QueryParameter("protected") String current) {
            return yesOrNo(item, current);
        }

        @POST
        public ListBoxModel doFillHiddenItems(@AncestorInPath Item item, @QueryParameter String hidden) {
            return yesOrNo(item, hidden);
        }

        private static ListBoxModel yesOrNo(Item item, String current) {
            return options(item, current, Messages.GlanceUpdateStep_Unchanged(), List.of("true", "false"));
        }
    }
}
