package io.jenkins.plugins.imagefactory.jenkins.cloud;

import io.jenkins.plugins.imagefactory.jenkins.masking.Masking;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.util.List;

/** Hides the secrets of a cloud in what it is heard to say outside of any operation, such as by a form. */
public final class CloudMask implements Session.Observer {
    private final Masking masking = new Masking(null);

    public CloudMask(OpenedCloud cloud) {
        masking.hide(cloud.secrets());
    }

    @Override
    public void gotToken(String token) {
        masking.hide(List.of(token));
    }

    @Override
    public void unencrypted(String service, URI address) {
        // a form says so by itself, and builds do
    }

    /** The text with {@code ****} in place of each secret. */
    public String text(String text) {
        return masking.text(text);
    }
}
