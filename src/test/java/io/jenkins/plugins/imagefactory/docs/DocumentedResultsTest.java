package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.jenkins.result.BootedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.BuiltDiskImages;
import io.jenkins.plugins.imagefactory.jenkins.result.ConvertedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.DeletedStack;
import io.jenkins.plugins.imagefactory.jenkins.result.DownloadedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.result.OperationResult;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.result.PipelineShape;
import io.jenkins.plugins.imagefactory.jenkins.result.PrunedImages;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.ValidatedTemplate;
import io.jenkins.plugins.imagefactory.jenkins.step.OperationStep;
import io.jenkins.plugins.imagefactory.jenkins.step.WithHeatStackStep;
import io.jenkins.plugins.imagefactory.runner.PluginSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/steps.md says that a step returns is what a Pipeline gets of its record: the keys, in order, at any depth. */
class DocumentedResultsTest {
    private static final Map<String, Class<? extends OperationResult>> RESULTS = Map.ofEntries(
            Map.entry("packerBuild", PackerRun.class),
            Map.entry("packerValidate", ValidatedTemplate.class),
            Map.entry("diskImageBuild", BuiltDiskImages.class),
            Map.entry("imageConvert", ConvertedImage.class),
            Map.entry("imageBoot", BootedImage.class),
            Map.entry("glanceUpload", UploadedImage.class),
            Map.entry("glanceShare", SharedImage.class),
            Map.entry("glanceUpdate", ImageInGlance.class),
            Map.entry("glanceDownload", DownloadedImage.class),
            Map.entry("glancePrune", PrunedImages.class),
            Map.entry("volumeUpload", UploadedImage.class),
            Map.entry("heatRender", RenderedTemplates.class),
            Map.entry("heatStack", LaunchedStack.class),
            Map.entry("heatStackDelete", DeletedStack.class));
    private static final Pattern RETURNS = Pattern.compile(
            "^Returns (?:`(?<shape>\\[[^`]*])`|"
                    + "the image as (?<other>\\w+) does(?:, without (?<without>[^.]*))?\\.)",
            Pattern.MULTILINE);
    /** A key, a bracket, or an ellipsis for the value of the key before; all else tells what a value is. */
    private static final Pattern TOKEN = Pattern.compile("\\w+(?=:)|\\[…]|[\\[\\]]");

    private final String reference = read(Path.of("docs/steps.md"));

    @Test
    void everyStepWithAResultAndEveryResultIsLookedAt() {
        PluginSteps steps = new PluginSteps();
        assertThat(RESULTS.keySet())
                .containsExactlyInAnyOrderElementsOf(steps.names().stream()
                        .filter(step -> OperationStep.class.isAssignableFrom(steps.type(step)))
                        .filter(step -> steps.type(step) != WithHeatStackStep.class)
                        .toList());
        assertThat(Set.copyOf(RESULTS.values())).isEqualTo(Set.of(OperationResult.class.getPermittedSubclasses()));
    }

    @TestFactory
    Stream<DynamicTest> everyResultIsDocumentedAsItIs() {
        return RESULTS.entrySet().stream()
                .map(step -> DynamicTest.dynamicTest(
                        step.getKey(),
                        () -> assertThat(documented(step.getKey()))
                                .isEqualTo(shape(PipelineShape.of((OperationResult) example(step.getValue()))))));
    }

    /** Such as {@code [image, images: [[path, format]]]}. */
    private String documented(String step) {
        String section = reference.substring(reference.indexOf("\n## " + step + "\n") + 1);
        int next = section.indexOf("\n## ");
        Matcher returns = RETURNS.matcher(next < 0 ? section : section.substring(0, next));
        assertThat(returns.find()).as("what " + step + " returns").isTrue();
        if (returns.group("shape") != null) {
            return shape(returns.group("shape"));
        }
        List<String> without = returns.group("without") == null
                ? List.of()
                : Pattern.compile("`(\\w+)`")
                        .matcher(returns.group("without"))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
        String other = documented(returns.group("other"));
        return Stream.of(other.substring(1, other.length() - 1).split(", "))
                .filter(Predicate.not(without::contains))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shape(String written) {
        StringBuilder shape = new StringBuilder();
        String before = "";
        for (String token :
                TOKEN.matcher(written).results().map(MatchResult::group).toList()) {
            switch (token) {
                case "[" -> shape.append(shape.isEmpty() || shape.charAt(shape.length() - 1) == '[' ? "[" : ": [");
                case "]" -> shape.append(']');
                case "[…]" -> shape.append(before);
                default ->
                    shape.append(shape.charAt(shape.length() - 1) == '[' ? "" : ", ")
                            .append(token);
            }
            if (token.equals("]") && shape.charAt(shape.length() - 2) == '[') {
                shape.setLength(shape.length() - ": []".length());
            } else if (token.equals("]")) {
                before = shape.substring(shape.lastIndexOf(": ") < 0 ? 0 : shape.lastIndexOf(": "));
            }
        }
        return shape.toString();
    }

    private static String shape(Object result) {
        if (result instanceof List<?> list && list.get(0) instanceof Map<?, ?>) {
            return "[" + shape(list.get(0)) + "]";
        }
        return result instanceof Map<?, ?> map && !map.isEmpty()
                ? map.entrySet().stream()
                        .map(entry -> entry.getKey()
                                + (shape(entry.getValue()).isEmpty() ? "" : ": " + shape(entry.getValue())))
                        .collect(Collectors.joining(", ", "[", "]"))
                : "";
    }

    /** With one element in each list, and something for all that may be missing. */
    private static Object example(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type content = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class
                    ? List.of(example(content))
                    : generic.getRawType() == Optional.class ? Optional.of(example(content)) : Map.of();
        }
        if (type instanceof Class<?> some && some.isRecord()) {
            List<Class<?>> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (RecordComponent component : some.getRecordComponents()) {
                types.add(component.getType());
                values.add(example(component.getGenericType()));
            }
            return some.getConstructor(types.toArray(Class[]::new)).newInstance(values.toArray());
        }
        return type == boolean.class || type == Boolean.class ? true : type == String.class ? "x" : (Object) 1L;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
