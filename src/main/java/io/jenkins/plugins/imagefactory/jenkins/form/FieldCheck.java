package io.jenkins.plugins.imagefactory.jenkins.form;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudCredentials;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * What can be said of a field of a step's form while it is filled in, to those who may configure the job. What holds a
 * variable is known to builds only, so nothing is said of it.
 */
public final class FieldCheck {
    private FieldCheck() {}

    /** Whether the user may read the form: that of a job, or one outside of any job, as the snippet generator has. */
    public static boolean mayRead(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.READ) : item.hasPermission(Item.EXTENDED_READ);
    }

    /** What a check says, unless it must not or cannot be said. */
    private static FormValidation unlessVariable(Item item, String value, Supplier<FormValidation> check) {
        return OpenStackClouds.mayConfigure(item) && !holdsVariable(value) ? check.get() : FormValidation.ok();
    }

    public static boolean holdsVariable(String value) {
        return Util.fixNull(value).contains("${");
    }

    /** What a check of another kind says of a value that may be empty. */
    public static FormValidation optional(Item item, String value, Supplier<FormValidation> check) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : unlessVariable(item, value, check);
    }

    public static FormValidation required(Item item, String value) {
        return unlessVariable(item, value, () -> FormValidation.validateRequired(value));
    }

    /** A whole number from 0 up, or nothing. */
    public static FormValidation count(Item item, String value) {
        return optional(item, value, () -> FormValidation.validateNonNegativeInteger(value));
    }

    /** A whole number from 1 up, or nothing. */
    public static FormValidation positive(Item item, String value) {
        return optional(item, value, () -> FormValidation.validatePositiveInteger(value));
    }

    /** Lines of {@code name=value}. */
    public static FormValidation map(Item item, String value) {
        return optional(
                item,
                value,
                () -> FormText.unassigned(value)
                        .map(line -> FormValidation.error(Messages.FieldCheck_NoAssignment(line)))
                        .orElse(FormValidation.ok()));
    }

    public static FormValidation expression(Item item, String value) {
        return optional(item, value, () -> {
            try {
                Pattern.compile(value);
                return FormValidation.ok();
            } catch (PatternSyntaxException e) {
                return FormValidation.error(Messages.FieldCheck_NoExpression(e.getDescription()));
            }
        });
    }

    /** The id of credentials that the job's builds may use. */
    public static FormValidation credentials(Item item, String value) {
        return optional(
                item,
                value,
                () -> CloudCredentials.exist(item, value, StandardCredentials.class)
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.FieldCheck_UnknownCredentials(value)));
    }

    /** Lines of {@code name=id}, where the ids are those of secret texts. */
    public static FormValidation secrets(Item item, String value) {
        return optional(
                item,
                value,
                () -> FormText.map(value).values().stream()
                        .filter(id -> !id.isEmpty() && !CloudCredentials.exist(item, id, StringCredentials.class))
                        .findFirst()
                        .map(id -> FormValidation.error(Messages.FieldCheck_UnknownSecret(id)))
                        .orElseGet(() -> map(item, value)));
    }
}
