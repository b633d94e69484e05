package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.openstack.http.HttpProxy;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        assertThat(new Identity.Password("user", "default", "s3cret").toString())
                .doesNotContain("s3cret");
        assertThat(new Identity.ApplicationCredential("id", null, null, "s3cret").toString())
                .doesNotContain("s3cret");
        assertThat(new Identity.ExistingToken("s3cret").toString()).doesNotContain("s3cret");
        assertThat(new HttpProxy("proxy", 3128, "user", "s3cret", List.of()).toString())
                .doesNotContain("s3cret");
        assertThat(ClientOptions.none().with("password", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(new ImageDataUpload(
                                URI.create("http://glance/"),
                                "s3cret",
                                HttpSettings.DEFAULT,
                                Duration.ZERO,
                                DigestAlgorithm.SHA512)
                        .toString())
                .doesNotContain("s3cret");
        assertThat(new KeystoneToken(
                                "s3cret",
                                Instant.EPOCH,
                                Duration.ZERO,
                                "user",
                                null,
                                new Catalog(MissingNode.getInstance()))
                        .toString())
                .doesNotContain("s3cret");
    }
}
