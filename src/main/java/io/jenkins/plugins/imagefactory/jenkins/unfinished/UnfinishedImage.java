package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.TemporaryName;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.function.Consumer;

/** An image that is not whole yet. */
public final class UnfinishedImage extends Unfinished {
    private final String temporaryName;

    /** @param temporaryName its name until it is whole, which no other has */
    public UnfinishedImage(Run<?, ?> build, CloudChoice choice, String temporaryName) {
        super(build, choice);
        this.temporaryName = temporaryName;
    }

    @Override
    String mark() {
        return temporaryName;
    }

    @Override
    String subject() {
        return "glance";
    }

    @Override
    String title() {
        return "Image '" + temporaryName + "' was not whole when its step ended";
    }

    @Override
    String found() {
        return "by that name";
    }

    @Override
    boolean delete(Session session, Consumer<String> told) throws OpenStackException {
        for (String id : TemporaryName.delete(Glance.of(session), temporaryName)) {
            told.accept(
                    "Image " + id + " ('" + temporaryName + "') was not whole when its step ended, so it is deleted");
        }
        return true;
    }
}
