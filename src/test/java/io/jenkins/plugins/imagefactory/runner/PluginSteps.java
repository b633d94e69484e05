package io.jenkins.plugins.imagefactory.runner;

import hudson.Extension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The steps of this plugin, found as Jenkins finds them (the index of {@code @Extension}) and bound as it binds them:
 * the names of {@code @DataBoundConstructor}'s parameters from the {@code .stapler} file, the rest by
 * {@code @DataBoundSetter}; an unknown parameter is an error.
 */
public final class PluginSteps {
    private static final String PLUGIN = "io.jenkins.plugins.imagefactory.";

    private final Map<String, Class<? extends Step>> steps = new TreeMap<>();

    public PluginSteps() {
        try {
            for (IndexItem<Extension, Object> item :
                    Index.load(Extension.class, Object.class, PluginSteps.class.getClassLoader())) {
                if (item.className().startsWith(PLUGIN)
                        && item.element() instanceof Class<?> type
                        && StepDescriptor.class.isAssignableFrom(type)) {
                    StepDescriptor descriptor =
                            (StepDescriptor) type.getDeclaredConstructor().newInstance();
                    steps.put(
                            descriptor.getFunctionName(),
                            type.getEnclosingClass().asSubclass(Step.class));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public Set<String> names() {
        return steps.keySet();
    }

    public Class<? extends Step> type(String name) {
        return steps.get(name);
    }

    /** The names of a step's required parameters, in order. */
    public List<String> required(String name) {
        return constructorParameters(steps.get(name));
    }

    /** The names of all parameters of a step. */
    public Set<String> parameters(String name) {
        Set<String> names = new LinkedHashSet<>(required(name));
        names.addAll(setters(steps.get(name)).keySet());
        return names;
    }

    /** What the optional parameters of a step are that a Pipeline leaves out: those that are neither null nor empty. */
    public Map<String, String> defaults(String name) {
        Step step = bind(name, new Arguments(Map.of(), List.of(), null));
        Map<String, String> defaults = new TreeMap<>();
        for (Map.Entry<String, Method> setter : setters(steps.get(name)).entrySet()) {
            Object value = read(step, setter.getValue());
            if (value instanceof Boolean
                    || value instanceof Number
                    || value instanceof String text && !text.isEmpty()) {
                defaults.put(setter.getKey(), value.toString());
            }
        }
        return defaults;
    }

    private static Object read(Step step, Method setter) {
        String property = setter.getName().substring("set".length());
        boolean flag = setter.getParameterTypes()[0] == boolean.class;
        try {
            return step.getClass().getMethod((flag ? "is" : "get") + property).invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Step bind(String name, Arguments arguments) {
        Class<? extends Step> type = steps.get(name);
        Map<String, Object> given = new TreeMap<>(arguments.named());
        List<String> required = constructorParameters(type);
        if (arguments.sole() != null) {
            given.put(required.get(0), arguments.sole());
        }
        refuseUnknown(name, given.keySet());
        try {
            Constructor<?> constructor = constructor(type);
            Parameter[] formal = constructor.getParameters();
            Object[] actual = new Object[formal.length];
            for (int i = 0; i < formal.length; i++) {
                actual[i] = coerce(given.remove(required.get(i)), formal[i].getType());
            }
            Step step = (Step) constructor.newInstance(actual);
            Map<String, Method> setters = setters(type);
            for (Map.Entry<String, Object> argument : given.entrySet()) {
                Method setter = setters.get(argument.getKey());
                setter.invoke(step, coerce(argument.getValue(), setter.getParameterTypes()[0]));
            }
            return step;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + ": " + e.getCause(), e);
        }
    }

    private void refuseUnknown(String name, Set<String> given) {
        Set<String> unknown = new TreeSet<>(given);
        unknown.removeAll(parameters(name));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " has no parameter " + unknown + "; it has " + new TreeSet<>(parameters(name)));
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(candidate -> candidate.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> constructorParameters(Class<?> type) {
        Properties stapler = new Properties();
        try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".stapler")) {
            stapler.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(stapler.getProperty("constructor").split(","))
                .filter(parameter -> !parameter.isEmpty())
                .toList();
    }

    private static Map<String, Method> setters(Class<?> type) {
        Map<String, Method> setters = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String property = method.getName().substring("set".length());
                setters.put(Character.toLowerCase(property.charAt(0)) + property.substring(1), method);
            }
        }
        return setters;
    }

    private static Object coerce(Object value, Class<?> type) {
        if (value instanceof Placeholder) {
            value = type == List.class ? List.of() : type == Map.class ? Map.of() : "1";
        }
        if (value == null || type.isInstance(value) && !(value instanceof Collection) && !(value instanceof Map)) {
            return value;
        }
        if (type == List.class || type == Object.class && value instanceof Collection) {
            return ((Collection<?>) value).stream().map(PluginSteps::plain).toList();
        }
        if (type == Map.class || type == Object.class && value instanceof Map) {
            Map<String, Object> map = new java.util.LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, entry) -> map.put(String.valueOf(key), plain(entry)));
            return map;
        }
        return scalar(value, type);
    }

    private static Object scalar(Object value, Class<?> type) {
        String text = value.toString();
        if (type == String.class || type == Object.class) {
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        throw new IllegalArgumentException("cannot make a " + type.getSimpleName() + " of " + value);
    }

    private static Object plain(Object value) {
        if (value instanceof Map || value instanceof Collection) {
            return coerce(value, value instanceof Map ? Map.class : List.class);
        }
        return value instanceof CharSequence || value instanceof Placeholder ? value.toString() : value;
    }
}
