package io.jenkins.plugins.imagefactory.openstack;

import java.util.UUID;

/** The name of an image until it is whole: no other has it, nobody looks for it, and people see whose it is to be. */
final class TemporaryName {
    private static final int LONGEST_NAME = 255;

    private TemporaryName() {}

    static String of(String name) {
        String mark = " (uploading " + UUID.randomUUID() + ")";
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - mark.length())) + mark;
    }
}
