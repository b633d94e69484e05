package io.jenkins.plugins.imagefactory.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.BindInterceptor;

/** What forms show as text: lists and maps with one entry a line, {@code name=value} in maps; no choice as an empty one. */
public final class FormText extends BindInterceptor {
    /** The text of a list or a map; empty for null. */
    @CheckForNull
    public static String of(Object parameter) {
        if (parameter instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("\n"));
        }
        return parameter instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("\n"))
                : "";
    }

    @SuppressWarnings("rawtypes")
    @Override
    public Object onConvert(Type targetType, Class targetTypeErasure, Object jsonSource) {
        if (jsonSource instanceof String text && targetTypeErasure == List.class) {
            return lines(text);
        }
        if ("".equals(jsonSource) && targetTypeErasure == Boolean.class) {
            return null;
        }
        return DEFAULT;
    }

    /**
     * Looks at the fields that are maps.
     *
     * @param step what the form makes
     * @throws UnreadableLineException if a line of one is none of {@code name=value}
     */
    public static void requireReadable(Object step, JSONObject form) {
        for (Method getter : step.getClass().getMethods()) {
            String field = Introspector.decapitalize(getter.getName().replaceFirst("^get", ""));
            if (getter.getReturnType() == Map.class && form.opt(field) instanceof String text) {
                unassigned(text).ifPresent(line -> {
                    throw new UnreadableLineException(Messages.FieldCheck_NoAssignment(line));
                });
            }
        }
    }

    /** The first line that is none of {@code name=value}. */
    static Optional<String> unassigned(String text) {
        return lines(text).stream().filter(line -> line.indexOf('=') < 1).findFirst();
    }

    /** What stands in the lines, without empty ones. */
    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** What stands in lines of {@code name=value}. */
    public static Map<String, String> map(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : lines(text)) {
            int equals = line.indexOf('=');
            map.put(
                    equals < 0 ? line : line.substring(0, equals).strip(),
                    equals < 0 ? "" : line.substring(equals + 1).strip());
        }
        return map;
    }
}
