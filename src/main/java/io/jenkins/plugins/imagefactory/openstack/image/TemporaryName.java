package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The name of an image until it is whole: no other has it, nobody looks for it, and people see whose it is to be. */
public final class TemporaryName {
    private static final int LONGEST_NAME = 255;
    private static final Pattern MARK = Pattern.compile(" \\(uploading [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\)$");

    private TemporaryName() {}

    /** @param id a UUID: the image's, if that is known before */
    public static String of(String name, String id) {
        String mark = " (uploading " + id + ")";
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - mark.length())) + mark;
    }

    static boolean isTemporary(String name) {
        return name != null && MARK.matcher(name).find();
    }

    public static List<Image> find(Glance glance, String temporaryName) throws OpenStackException {
        return glance.owned(Map.of("name", temporaryName));
    }

    /**
     * Deletes the image that still has that name.
     *
     * @return its id, or nothing
     */
    public static List<String> delete(Glance glance, String temporaryName) throws OpenStackException {
        List<String> deleted = new ArrayList<>();
        for (Image image : find(glance, temporaryName)) {
            glance.delete(image.id());
            deleted.add(image.id());
        }
        return deleted;
    }
}
