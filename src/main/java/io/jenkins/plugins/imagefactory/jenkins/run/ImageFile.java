package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
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

    ImageFile(MadeImage made, String packerVersion, boolean archived) {
        path = made.path();
        format = made.format();
        size = made.size();
        virtualSize = made.virtualSize();
        sha256 = made.sha256();
        builder = made.builder();
        this.packerVersion = packerVersion;
        this.archived = archived;
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
    @CheckForNull
    @Exported
    public Long getVirtualSize() {
        return virtualSize;
    }

    @Exported
    public String getSha256() {
        return sha256;
    }

    /** Who made it; null if that is not known. */
    @CheckForNull
    @Exported
    public String getBuilder() {
        return builder;
    }

    /** Null if Packer did not make it. */
    @CheckForNull
    @Exported
    public String getPackerVersion() {
        return packerVersion;
    }

    /** Relative to the build's address; null if it was not archived. */
    @CheckForNull
    @Exported
    public String getArtifact() {
        return ArchivedFile.link(path, archived);
    }
}
