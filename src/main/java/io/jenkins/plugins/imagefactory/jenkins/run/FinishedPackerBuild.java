package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One build of a run of Packer, and how it ended. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class FinishedPackerBuild {
    private final String name;
    private final String status;
    private final Long millis;
    private final String error;
    /* Null where there are none: a build of an older version stays what it was. */
    private final List<String> lastLines;

    FinishedPackerBuild(PackerRun.Build ended) {
        name = ended.name();
        status = ended.status();
        millis = ended.millis();
        error = ended.error();
        lastLines = ended.lastLines().isEmpty() ? null : new ArrayList<>(ended.lastLines());
    }

    @Exported
    public String getName() {
        return name;
    }

    /** {@code success}, {@code failure} or {@code cancelled}. */
    @Exported
    public String getStatus() {
        return status;
    }

    @Exported
    public Long getMillis() {
        return millis;
    }

    /** Packer's words; null unless it failed. */
    @CheckForNull
    @Exported
    public String getError() {
        return error;
    }

    /** What it printed last before it failed; empty if it did not fail, or if an older version did not keep it. */
    @Exported
    public List<String> getLastLines() {
        return lastLines == null ? List.of() : List.copyOf(lastLines);
    }

    /** For people. */
    public String getDuration() {
        return millis == null ? "" : Util.getTimeSpanString(millis);
    }

    /** For people. */
    public String getLabel() {
        return switch (Objects.requireNonNullElse(status, "")) {
            case "success" -> Messages.FinishedPackerBuild_Success();
            case "failure" -> Messages.FinishedPackerBuild_Failure();
            case "cancelled" -> Messages.FinishedPackerBuild_Cancelled();
            default -> status;
        };
    }

    /** Jenkins' symbol for such a result. */
    public String getSymbol() {
        return switch (Objects.requireNonNullElse(status, "")) {
            case "success" -> "symbol-status-blue";
            case "failure" -> "symbol-status-red";
            default -> "symbol-status-aborted";
        };
    }
}
