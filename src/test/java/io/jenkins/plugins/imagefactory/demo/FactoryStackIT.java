package io.jenkins.plugins.imagefactory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.CloudInit;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Program;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.ShellCheck;
import io.jenkins.plugins.imagefactory.fixture.Stacks;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docs/examples/factory-stack}: its template in a real Heat, and what Heat makes of it in a real cloud-init. What
 * belongs to Nova, Neutron and Cinder, which the cloud of the tests does not have, Heat takes for resources that do nothing.
 */
@ExtendWith(OpenStackExtension.class)
class FactoryStackIT {
    private static final Path EXAMPLE = Path.of("docs", "examples", "factory-stack");
    private static final Pattern FILE = Pattern.compile("\\{get_file: ([^}]+)}");
    private static final String PASSWORD = "the admin's \"password\": #1 {x} $y";
    private static final String SECRET = "s3cret-4711";

    private static final Map<String, Object> NOTHING_DONE = Map.of(
            "OS::Nova::*", "OS::Heat::None",
            "OS::Neutron::*", "OS::Heat::None",
            "OS::Cinder::*", "OS::Heat::None",
            "OS::Heat::WaitCondition*", "OS::Heat::None");

    @TempDir
    private Path directory;

    private final String image = "debian " + UUID.randomUUID();
    private final OpenStack cloud;
    private final Stacks stacks;
    private final Map<String, Object> parameters = new HashMap<>();

    FactoryStackIT(OpenStack cloud) {
        this.cloud = cloud;
        stacks = cloud.stacks(User.BUILDER, Project.FACTORY);
        cloud.addEmptyImage(User.BUILDER, Project.FACTORY, image);
    }

    @BeforeEach
    void fillTheParameters() throws IOException {
        parameters.putAll(map(yaml("environment.yaml").get("parameters")));
        parameters.put("image", image);
        parameters.put("jenkins_admin_password", PASSWORD);
        parameters.put("openstack_application_credential_secret", SECRET);
    }

    @AfterEach
    void deleteTheImage() {
        cloud.deleteImages(image);
    }

