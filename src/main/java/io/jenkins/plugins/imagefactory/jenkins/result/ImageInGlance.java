package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.List;
import java.util.Map;

/**
 * An image in Glance as a step left it: the result of glanceUpdate. What an older version did not keep of a build's image is
 * null.
 *
 * @param size bytes of the image file; null until it is uploaded
 * @param virtualSize bytes of the disk; null if Glance could not tell
 * @param checksum MD5 of the image file, hexadecimal; null until it is uploaded
 * @param hashAlgorithm of {@code hash}, usually sha512
 * @param sha256 null if no provenance tells it
 * @param minDisk GiB
 * @param minRam MiB
 * @param properties strings, and whatever newer releases of Glance add
 * @param cloud name of the configured cloud
 * @param project name of the project in which the step worked
 */
public record ImageInGlance(
        String id,
        String name,
        String status,
        @CheckForNull Long size,
        @CheckForNull Long virtualSize,
        @CheckForNull String checksum,
        String hashAlgorithm,
        String hash,
        @CheckForNull String sha256,
        String visibility,
        String diskFormat,
        Long minDisk,
        Long minRam,
        Boolean isProtected,
        Boolean hidden,
        List<String> tags,
        Map<String, ?> properties,
        String cloud,
        String project)
        implements OperationResult {
    /** Property in which the plugin notes the SHA-256 of an image's file. */
    public static final String SHA256 = "image_sha256";

    public static ImageInGlance of(Image image, Session session) throws OpenStackException {
        return of(image, image.properties().get(SHA256) instanceof String known ? known : null, session);
    }

    /** @param sha256 of the file, which is known from elsewhere */
    public static ImageInGlance of(Image image, String sha256, Session session) throws OpenStackException {
        return new ImageInGlance(
                image.id(),
                image.name(),
                image.status(),
                image.size(),
                image.virtualSize(),
                image.checksum(),
                image.hashAlgorithm(),
                image.hash(),
                sha256,
                image.visibility(),
                image.diskFormat(),
                image.minDisk(),
                image.minRam(),
                image.isProtected(),
                image.hidden(),
                image.tags(),
                image.properties(),
                session.cloudName(),
                session.project().name());
    }
}
