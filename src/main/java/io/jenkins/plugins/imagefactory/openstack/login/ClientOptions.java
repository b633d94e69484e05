package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * How to log in, in the words of OpenStack's own clients: {@code auth_url}, {@code username}, {@code project_name}… A
 * clouds.yaml, an openrc, the environment of a process and a {@link CloudLogin} all say the same in them. Holds secrets,
 * prints none.
 *
 * @see <a href="https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html">openstacksdk: configuration</a>
 */
public final class ClientOptions {
    private static final String DEFAULT_INTERFACE = "public";
    private static final String OVERRIDE = "_endpoint_override";
    private static final String PREFIX = "OS_";
    private static final Set<String> FILES = Set.of("cacert", "cert", "key");
    /** The last word of every option that a login plugin of keystoneauth1 marks as secret, by its present and earlier names. */
    private static final Pattern SECRET = Pattern.compile("(.*_)?(password|passcode|secret|token|code)");

    private static final Set<String> SCOPE = Set.of(
            "project_name",
            "project_id",
            "project_domain_name",
            "project_domain_id",
            "tenant_name",
            "tenant_id",
            "domain_name",
            "domain_id",
            "default_domain",
            "system_scope");

    private final Map<String, String> options;

    private ClientOptions(Map<String, String> options) {
        this.options = new TreeMap<>(options);
        this.options.values().removeIf(value -> value == null || value.isBlank());
    }

    public static ClientOptions none() {
        return new ClientOptions(Map.of());
    }

