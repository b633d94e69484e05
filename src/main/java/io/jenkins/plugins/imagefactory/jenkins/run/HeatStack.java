package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A stack that a build launched or changed. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class HeatStack {
    private final String id;
    private final String name;
    private final String status;
    private final String cloud;
    private final String project;
    private final Map<String, String> outputs;
    private final Long millis;
    private final Boolean deleted;

    HeatStack(LaunchedStack stack, String cloud, String project) {
        id = stack.id();
        name = stack.name();
        status = stack.status();
        this.cloud = cloud;
        this.project = project;
        outputs = new TreeMap<>(stack.outputs());
        millis = stack.millis();
        deleted = null;
    }

    private HeatStack(HeatStack before) {
        id = before.id;
        name = before.name;
        status = before.status;
        cloud = before.cloud;
        project = before.project;
        outputs = before.outputs;
        millis = before.millis;
        deleted = true;
    }

    /** The same when the build has deleted it. */
    HeatStack gone() {
        return new HeatStack(this);
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Of the last that the build knows of it. */
    @Exported
    public String getStatus() {
        return status;
    }

    @Exported
    public String getCloud() {
        return cloud;
    }

    @Exported
    public String getProject() {
        return project;
    }

    /** Whether the build has deleted it. */
    @Exported
    public boolean isDeleted() {
        return Boolean.TRUE.equals(deleted);
    }

    /** By name; values that the console masks are masked. */
    @Exported
    public Map<String, String> getOutputs() {
        return Objects.requireNonNullElse(outputs, Map.of());
    }

    /** How long Heat took; an empty text if an older version did not keep it. */
    public String getDuration() {
        return millis == null ? "" : Util.getTimeSpanString(millis);
    }

    @Exported
    public Long getMillis() {
        return millis;
    }

    /** Its page in the cloud's dashboard; null if the cloud's configuration tells of none. */
    @CheckForNull
    @Exported
    public String getHorizonUrl() {
        return OpenStackClouds.get().horizonStackPage(cloud, id);
    }
}
