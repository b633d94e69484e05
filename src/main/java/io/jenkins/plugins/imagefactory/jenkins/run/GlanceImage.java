package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * An image in Glance that a build uploaded or shared, as it was then. Part of {@code build.xml}: a field may be added, and is
 * null in older builds; none may change its meaning.
 */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class GlanceImage {
    private final String id;
    private final String name;
    private final String status;
    private final Long size;
    private final Long virtualSize;
    private final String checksum;
    private final String hashAlgorithm;
    private final String hash;
    private final String sha256;
    private final String visibility;
    private final String diskFormat;
    private final Long minDisk;
    private final Long minRam;
    private final Boolean isProtected;
    private final Boolean hidden;
    private final List<String> tags;
    private final Map<String, Object> properties;
    private final String cloud;
    private final String project;
    private final Boolean reused;
    private final List<String> replaced;
    private final Long millis;
    private final Boolean uploaded;
    private List<ProjectShare> shares;

    static GlanceImage uploaded(UploadedImage uploaded) {
        return new GlanceImage(uploaded, true);
    }

    static GlanceImage found(ImageInGlance image) {
        return new GlanceImage(new UploadedImage(image, null, List.of(), null), null);
    }

    private GlanceImage(UploadedImage result, Boolean uploaded) {
        ImageInGlance image = result.image();
        id = image.id();
        name = image.name();
        status = image.status();
        size = image.size();
        virtualSize = image.virtualSize();
        checksum = image.checksum();
        hashAlgorithm = image.hashAlgorithm();
        hash = image.hash();
        sha256 = image.sha256();
        visibility = image.visibility();
        diskFormat = image.diskFormat();
        minDisk = image.minDisk();
        minRam = image.minRam();
        isProtected = image.isProtected();
        hidden = image.hidden();
        tags = new ArrayList<>(image.tags());
        properties = new TreeMap<>(image.properties());
        cloud = image.cloud();
        project = image.project();
        reused = result.reused();
        replaced = new ArrayList<>(result.replaced());
        millis = result.millis();
        this.uploaded = uploaded;
    }

    /** As it was uploaded. */
    UploadedImage asUploaded() {
        ImageInGlance image = new ImageInGlance(
                id,
                name,
                status,
                size,
                virtualSize,
                checksum,
                hashAlgorithm,
                hash,
                sha256,
                visibility,
                diskFormat,
                minDisk,
                minRam,
                isProtected,
                hidden,
                Util.fixNull(tags),
                Util.fixNull(properties, Map.of()),
                cloud,
                project);
        return new UploadedImage(image, reused, Util.fixNull(replaced), millis);
    }

    /** Keeps how the image was shared; what was known of a project before gives way. */
    synchronized void share(List<ProjectShare> latest) {
        Map<String, ProjectShare> all = new LinkedHashMap<>();
        getShares().forEach(share -> all.put(share.getName(), share));
        latest.forEach(share -> all.put(share.getName(), share));
        shares = new ArrayList<>(all.values());
    }

    /** Whether this build uploaded it, or found it uploaded already; else it only shared it. */
    public boolean isUploaded() {
        return Boolean.TRUE.equals(uploaded);
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getStatus() {
        return status;
    }

    /** Bytes of the image file. */
    @Exported
    public Long getSize() {
        return size;
    }

    /** Bytes of the disk; null if Glance could not tell. */
    @CheckForNull
    @Exported
    public Long getVirtualSize() {
        return virtualSize;
    }

    /** Hexadecimal; null if nobody computed it. */
    @CheckForNull
    @Exported
    public String getSha256() {
        return sha256;
    }

    /** MD5 of the image file, hexadecimal: Jenkins' fingerprint of it. */
    @Exported
    public String getChecksum() {
        return checksum;
    }

    @Exported
    public String getVisibility() {
        return visibility;
    }

    @Exported
    public String getDiskFormat() {
        return diskFormat;
    }

    @Exported
    public String getCloud() {
        return cloud;
    }

    @Exported
    public String getProject() {
        return project;
    }

    /** Whether Glance had an image with the same data already. */
    @Exported
    public Boolean getReused() {
        return reused;
    }

    /** How long the upload took. */
    @Exported
    public Long getMillis() {
        return millis;
    }

    /** The projects it was shared with, and how each of them sees it. */
    @Exported
    public synchronized List<ProjectShare> getShares() {
        return shares == null ? List.of() : List.copyOf(shares);
    }

    /** Its page in the cloud's dashboard; null if the cloud's configuration tells of none. */
    @CheckForNull
    @Exported
    public String getHorizonUrl() {
        return OpenStackClouds.get().horizonPage(cloud, id);
    }
}
