package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.Map;
import java.util.UUID;

/** Images in the test cloud. */
public final class TestImages {
    private TestImages() {}

    /** An image without data. */
    public static Image create(Glance glance, String name) throws OpenStackException {
        return glance.create(TestSessions.rawImage(name).draft(UUID.randomUUID().toString(), name, Map.of()));
    }
}
