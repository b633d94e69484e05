package io.jenkins.plugins.imagefactory.runner;

import java.util.List;
import java.util.Map;

/**
 * What a run of a Jenkinsfile is started with.
 *
 * @param env the build's environment besides this process' own
 * @param params values of parameters, over their defaults
 * @param changes the files that changed since the build before
 */
public record Trigger(Map<String, String> env, Map<String, Object> params, List<String> changes) {
    public static Trigger with(Map<String, String> env) {
        return new Trigger(env, Map.of(), List.of());
    }
}
