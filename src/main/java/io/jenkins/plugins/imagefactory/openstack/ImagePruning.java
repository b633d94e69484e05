package io.jenkins.plugins.imagefactory.openstack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the newest images of a project and deletes or hides the others. Never touched: an image without data, because it
 * may be on its way, one that is protected or in use, and those that the caller names.
 *
 * @param name exact name, or with {@code *} at its end the beginning of names; null for any
 * @param tag that images have; null for any
 * @param keep how many of the newest active ones stay
 * @param hide whether to hide the others and not delete them
 * @param dryRun whether only to tell what would be done
 * @param spared ids
 */
public record ImagePruning(String name, String tag, int keep, boolean hide, boolean dryRun, Set<String> spared) {
    private static final int CONFLICT = 409;

    /** What became of an image, and why. */
    public record Outcome(Image image, Fate fate, String reason) {}

    /** What became of an image. */
    public enum Fate {
        KEPT,
        HIDDEN,
        DELETED
    }

    /** @return an outcome for each image that matches, the newest first */
    public List<Outcome> prune(Glance glance) throws OpenStackException {
        List<Image> newestFirst = glance.owned(filters()).stream()
                .filter(image -> matches(image.name()))
                .sorted(Comparator.comparing(Image::createdAt).reversed())
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        int kept = 0;
        for (Image image : newestFirst) {
            if (image.isActive() && kept < keep) {
                kept++;
                outcomes.add(new Outcome(image, Fate.KEPT, "among the newest " + keep));
            } else {
                outcomes.add(retire(glance, image));
            }
        }
        return outcomes;
    }

    private Map<String, String> filters() {
        Map<String, String> filters = new java.util.TreeMap<>();
        if (name != null && !name.endsWith("*")) {
            filters.put("name", name);
        }
        if (tag != null) {
            filters.put("tag", tag);
        }
        return filters;
    }

    private boolean matches(String imageName) {
        return name == null
                || (name.endsWith("*")
                        ? imageName != null && imageName.startsWith(name.substring(0, name.length() - 1))
                        : name.equals(imageName));
    }

    private Outcome retire(Glance glance, Image image) throws OpenStackException {
        if (spared.contains(image.id())) {
            return new Outcome(image, Fate.KEPT, "made by this build");
        }
        if (!image.isActive() && !"deactivated".equals(image.status())) {
            return new Outcome(image, Fate.KEPT, image.status());
        }
        return hide ? hide(glance, image) : delete(glance, image);
    }

    private Outcome hide(Glance glance, Image image) throws OpenStackException {
        if (image.hidden()) {
            return new Outcome(image, Fate.KEPT, "hidden before");
        }
        if (!dryRun) {
            glance.change(image, new ImageChanges().attribute("os_hidden", true));
        }
        return new Outcome(image, Fate.HIDDEN, "older");
    }

    private Outcome delete(Glance glance, Image image) throws OpenStackException {
        if (image.isProtected()) {
            return new Outcome(image, Fate.KEPT, "protected");
        }
        try {
            if (!dryRun) {
                glance.delete(image.id());
            }
            return new Outcome(image, Fate.DELETED, "older");
        } catch (OpenStackException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return new Outcome(image, Fate.KEPT, "in use");
        }
    }
}
