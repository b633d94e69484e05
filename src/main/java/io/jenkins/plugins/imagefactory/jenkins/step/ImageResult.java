package io.jenkins.plugins.imagefactory.jenkins.step;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** An image of Glance as steps return it to the Pipeline. */
final class ImageResult {
    private ImageResult() {}

    /** A map that the caller may add to. */
    static Map<String, Object> of(Image image, Session session) throws OpenStackException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("id", image.id());
        result.put("name", image.name());
        result.put("status", image.status());
        result.put("size", image.size());
        result.put("virtualSize", image.virtualSize());
        result.put("checksum", image.checksum());
        result.put("hashAlgorithm", image.hashAlgorithm());
        result.put("hash", image.hash());
        result.put("sha256", image.properties().get(Provenance.SHA256) instanceof String known ? known : null);
        result.put("visibility", image.visibility());
        result.put("diskFormat", image.diskFormat());
        result.put("minDisk", image.minDisk());
        result.put("minRam", image.minRam());
        result.put("protected", image.isProtected());
        result.put("hidden", image.hidden());
        result.put("tags", new ArrayList<>(image.tags()));
        result.put("properties", new LinkedHashMap<>(image.properties()));
        result.put("cloud", session.cloudName());
        result.put("project", session.project().name());
        return result;
    }
}
