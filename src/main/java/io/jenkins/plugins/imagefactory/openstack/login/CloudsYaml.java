package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file {@code clouds.yaml}, by which OpenStack's own clients know clouds.
 *
 * @see <a href="https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html">openstacksdk: configuration</a>
 */
final class CloudsYaml {
    private static final String CLOUDS = "clouds";
    private static final String AUTH = "auth";
    private static final int MOST_NAMED = 20;
    private static final Set<String> AUTH_OPTIONS = Set.of(
            "auth_url",
            "username",
            "user_id",
            "user_domain_name",
            "user_domain_id",
            "project_name",
            "project_id",
            "project_domain_name",
            "project_domain_id",
            "domain_name",
            "domain_id",
            "application_credential_id",
            "application_credential_name");

    private CloudsYaml() {}

    /**
     * The options of one entry, those below {@code auth} beside the others.
     *
     * @param preferred the entry if there is one of that name; else the only one
     */
    static Map<String, String> read(String text, String preferred) throws OpenStackException {
        Map<String, Object> clouds = map(map(parse(text)).get(CLOUDS));
        if (clouds.isEmpty()) {
            throw new OpenStackException("the clouds.yaml file has no entries below 'clouds:'");
        }
        if (!clouds.containsKey(preferred) && clouds.size() > 1) {
            throw new OpenStackException("the clouds.yaml file has no entry '" + preferred + "', but "
                    + clouds.keySet().stream().limit(MOST_NAMED).toList() + ": name one of them");
        }
        Map<String, Object> entry = map(
                clouds.containsKey(preferred)
                        ? clouds.get(preferred)
                        : clouds.values().iterator().next());
        if (entry.containsKey("profile")) {
            throw new OpenStackException("the entry of the clouds.yaml file refers to the profile "
                    + (entry.get("profile") instanceof String profile ? Quoted.text(profile) : "of a catalog")
                    + ", which only openstacksdk knows: write its auth_url into the entry");
        }
        Map<String, String> options = new LinkedHashMap<>();
        putTexts(options, entry);
        putTexts(options, map(entry.get(AUTH)));
        return options;
    }

    private static Object parse(String text) throws OpenStackException {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (MarkedYAMLException e) { // whose problem may be named by a piece of a password
            String place = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw new OpenStackException(
                    "the clouds.yaml file is no valid YAML" + place + ": is there a value that needs quotes?");
        } catch (YAMLException e) {
            throw new OpenStackException("the clouds.yaml file is no valid YAML");
        }
    }

    /** What has a plain name; nothing where there is no map. */
    private static Map<String, Object> map(Object node) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (isPlain(name)) {
                    named.put(String.valueOf(name), value);
                }
            });
        }
        return named;
    }

    private static boolean isPlain(Object node) {
        return !(node instanceof Map) && !(node instanceof Iterable) && !(node instanceof byte[]);
    }

    private static void putTexts(Map<String, String> options, Map<String, Object> entry) {
        entry.forEach((option, value) -> {
            if (value != null && isPlain(value)) {
                options.put(option, value.toString());
            }
        });
    }

    /** A file with one entry. */
    static String write(String name, Map<String, String> options) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Map<String, Object> auth = new LinkedHashMap<>();
        entry.put(AUTH, auth);
        options.forEach((option, value) ->
                (AUTH_OPTIONS.contains(option) || ClientOptions.isSecret(option) ? auth : entry).put(option, value));
        entry.computeIfPresent("verify", (option, value) -> !"false".equalsIgnoreCase(value.toString()));
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(style).dump(Map.of(CLOUDS, Map.of(name, entry)));
    }
}
