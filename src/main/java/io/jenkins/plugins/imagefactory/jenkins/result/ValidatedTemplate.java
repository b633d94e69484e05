package io.jenkins.plugins.imagefactory.jenkins.result;

import io.jenkins.plugins.imagefactory.packer.TemplateSummary;
import java.util.List;

/**
 * Result of packerValidate.
 *
 * @param valid true: a template that is not fails the step
 * @param variables names
 * @param messages warnings
 */
public record ValidatedTemplate(boolean valid, List<String> variables, List<Builder> builders, List<String> messages)
        implements OperationResult {
    public record Builder(String name, String type) {}

    public static ValidatedTemplate of(TemplateSummary summary, List<String> messages) {
        return new ValidatedTemplate(
                true,
                summary.variables(),
                summary.builders().stream()
                        .map(builder -> new Builder(builder.name(), builder.type()))
                        .toList(),
                messages);
    }
}
