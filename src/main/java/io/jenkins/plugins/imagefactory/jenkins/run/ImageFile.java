package io.jenkins.plugins.imagefactory.jenkins.run;

import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image file that a build made. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class ImageFile {
    private final String path;
    private final String format;
    private final Long size;
    private final Long virtualSize;
    private final String sha256;
    private final String builder;
    private final String packerVersion;
    private final Boolean archived;

    /** @param result one of the images of what packerBuild returns, and {@code packerVersion} and {@code archived} */
    ImageFile(Map<String, Object> result) {
        path = (String) result.get("path");
        format = (String) result.get("format");
        size = (Long) result.get("size");
        virtualSize = (Long) result.get("virtualSize");
        sha256 = (String) result.get("sha256");
        builder = (String) result.get("builder");
        packerVersion = (String) result.get("packerVersion");
        archived = (Boolean) result.get("archived");
    }

    /** In the workspace, and in the archive. */
    @Exported
    public String getPath() {
        return path;
    }

    /** As Glance names it. */
    @Exported
    public String getFormat() {
        return format;
    }

    /** Bytes of the file. */
    @Exported
    public Long getSize() {
        return size;
    }

    /** Bytes of the disk; null if the file does not tell. */
    @Exported
    public Long getVirtualSize() {
        return virtualSize;
    }

    @Exported
    public String getSha256() {
        return sha256;
    }

    /** Who made it; null if that is not known. */
    @Exported
    public String getBuilder() {
        return builder;
    }

    /** Null if Packer did not make it. */
    @Exported
    public String getPackerVersion() {
        return packerVersion;
    }

    /** Relative to the build's address; null if it was not archived. */
    @Exported
    public String getArtifact() {
        return ArchivedFile.link(path, archived);
    }
}
