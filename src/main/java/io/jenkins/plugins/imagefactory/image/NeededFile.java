package io.jenkins.plugins.imagefactory.image;

import java.io.Serializable;

/**
 * A file without which a disk image is not whole.
 *
 * @param role such as {@code the backing file}
 * @param name as the image says it; empty if it does not say it clearly
 */
public record NeededFile(String role, String name) implements Serializable {

    /** As a sentence calls it. */
    public String text() {
        return name.isEmpty() ? role + " (which it does not name clearly)" : role + " " + Quoted.text(name);
    }
}
