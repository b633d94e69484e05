package io.jenkins.plugins.imagefactory.openstack.login;

import java.util.List;

/**
 * The kinds of services that this plugin talks to.
 *
 * @see <a href="https://service-types.openstack.org/">Service types authority</a>
 */
public enum ServiceType {
    IMAGE("image"),
    ORCHESTRATION("orchestration"),
    COMPUTE("compute"),
    BLOCK_STORAGE("block-storage", "volumev3", "volume", "block-store");

    private final List<String> names;

    ServiceType(String... names) {
        this.names = List.of(names);
    }

    /** The official name first, then the aliases that catalogs use. */
    List<String> names() {
        return names;
    }
}
