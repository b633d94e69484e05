package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A run of Packer that a build waited for, whatever became of it. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class FinishedPackerRun {
    private final String packerVersion;
    private final Long millis;
    private final String logFile;
    private final Boolean logArchived;
    private final List<FinishedPackerBuild> builds = new ArrayList<>();
    private final List<String> imageIds = new ArrayList<>();

    FinishedPackerRun(PackerRun ran, boolean logArchived) {
        packerVersion = ran.packerVersion();
        millis = ran.millis();
        logFile = ran.logFile();
        this.logArchived = logArchived;
        ran.builds().forEach(build -> builds.add(new FinishedPackerBuild(build)));
        ran.artifacts().stream()
                .map(PackerRun.Artifact::id)
                .filter(Objects::nonNull)
                .forEach(imageIds::add);
    }

    @Exported
    public String getPackerVersion() {
        return packerVersion;
    }

    @Exported
    public Long getMillis() {
        return millis;
    }

    /** For people. */
    public String getDuration() {
        return millis == null ? "" : Util.getTimeSpanString(millis);
    }

    /** In the workspace. */
    @Exported
    public String getLogFile() {
        return logFile;
    }

    /** The log, relative to the build's address; null if it was not archived. */
    @CheckForNull
    @Exported
    public String getLogArtifact() {
        return ArchivedFile.link(logFile, logArchived);
    }

    /** Of the images that Packer's builders made in clouds, such as the <i>openstack</i> builder in Glance. */
    @Exported
    public List<String> getImageIds() {
        return imageIds == null ? List.of() : List.copyOf(imageIds);
    }

    @Exported
    public List<FinishedPackerBuild> getBuilds() {
        return builds == null ? List.of() : List.copyOf(builds);
    }
}