    @Test
    void heatTakesTheTemplateAndHidesTheSecrets() throws IOException {
        var preview = stacks.preview(stack());

        assertThat(preview.get("resources"))
                .extracting(resource -> resource.path("resource_name").asText())
                .contains("server", "ssh_only", "address", "volume", "user_data", "installation");
        assertThat(preview.at("/parameters/jenkins_admin_password").asText()).isEqualTo("******");
        assertThat(preview.at("/parameters/openstack_application_credential_secret")
                        .asText())
                .isEqualTo("******");
        assertThat(preview.at("/parameters/ssh_cidr").asText()).isEqualTo("198.51.100.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins_repository, http://mirror.example.com/jenkins, This must be an https:// URL.",
        "packer_sha256, 0000, This must be a SHA-256",
        "jenkins_admin_password, short, jenkins_admin_password",
        "ssh_cidr, everywhere, ssh_cidr",
        "jobs_may_sudo, perhaps, jobs_may_sudo",
        "image, no such image, no such image"
    })
    void heatRefusesAParameterThatWouldNotWork(String name, String value, String reason) throws IOException {
        parameters.put(name, value);

        assertThatThrownBy(() -> stacks.preview(stack())).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"jenkins_repository", "jenkins_key", "ssh_cidr", "factory_plugin", "jenkins_admin_password"})
    void heatAsksForWhatHasNoDefault(String name) throws IOException {
        parameters.remove(name);

        assertThatThrownBy(() -> stacks.preview(stack())).hasMessageContaining(name);
    }

    @Test
    void cloudInitTakesWhatHeatMakesOfTheParameters() throws IOException {
        try (Stacks.Stack stack = stacks.create(stack())) {
            String files = stack.configuration("files");

            CloudInit.checkSchema(Files.writeString(directory.resolve("files.yaml"), files), log("files"));
            Map<String, String> written = written(files);
            assertThat(written)
                    .containsEntry("/etc/image-factory/parameters/jenkins_admin_password", PASSWORD)
                    .containsEntry("/etc/image-factory/parameters/openstack_application_credential_secret", SECRET)
                    .containsEntry("/etc/image-factory/install.sh", text("install.sh"))
                    .containsEntry("/etc/image-factory/jenkins.yaml", text("jenkins.yaml"));
            assertThat(stack.configuration("user_data"))
                    .contains("Content-Type: multipart/mixed", text("cloud-init.yaml"), files)
                    .containsPattern("(?s)text/cloud-config.*text/cloud-config");
        }
    }

    @Test
    void openstacksClientFindsAllFilesOfTheTemplate() throws IOException {
        Path environment = directory.resolve("given.yaml");
        Files.writeString(
                environment, new Yaml().dump(Map.of("parameters", parameters, "resource_registry", NOTHING_DONE)));

        Program.start(
                        log("client"),
                        Map.of(
                                "OS_IDENTITY_API_VERSION", "3",
                                "OS_AUTH_URL", cloud.authUrl().toString(),
                                "OS_USERNAME", User.BUILDER.name(),
                                "OS_PASSWORD", User.BUILDER.password(),
                                "OS_USER_DOMAIN_NAME", "Default",
                                "OS_PROJECT_ID", cloud.id(Project.FACTORY)),
                        List.of(
                                "/usr/bin/openstack",
                                "stack",
                                "create",
                                "--dry-run",
                                "-t",
                                EXAMPLE.resolve("factory.yaml").toString(),
                                "-e",
                                EXAMPLE.resolve("environment.yaml").toString(),
                                "-e",
                                environment.toString(),
                                "factory"))
                .complete();

        assertThat(log("client")).content().contains("image-factory/install.sh", "await_volume");
    }

    @Test
    void cloudInitTakesTheFileOfPackages() throws IOException {
        CloudInit.checkSchema(EXAMPLE.resolve("cloud-init.yaml"), log("cloud-init"));

        assertThat(yaml("cloud-init.yaml")).doesNotContainKey("write_files");
    }

    @Test
    void everyParameterThatIsReadIsWritten() throws IOException {
        String template = text("factory.yaml");
        String read = text("install.sh") + text("jenkins.yaml");

        assertThat(Pattern.compile(
                                "(?m)\\$\\(parameter (\\w+)\\)|^ +download (\\w+)|\\$\\{((?:openstack|jenkins)_\\w+)}")
                        .matcher(read)
                        .results()
                        .map(match -> Stream.of(match.group(1), match.group(2), match.group(3))
                                .filter(name -> name != null)
                                .findFirst()
                                .orElseThrow()))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(template).contains("/etc/image-factory/parameters/" + name + "\n"));
    }

    @Test
    void sshFromOnePlaceIsAllThatIsLetIn() throws IOException {
        Map<String, Object> resources = map(yaml("factory.yaml").get("resources"));

        assertThat(resources.values())
                .filteredOn(resource ->
                        "OS::Neutron::SecurityGroup".equals(map(resource).get("type")))
                .singleElement()
                .extracting(group -> map(map(group).get("properties")).get("rules"))
                .isEqualTo(List.of(Map.of(
                        "direction",
                        "ingress",
                        "protocol",
                        "tcp",
                        "port_range_min",
                        22,
                        "port_range_max",
                        22,
                        "remote_ip_prefix",
                        Map.of("get_param", "ssh_cidr"))));
        assertThat(map(map(resources.get("port")).get("properties")).get("security_groups"))
                .isEqualTo(List.of(Map.of("get_resource", "ssh_only")));
    }

    @Test
    void shellCheckFindsNothingInTheScript() {
        ShellCheck.check(EXAMPLE.resolve("install.sh"), log("shellcheck"));
    }

    @Test
    void itInstallsThePluginsThatThisOneNeeds() throws IOException {
        try (JarFile hpi = new JarFile(System.getProperty("hpi"))) {
            String needed = hpi.getManifest().getMainAttributes().getValue("Plugin-Dependencies");

            assertThat(text("plugins.txt").lines())
                    .containsAll(Stream.of(needed.split(","))
                            .map(plugin -> plugin.substring(0, plugin.indexOf(':')))
                            .toList())
                    .contains("configuration-as-code", "workflow-aggregator");
        }
    }

    private Map<String, Object> stack() throws IOException {
        String template = text("factory.yaml");
        Map<String, String> files = new HashMap<>();
        for (String name :
                FILE.matcher(template).results().map(match -> match.group(1)).collect(Collectors.toSet())) {
            files.put(name, text(name));
        }
        return Map.of(
                "stack_name",
                "factory-" + UUID.randomUUID(),
                "template",
                template,
                "files",
                files,
                "environment",
                Map.of("parameters", parameters, "resource_registry", NOTHING_DONE));
    }

    /** The content of each file that a cloud-config writes, by its path. */
    private static Map<String, String> written(String cloudConfig) {
        return ((List<?>) map(load(cloudConfig)).get("write_files"))
                .stream().map(FactoryStackIT::map).collect(Collectors.toMap(file -> (String) file.get("path"), file ->
                        (String) file.get("content")));
    }

    private static Map<String, Object> yaml(String name) throws IOException {
        return map(load(text(name)));
    }

    private static Object load(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String text(String name) throws IOException {
        return Files.readString(EXAMPLE.resolve(name));
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }
}
