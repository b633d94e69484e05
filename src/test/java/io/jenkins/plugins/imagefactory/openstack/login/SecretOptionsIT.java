package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is secret of a login is what the installed keystoneauth1 says, for all of its plugins. */
class SecretOptionsIT {
    private static final String OPTIONS = """
            from keystoneauth1 import loading
            for plugin in loading.get_available_plugin_loaders().values():
                for option in plugin.get_options():
                    for name in [option] + list(option.deprecated):
                        print('secret' if option.secret else 'open', name.dest)
            """;

    private static List<String> options(String kind) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", OPTIONS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).isZero();
        return text.lines()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1))
                .distinct()
                .toList();
    }

    private static ClientOptions openrc(String option) throws OpenStackException {
        return ClientOptions.ofFile(
                "export OS_AUTH_URL=https://cloud/v3\nexport OS_" + option.toUpperCase(Locale.ROOT) + "='the value'\n",
                "unused");
    }

    @Test
    void everySecretOfEveryLoginPluginIsASecretHere() throws Exception {
        assertThat(options("secret"))
                .contains("passcode", "client_secret", "access_token")
                .allSatisfy(option -> {
                    assertThat(openrc(option).secrets()).as(option).containsExactly("the value");
                    assertThat(ClientOptions.ofFile("clouds: {c: {auth: {" + option + ": the value}}}", "c")
                                    .secrets())
                            .as(option)
                            .containsExactly("the value");
                    assertThat(openrc(option)
                                    .withToken("t0ken", new Project("id", "name", "domain"))
                                    .secrets())
                            .as(option)
                            .containsExactly("t0ken");
                });
    }

    /** The plugins of oauth1 and of Vitrage call by these names what they forget to mark. */
    @Test
    void whatIsNoSecretIsShown() throws Exception {
        Set<String> secret = new HashSet<>(options("secret"));
        secret.addAll(List.of("consumer_secret", "access_secret"));

        assertThat(options("open"))
                .contains("username", "project_name")
                .allSatisfy(option -> assertThat(openrc(option).secrets().isEmpty())
                        .as(option)
                        .isNotEqualTo(secret.contains(option)));
    }
}
