package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a project saw an image after a build had shared it. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class ProjectShare {
    private final String name;
    private final String id;
    private final String status;
    private final String error;

    ProjectShare(SharedImage.Project project) {
        name = project.name();
        id = project.id();
        status = project.status();
        error = project.error();
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getId() {
        return id;
    }

    /** {@code accepted}, {@code pending}, {@code rejected}, {@code removed} or {@code visible}; null if it failed. */
    @CheckForNull
    @Exported
    public String getStatus() {
        return status;
    }

    /** Why it failed; null if it did not. */
    @CheckForNull
    @Exported
    public String getError() {
        return error;
    }

    /** For people. */
    public String getLabel() {
        if (error != null) {
            return Messages.ProjectShare_Failed();
        }
        return switch (Objects.requireNonNullElse(status, "")) {
            case "accepted" -> Messages.ProjectShare_Accepted();
            case "pending" -> Messages.ProjectShare_Pending();
            case "rejected" -> Messages.ProjectShare_Rejected();
            case "removed" -> Messages.ProjectShare_Removed();
            case "visible" -> Messages.ProjectShare_Visible();
            default -> status;
        };
    }
}
