package io.jenkins.plugins.imagefactory.openstack.http;

import java.util.regex.Pattern;

/** Tells the ids that OpenStack makes (32 hexadecimal digits, or a UUID) from the names that people give. */
public final class ResourceId {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private ResourceId() {}

    public static boolean isId(String nameOrId) {
        return ID.matcher(nameOrId).matches();
    }
}
