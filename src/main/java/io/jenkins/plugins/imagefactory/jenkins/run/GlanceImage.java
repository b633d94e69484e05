package io.jenkins.plugins.imagefactory.jenkins.run;

import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.util.ArrayList;
import java.util.Collection;
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

    /** @param result as glanceUpload returns it */
    static GlanceImage uploaded(Map<String, Object> result) {
        return new GlanceImage(result, true);
    }

    /** @param result as glanceUpdate returns it */
    static GlanceImage found(Map<String, Object> result) {
        return new GlanceImage(result, null);
    }

    private GlanceImage(Map<String, Object> result, Boolean uploaded) {
        id = (String) result.get("id");
        name = (String) result.get("name");
        status = (String) result.get("status");
        size = (Long) result.get("size");
        virtualSize = (Long) result.get("virtualSize");
        checksum = (String) result.get("checksum");
        hashAlgorithm = (String) result.get("hashAlgorithm");
        hash = (String) result.get("hash");
        sha256 = (String) result.get("sha256");
        visibility = (String) result.get("visibility");
        diskFormat = (String) result.get("diskFormat");
        minDisk = (Long) result.get("minDisk");
        minRam = (Long) result.get("minRam");
        isProtected = (Boolean) result.get("protected");
        hidden = (Boolean) result.get("hidden");
        tags = strings(result.get("tags"));
        properties = new TreeMap<>();
        if (result.get("properties") instanceof Map<?, ?> known) {
            known.forEach((property, value) -> properties.put(String.valueOf(property), value));
        }
        cloud = (String) result.get("cloud");
        project = (String) result.get("project");
        reused = (Boolean) result.get("reused");
        replaced = strings(result.get("replaced"));
        millis = (Long) result.get("millis");
        this.uploaded = uploaded;
    }

    /** As glanceUpload returned it. */
    Map<String, Object> asResult() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("id", id);
        result.put("name", name);
        result.put("status", status);
        result.put("size", size);
        result.put("virtualSize", virtualSize);
        result.put("checksum", checksum);
        result.put("hashAlgorithm", hashAlgorithm);
        result.put("hash", hash);
        result.put("sha256", sha256);
        result.put("visibility", visibility);
        result.put("diskFormat", diskFormat);
        result.put("minDisk", minDisk);
        result.put("minRam", minRam);
        result.put("protected", isProtected);
        result.put("hidden", hidden);
        result.put("tags", strings(tags));
        result.put("properties", properties == null ? new TreeMap<>() : new TreeMap<>(properties));
        result.put("cloud", cloud);
        result.put("project", project);
        result.put("reused", reused);
        result.put("replaced", strings(replaced));
        result.put("millis", millis);
        return result;
    }

    private static List<String> strings(Object list) {
        List<String> strings = new ArrayList<>();
        if (list instanceof Collection<?> values) {
            values.forEach(value -> strings.add(String.valueOf(value)));
        }
        return strings;
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
    @Exported
    public Long getVirtualSize() {
        return virtualSize;
    }

    /** Hexadecimal; null if nobody computed it. */
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
    @Exported
    public String getHorizonUrl() {
        return OpenStackClouds.get().horizonPage(cloud, id);
    }
}
