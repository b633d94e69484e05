package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps the newest images of a project and deletes or hides the others. Never touched: an image without data or with a
 * temporary name, because it may be on its way, one that is protected or in use, and those that the caller names.
 *
 * @param name exact name, or with {@code *} at its end the beginning of names; null for any
 * @param tag that images have; null for any
 * @param keep how many of the newest active ones stay
 * @param hide whether to hide the others and not delete them
 * @param maxDelete how many images may go at once
 * @param dryRun whether only to tell what would be done
 * @param spared ids
 */
public record ImagePruning(
        @CheckForNull String name,
        @CheckForNull String tag,
        int keep,
        boolean hide,
        int maxDelete,
        boolean dryRun,
        Set<String> spared) {
    private static final int CONFLICT = 409;

    /** What became of an image, and why. */
    public record Outcome(Image image, Decision decision, String reason) {}

    /** What became of an image. */
    public enum Decision {
        KEPT,
        HIDDEN,
        DELETED
    }

    /**
     * @return an outcome for each image that matches, the newest first
     * @throws OpenStackException also, before anything is done, if more images would be deleted than may be
     */
    public List<Outcome> prune(Glance glance) throws OpenStackException {
        List<Outcome> plan = plan(glance.owned(filters()).stream()
                .filter(image -> matches(image.name()))
                .sorted(Comparator.comparing(Image::createdAt).reversed())
                .toList());
        long deleted = plan.stream()
                .filter(outcome -> outcome.decision() == Decision.DELETED)
                .count();
        if (!dryRun && deleted > maxDelete) {
            throw new OpenStackException("glancePrune would delete " + deleted + " images in "
                    + glance.session().place() + ", but no more than " + maxDelete
                    + " at once, so none is deleted: look at them with dryRun: true, then set maxDelete");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcome planned : plan) {
            outcomes.add(dryRun ? planned : carryOut(glance, planned));
        }
        return outcomes;
    }

    private Map<String, String> filters() {
        Map<String, String> filters = new TreeMap<>();
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

    private List<Outcome> plan(List<Image> newestFirst) {
        List<Outcome> plan = new ArrayList<>();
        int kept = 0;
        for (Image image : newestFirst) {
            if (image.isActive() && kept < keep && !TemporaryName.isTemporary(image.name())) {
                kept++;
                plan.add(new Outcome(image, Decision.KEPT, "among the newest " + keep));
            } else {
                plan.add(plan(image));
            }
        }
        return plan;
    }

    private Outcome plan(Image image) {
        if (spared.contains(image.id())) {
            return new Outcome(image, Decision.KEPT, "made by this build");
        }
        if (TemporaryName.isTemporary(image.name())) {
            return new Outcome(image, Decision.KEPT, "on its way");
        }
        if (!image.isActive() && !"deactivated".equals(image.status())) {
            return new Outcome(image, Decision.KEPT, image.status());
        }
        if (image.isProtected()) {
            return new Outcome(image, Decision.KEPT, "protected");
        }
        if (hide && image.hidden()) {
            return new Outcome(image, Decision.KEPT, "hidden before");
        }
        return new Outcome(image, hide ? Decision.HIDDEN : Decision.DELETED, "older");
    }

    private static Outcome carryOut(Glance glance, Outcome planned) throws OpenStackException {
        Image image = planned.image();
        if (planned.decision() == Decision.HIDDEN) {
            glance.change(image, new ImageChanges().attribute("os_hidden", true));
        }
        try {
            if (planned.decision() == Decision.DELETED) {
                glance.delete(image.id());
            }
            return planned;
        } catch (OpenStackException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return new Outcome(image, Decision.KEPT, "in use");
        }
    }
}
