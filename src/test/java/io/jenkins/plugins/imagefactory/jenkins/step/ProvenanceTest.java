package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceTest {
    private static String property(String url) throws Exception {
        EnvVars env = new EnvVars();
        env.put("GIT_URL", url);
        BuildContext build = BuildContext.of(
                null, null, env, null, new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8));
        return Provenance.ofBuild(build).get("git_url");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:t0ken@git.example.com/a.git, https://git.example.com/a.git",
        "https://t0ken@git.example.com:8443/a.git, https://git.example.com:8443/a.git",
        "https://user:t0@ken@git.example.com/a.git, https://git.example.com/a.git",
        "https://user:t0/ken@git.example.com/a.git, https://git.example.com/a.git",
        "ssh://git@git.example.com:29418/a, ssh://git.example.com:29418/a"
    })
    void userAndPasswordAreCutOff(String url, String kept) throws Exception {
        assertThat(property(url)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/a@v1.git",
        "https://git.example.com:8443/a@b",
        "https://[::1]:8443/a@b",
        "git@git.example.com:team/a.git",
        "/srv/git/a.git",
        "file:///srv/git/a@b.git"
    })
    void anAddressWithoutThemStaysAsItIs(String url) throws Exception {
        assertThat(property(url)).isEqualTo(url);
    }
}
