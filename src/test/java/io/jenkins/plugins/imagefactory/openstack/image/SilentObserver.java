package io.jenkins.plugins.imagefactory.openstack.image;

import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import java.time.Duration;

/** Keeps what it hears to itself. */
public class SilentObserver implements ImageUpload.Observer {
    @Override
    public void begun(ImageUpload.Begun begun) {}

    @Override
    public void ended(String temporaryName) {}

    @Override
    public void retrying(String why, Duration pause) {}

    @Override
    public void waitingFor(String id) {}

    @Override
    public void replacedBy(String id) {}

    @Override
    public void digesting(DigestAlgorithm kept, DigestAlgorithm expected) {}
}
