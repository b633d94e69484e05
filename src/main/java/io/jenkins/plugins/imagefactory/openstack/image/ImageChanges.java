package io.jenkins.plugins.imagefactory.openstack.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be different about an image. What is not said stays as it is.
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#update-image">Image API v2: update image</a>
 */
public final class ImageChanges {
    /** Glance keeps these for itself: nobody may remove them. */
    private static final Set<String> GLANCES_OWN = Set.of("os_glance_", "os_hash_");

    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private Collection<String> kept;

    /**
     * One attribute of the API reference, such as {@code name}, {@code visibility} or {@code os_hidden}.
     *
     * @param value a string, a boolean, a long, or the set of all tags; null: unchanged
     */
    public ImageChanges attribute(String name, @CheckForNull Object value) {
        if (value != null) {
            attributes.put(name, value);
        }
        return this;
    }

    public ImageChanges property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    public ImageChanges properties(Map<String, String> all) {
        properties.putAll(all);
        return this;
    }

    public ImageChanges removeProperties(Collection<String> names) {
        removed.addAll(names);
        return this;
    }

    /** Removes every property but these and those that are set here; null: keeps all. */
    public ImageChanges keepProperties(Collection<String> names) {
        kept = names;
        return this;
    }

    /** All of these changes, and those; where both say something, those count. */
    ImageChanges and(ImageChanges others) {
        attributes.putAll(others.attributes);
        properties.putAll(others.properties);
        removed.addAll(others.removed);
        return this;
    }

    /** The JSON patch that brings the image there; empty if it is there already. */
    ArrayNode toPatch(Image image) {
        ArrayNode patch = HttpTransport.JSON.createArrayNode();
        attributes.forEach((name, value) -> {
            if (!Objects.equals(value, current(image, name))) {
                add(patch, name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (!value.equals(image.properties().get(name))) {
                add(patch, name, value);
            }
        });
        for (String name : image.properties().keySet()) {
            if (goes(name)) {
                patch.addObject().put("op", "remove").put("path", "/" + escaped(name));
            }
        }
        return patch;
    }

    private boolean goes(String property) {
        return !properties.containsKey(property)
                && GLANCES_OWN.stream().noneMatch(property::startsWith)
                && (removed.contains(property) || kept != null && !kept.contains(property));
    }

    /** {@code add} also replaces, where {@code replace} of a missing property would be an error. */
    private static void add(ArrayNode patch, String name, Object value) {
        patch.addObject()
                .put("op", "add")
                .put("path", "/" + escaped(name))
                .set("value", HttpTransport.JSON.valueToTree(value));
    }

    private static Object current(Image image, String attribute) {
        return switch (attribute) {
            case "name" -> image.name();
            case "visibility" -> image.visibility();
            case "min_disk" -> image.minDisk();
            case "min_ram" -> image.minRam();
            case "protected" -> image.isProtected();
            case "os_hidden" -> image.hidden();
            case "tags" -> Set.copyOf(image.tags());
            default -> throw new IllegalArgumentException(attribute);
        };
    }

    /** As JSON pointers want it. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
