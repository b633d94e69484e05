package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        assertThat(new Identity.Password("user", "default", "s3cret").toString())
                .doesNotContain("s3cret");
        assertThat(new ImageDataUpload(URI.create("http://glance/"), "s3cret").toString())
                .doesNotContain("s3cret");
        assertThat(new Token("s3cret", Instant.EPOCH, null, new Catalog(MissingNode.getInstance())).toString())
                .doesNotContain("s3cret");
    }
}
