package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing;
import java.util.List;

/** Result of glanceShare. */
public record SharedImage(Named image, List<Project> projects) implements OperationResult {
    public record Named(String id, String name) {}

    /**
     * How a project sees the image now.
     *
     * @param name as it was asked for
     * @param id null if the project was not found
     * @param status accepted, pending, rejected, removed or visible; null if it failed
     * @param changed whether anything was done
     * @param error why it failed; null if it did not
     */
    public record Project(
            String name,
            @CheckForNull String id,
            @CheckForNull String status,
            boolean changed,
            @CheckForNull String error) {}

    public static SharedImage of(Image image, List<ImageSharing.Share> shares) {
        return new SharedImage(
                new Named(image.id(), image.name()),
                shares.stream()
                        .map(share ->
                                new Project(share.name(), share.id(), share.status(), share.changed(), share.error()))
                        .toList());
    }
}
