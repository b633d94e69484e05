package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Map;

/**
 * A Heat template with all that Heat needs to check it.
 *
 * @param files that the template, or one nested in it, names in {@code get_file} or as the type of a resource, by these names
 * @param environment null if there is none
 */
public record StackTemplate(
        String template,
        Map<String, String> files,
        @CheckForNull String environment) implements Serializable {}