    /**
     * Of a secret file, which is a clouds.yaml or an openrc. Files that it names, such as its cacert, are not read: they
     * are not here.
     *
     * @param entry of the clouds.yaml, if it has several
     */
    public static ClientOptions ofFile(String text, String entry) throws OpenStackException {
        Map<String, String> variables = OpenRc.read(text);
        if (variables.isEmpty()) {
            return new ClientOptions(printable(CloudsYaml.read(text, entry))).without(FILES);
        }
        Map<String, String> options = new LinkedHashMap<>();
        variables.forEach(
                (name, value) -> options.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), value));
        return new ClientOptions(printable(options)).without(FILES);
    }

    /** What has other characters is not what somebody has typed, and cannot be handed on as text. */
    private static Map<String, String> printable(Map<String, String> options) throws OpenStackException {
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!StreamReader.isPrintable(option.getKey()) || !StreamReader.isPrintable(option.getValue())) {
                throw new OpenStackException("the option " + Quoted.text(option.getKey())
                        + " of the file with the login holds a character that cannot be printed: write it again");
            }
        }
        return options;
    }

    /** These options, save where the value is null or blank, over those that were there. */
    public ClientOptions with(String option, String value) {
        if (value == null || value.isBlank()) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(option, value);
        return new ClientOptions(changed);
    }

    /** A domain given by name or id; {@code option} is its name without {@code _name} or {@code _id}. */
    public ClientOptions withDomain(String option, String nameOrId) {
        if (nameOrId == null || nameOrId.isBlank()) {
            return this;
        }
        return without(Set.of(option + "_name", option + "_id"))
                .with(option + (Domain.isId(nameOrId) ? "_id" : "_name"), nameOrId);
    }

    /** Another project, by name or id; its domain is the one there was unless {@code domain} names another. */
    public ClientOptions withProject(String nameOrId, String domain) {
        if (nameOrId == null || nameOrId.isBlank()) {
            return withDomain("project_domain", domain);
        }
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.keySet().removeIf(option -> SCOPE.contains(option) && !option.startsWith("project_domain"));
        changed.put(ResourceId.isId(nameOrId) ? "project_id" : "project_name", nameOrId);
        return new ClientOptions(changed).withDomain("project_domain", domain);
    }

    /** In place of every other way to log in, a token that is good for one project. */
    public ClientOptions withToken(String token, Project project) {
        Map<String, String> kept = new LinkedHashMap<>(options);
        kept.keySet()
                .removeIf(option -> isSecret(option)
                        || SCOPE.contains(option)
                        || option.startsWith("user")
                        || option.startsWith("application_credential"));
        kept.put("auth_type", "v3token");
        kept.put("token", token);
        kept.put("project_id", project.id());
        return new ClientOptions(kept);
    }

    private ClientOptions without(Set<String> unwanted) {
        Map<String, String> kept = new LinkedHashMap<>(options);
        kept.keySet().removeAll(unwanted);
        return new ClientOptions(kept);
    }

    /** Whether TLS certificates are verified. */
    public boolean verify() {
        return !"false".equalsIgnoreCase(options.get("verify")) && !"true".equalsIgnoreCase(options.get("insecure"));
    }

    /**
     * The login that these options describe.
     *
     * @param cloud what people call the cloud
     * @throws OpenStackException if an option is missing or wrong; it names the option
     */
    public CloudLogin toLogin(String cloud) throws OpenStackException {
        CloudEndpoint endpoint = new CloudEndpoint(
                cloud,
                address("auth_url", required(cloud, "auth_url")),
                options.get("region_name"),
                options.getOrDefault("interface", DEFAULT_INTERFACE).replace("URL", ""),
                overrides());
        return new CloudLogin(endpoint, identity(cloud), scope());
    }

    private Map<String, URI> overrides() throws OpenStackException {
        Map<String, URI> overrides = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (option.getKey().endsWith(OVERRIDE)) {
                String type = option.getKey().substring(0, option.getKey().length() - OVERRIDE.length());
                overrides.put(type.replace('_', '-'), address(option.getKey(), option.getValue()));
            }
        }
        return overrides;
    }

    private Identity identity(String cloud) throws OpenStackException {
        if (isApplicationCredential()) {
            String secret = required(cloud, "application_credential_secret");
            Optional<String> id = first("application_credential_id");
            return id.isPresent()
                    ? new Identity.ApplicationCredential(id.get(), null, null, secret)
                    : new Identity.ApplicationCredential(
                            required(cloud, "application_credential_name"), user(cloud), userDomain(), secret);
        }
        if (options.containsKey("token") && !options.containsKey("password")) {
            return new Identity.ExistingToken(options.get("token"));
        }
        return new Identity.Password(user(cloud), userDomain(), required(cloud, "password"));
    }

    private boolean isApplicationCredential() {
        return options.containsKey("application_credential_secret")
                || options.getOrDefault("auth_type", "").endsWith("applicationcredential");
    }

    private String user(String cloud) throws OpenStackException {
        return options.containsKey("user_id") ? options.get("user_id") : required(cloud, "username");
    }

    private String userDomain() {
        return options.containsKey("user_id")
                ? null
                : first("user_domain_id", "user_domain_name", "default_domain").orElse(Domain.DEFAULT);
    }

    private Scope scope() {
        Optional<String> projectId = first("project_id", "tenant_id");
        if (projectId.isPresent()) {
            return new Scope.OfProject(projectId.get(), null);
        }
        Optional<String> projectName = first("project_name", "tenant_name");
        if (projectName.isPresent()) {
            return new Scope.OfProject(
                    projectName.get(),
                    first("project_domain_id", "project_domain_name", "default_domain")
                            .orElse(Domain.DEFAULT));
        }
        return first("domain_id", "domain_name").<Scope>map(Scope.OfDomain::new).orElseGet(Scope.OfIdentity::new);
    }

    private Optional<String> first(String... names) {
        for (String name : names) {
            if (options.containsKey(name)) {
                return Optional.of(options.get(name));
            }
        }
        return Optional.empty();
    }

    private String required(String cloud, String option) throws OpenStackException {
        String value = options.get(option);
        if (value == null) {
            throw new OpenStackException("cloud '" + cloud + "' has no " + option
                    + ": it stands neither in the cloud's configuration nor in its credentials");
        }
        return value;
    }

    private static URI address(String option, String value) throws OpenStackException {
        if (value.contains("@")) {
            throw new OpenStackException(
                    option + " has a user or a password in it: keep them in credentials, beside the address");
        }
        try {
            URI address = new URI(value.strip());
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw noAddress(option, value);
        }
        throw noAddress(option, value);
    }

    private static OpenStackException noAddress(String option, String value) {
        return new OpenStackException(
                option + " '" + value + "' is no address such as https://cloud.example.com:5000/v3");
    }

    /** The variables by which OpenStack's clients, Ansible, Terraform and Packer log in. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        forClients().forEach((option, value) -> variables.put(PREFIX + option.toUpperCase(Locale.ROOT), value));
        return variables;
    }

    /** A clouds.yaml with one entry. */
    public String cloudsYaml(String name) {
        return CloudsYaml.write(name, forClients());
    }

    static boolean isSecret(String option) {
        return SECRET.matcher(option).matches();
    }

    /** The values that nobody may read. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>();
        options.forEach((option, value) -> {
            if (isSecret(option)) {
                secrets.add(value);
            }
        });
        return secrets;
    }

    /** With what clients need said and without what they refuse: an application credential takes no scope. */
    private Map<String, String> forClients() {
        Map<String, String> said = new TreeMap<>(options);
        said.putIfAbsent("identity_api_version", "3");
        said.putIfAbsent("interface", DEFAULT_INTERFACE);
        if (!verify()) {
            said.put("verify", "false");
            said.put("insecure", "true");
        }
        if (isApplicationCredential()) {
            said.keySet().removeAll(SCOPE);
            said.put("auth_type", "v3applicationcredential");
        } else if (options.containsKey("password")) {
            said.putIfAbsent("auth_type", "password");
            putDomain(said, "user_domain", userDomain());
            if (first("project_name", "tenant_name").isPresent()) {
                putDomain(
                        said,
                        "project_domain",
                        first("project_domain_id", "project_domain_name", "default_domain")
                                .orElse(Domain.DEFAULT));
            }
        }
        return said;
    }

    private static void putDomain(Map<String, String> said, String option, String nameOrId) {
        if (nameOrId != null && !said.containsKey(option + "_id") && !said.containsKey(option + "_name")) {
            said.put(option + (Domain.isId(nameOrId) ? "_id" : "_name"), nameOrId);
        }
    }

    /** Which options there are, without their values. */
    @Override
    public String toString() {
        return options.keySet().toString();
    }
}
