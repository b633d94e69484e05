package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
    private static final String HORIZONS_OPENRC = """
            #!/usr/bin/env bash
            # To use an OpenStack cloud you need to authenticate against the Identity service.
            export OS_AUTH_URL=https://cloud.example.com:5000
            export OS_PROJECT_ID=1a2b3c4d5e6f708192a3b4c5d6e7f809
            export OS_PROJECT_NAME="factory"
            export OS_USER_DOMAIN_NAME="Default"
            if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
            export OS_PROJECT_DOMAIN_ID="default"
            unset OS_TENANT_ID
            export OS_USERNAME="builder"
            %s
            export OS_REGION_NAME="RegionOne"
            export OS_INTERFACE=publicURL # what the dashboard says
            export OS_IDENTITY_API_VERSION=3
            """;

    @Test
    void readsTheOpenrcThatHorizonOffers() throws Exception {
        CloudLogin login = ClientOptions.ofFile(
                        HORIZONS_OPENRC.formatted("export OS_PASSWORD='p@ss \"w0rd\" $x'\\'''"), "unused")
                .toLogin("mycloud");

        assertThat(login.endpoint())
                .isEqualTo(new CloudEndpoint(
                        "mycloud", URI.create("https://cloud.example.com:5000"), "RegionOne", "public"));
        assertThat(login.identity()).isEqualTo(new Identity.Password("builder", "Default", "p@ss \"w0rd\" $x'"));
        assertThat(login.scope()).isEqualTo(new Scope.OfProject("1a2b3c4d5e6f708192a3b4c5d6e7f809", null));
    }

    @Test
    void anOpenrcThatAsksForThePasswordIsRefusedWithTheWayOut() {
        String asking = HORIZONS_OPENRC.formatted("read -sr OS_PASSWORD_INPUT\nexport OS_PASSWORD=$OS_PASSWORD_INPUT");

        assertThatThrownBy(() -> ClientOptions.ofFile(asking, "unused"))
                .hasMessage(
                        "line 12 of the openrc file sets OS_PASSWORD from $OS_PASSWORD_INPUT, which it does not set, and nothing in the file is executed: write the value itself there, in single quotes");
    }

    @Test
    void nothingInAnOpenrcIsExecuted() {
        assertThatThrownBy(() -> ClientOptions.ofFile("export OS_PASSWORD=\"$(cat /etc/passwd)\"", "unused"))
                .hasMessageStartingWith("line 1 of the openrc file sets OS_PASSWORD from a command");
        assertThatThrownBy(() -> ClientOptions.ofFile("export OS_PASSWORD=`id`", "unused"))
                .hasMessageContaining("a command");
    }

    @Test
    void aPasswordThatIsWrittenWronglyIsNotRepeated() {
        for (String openrc : List.of(
                "OS_PASSWORD=pa$s3cret",
                "OS_PASSWORD=$s3cret",
                "OS_PASSWORD=\"${s3cret}word\"",
                "OS_PASSWORD=OS_$OS_s3cret")) {
            assertThatThrownBy(() -> ClientOptions.ofFile(openrc, "unused"))
                    .hasMessage(
                            "line 1 of the openrc file sets OS_PASSWORD from a variable that it does not set, and nothing"
                                    + " in the file is executed: write the value itself there, in single quotes");
        }
        for (String value : List.of("*s3cret", "!s3cret", "@s3cret", "\"\\s3cret\"", "&s3cret *s3cret", "a: s3cret")) {
            assertThatThrownBy(() -> ClientOptions.ofFile("clouds:\n  c:\n    auth:\n      password: " + value, "c"))
                    .as(value)
                    .hasMessage("the clouds.yaml file is no valid YAML in line 4: is there a value that needs quotes?");
        }
    }

    @Test
    void oldNamesOfProjectsAreKnown() throws Exception {
        CloudLogin login = ClientOptions.ofFile(
                        "OS_AUTH_URL=http://cloud/v2.0\nOS_TENANT_NAME=factory\nOS_USERNAME=u\nOS_PASSWORD=p", "unused")
                .toLogin("old");

        assertThat(login.scope()).isEqualTo(new Scope.OfProject("factory", "default"));
        assertThat(login.endpoint().keystone("auth/tokens")).hasToString("http://cloud/v3/auth/tokens");
    }

    private static final String CLOUDS_YAML = """
            clouds:
              first:
                auth:
                  auth_url: https://first/v3
                  username: builder
                  password: 12345
                  project_name: factory
                  user_domain_name: Default
                  project_domain_name: partners
                regions: [RegionOne]
              second:
                auth_type: v3applicationcredential
                auth:
                  auth_url: https://second/v3
                  application_credential_id: abc
                  application_credential_secret: s3cret
                interface: internal
                verify: false
                cacert: /etc/ssl/second.pem
                image_endpoint_override: https://images.second/
            """;

    @Test
    void readsTheEntryOfThatNameInACloudsYaml() throws Exception {
        CloudLogin first = ClientOptions.ofFile(CLOUDS_YAML, "first").toLogin("first");
        ClientOptions options = ClientOptions.ofFile(CLOUDS_YAML, "second");
        CloudLogin second = options.toLogin("second");

        assertThat(first.identity()).isEqualTo(new Identity.Password("builder", "Default", "12345"));
        assertThat(first.scope()).isEqualTo(new Scope.OfProject("factory", "partners"));
        assertThat(second.identity()).isEqualTo(new Identity.ApplicationCredential("abc", null, null, "s3cret"));
        assertThat(second.scope()).isEqualTo(new Scope.OfIdentity());
        assertThat(second.endpoint().overrides()).isEqualTo(Map.of("image", URI.create("https://images.second/")));
        assertThat(second.endpoint().endpointInterface()).isEqualTo("internal");
        assertThat(options.verify()).isFalse();
        assertThat(options.environment()).doesNotContainKey("OS_CACERT");
    }

    @Test
    void aCloudsYamlWithSeveralEntriesNeedsAName() {
        assertThatThrownBy(() -> ClientOptions.ofFile(CLOUDS_YAML, "third"))
                .hasMessage("the clouds.yaml file has no entry 'third', but [first, second]: name one of them");
    }

    @Test
    void aFileThatIsNeitherIsNamedAsSuch() {
        assertThatThrownBy(() -> ClientOptions.ofFile("clouds: [", "x"))
                .hasMessage("the clouds.yaml file is no valid YAML in line 1: is there a value that needs quotes?");
        assertThatThrownBy(() -> ClientOptions.ofFile("hello", "x"))
                .hasMessage("the clouds.yaml file has no entries below 'clouds:'");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> ClientOptions.none()
                        .with("auth_url", "https://cloud/v3")
                        .toLogin("mycloud"))
                .hasMessage(
                        "cloud 'mycloud' has no username: it stands neither in the cloud's configuration nor in its credentials");
        assertThatThrownBy(() ->
                        ClientOptions.none().with("auth_url", "cloud:5000").toLogin("mycloud"))
                .hasMessage("auth_url 'cloud:5000' is no address such as https://cloud.example.com:5000/v3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://builder:s3cret@cloud:5000/v3", "https://builder:s3c ret@cloud:5000/v3"})
    void anAddressWithAPasswordIsRefusedAndNotRepeated(String address) {
        ClientOptions options = ClientOptions.none().with("auth_url", address);

        assertThatThrownBy(() -> options.toLogin("c"))
                .hasMessage("auth_url has a user or a password in it: keep them in credentials, beside the address");
    }

    @Test
    void anAddressWithoutASchemeIsNone() {
        ClientOptions options = ClientOptions.none().with("auth_url", "//cloud:5000/v3");

        assertThatThrownBy(() -> options.toLogin("c"))
                .hasMessage("auth_url '//cloud:5000/v3' is no address such as https://cloud.example.com:5000/v3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes please", "TRUE"})
    void certificatesAreVerifiedByWhoeverReadsTheWrittenCloudsYamlUnlessItWasDeniedInSoManyWords(String word)
            throws Exception {
        ClientOptions options = ClientOptions.ofFile("OS_AUTH_URL=http://c\nOS_VERIFY='" + word + "'", "unused");

        assertThat(options.verify()).isTrue();
        assertThat(ClientOptions.ofFile(options.cloudsYaml("c"), "c").verify()).isTrue();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void variablesOfAnOpenrcThatDoubleAreRefused() {
        String openrc = "OS_A=aaaaaaaa\n" + "OS_A=$OS_A$OS_A\n".repeat(40);

        assertThatThrownBy(() -> ClientOptions.ofFile(openrc, "unused"))
                .hasMessageStartingWith("line 15 of the openrc file sets OS_A from more than 65536 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clouds: {c: {profile: &a {b: {c: *a}}}}",
                "clouds: {c: {profile: &a [&b [&c [&d [x, x], *d], *c], *b]}}",
            })
    void aProfileThatIsNoNameIsNotWrittenOut(String yaml) {
        assertThatThrownBy(() -> ClientOptions.ofFile(yaml, "c"))
                .hasMessage(
                        "the entry of the clouds.yaml file refers to the profile of a catalog, which only openstacksdk"
                                + " knows: write its auth_url into the entry");
    }

    @Test
    void aCharacterThatNobodySeesIsNoPartOfALogin() {
        for (String file : List.of("OS_TENANT_ID=a\u001ab", "clouds: {c: {tenant_id: \"a\\x1ab\"}}")) {
            assertThatThrownBy(() -> ClientOptions.ofFile(file, "c"))
                    .hasMessage(
                            "the option 'tenant_id' of the file with the login holds a character that cannot be printed:"
                                    + " write it again");
        }
    }

    @Test
    void ofACloudsYamlWithManyEntriesTwentyAreNamed() {
        StringBuilder yaml = new StringBuilder("clouds:\n");
        for (int i = 0; i < 1000; i++) {
            yaml.append("  cloud").append(i).append(": {}\n");
        }

        assertThatThrownBy(() -> ClientOptions.ofFile(yaml.toString(), "c"))
                .hasMessageContaining("cloud19]")
                .hasMessageNotContaining("cloud20");
    }

    @Test
    void anotherProjectTakesThePlaceOfEveryWayToNameOne() throws Exception {
        ClientOptions options = ClientOptions.ofFile(CLOUDS_YAML, "first");

        assertThat(options.withProject("dev", null).toLogin("c").scope())
                .isEqualTo(new Scope.OfProject("dev", "partners"));
        assertThat(options.withProject("dev", "Default").toLogin("c").scope())
                .isEqualTo(new Scope.OfProject("dev", "Default"));
        assertThat(options.withProject("1a2b3c4d5e6f708192a3b4c5d6e7f809", null).environment())
                .containsEntry("OS_PROJECT_ID", "1a2b3c4d5e6f708192a3b4c5d6e7f809")
                .doesNotContainKey("OS_PROJECT_NAME");
    }

    @Test
    void clientsAreToldNoScopeBesideAnApplicationCredential() throws Exception {
        assertThat(ClientOptions.ofFile(CLOUDS_YAML, "second")
                        .withProject("factory", "default")
                        .environment())
                .containsEntry("OS_AUTH_TYPE", "v3applicationcredential")
                .containsEntry("OS_INSECURE", "true")
                .doesNotContainKeys("OS_PROJECT_NAME", "OS_PROJECT_DOMAIN_ID");
    }

    @Test
    void aTokenTakesThePlaceOfEverySecret() throws Exception {
        ClientOptions options =
                ClientOptions.ofFile(CLOUDS_YAML, "first").withToken("t0ken", new Project("id", "dev", "default"));

        assertThat(options.secrets()).containsExactly("t0ken");
        assertThat(options.environment())
                .containsEntry("OS_TOKEN", "t0ken")
                .containsEntry("OS_PROJECT_ID", "id")
                .doesNotContainKeys("OS_PASSWORD", "OS_USERNAME");
    }

    @Test
    void aWrittenCloudsYamlSaysTheSame() throws Exception {
        for (String entry : new String[] {"first", "second"}) {
            ClientOptions options = ClientOptions.ofFile(CLOUDS_YAML, entry);

            assertThat(ClientOptions.ofFile(options.cloudsYaml(entry), entry).toLogin("c"))
                    .isEqualTo(options.toLogin("c"));
        }
    }
}
