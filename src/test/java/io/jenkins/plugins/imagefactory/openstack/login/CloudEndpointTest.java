package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudEndpointTest {
    private static final URI GLANCE = URI.create("http://glance.example.com:9292");
    private static final CloudEndpoint CLOUD =
            new CloudEndpoint("mycloud", URI.create("https://cloud.example.com:5000"), null, "public");

    private static Catalog catalog() throws Exception {
        return new Catalog(HttpTransport.JSON.readTree("""
                [{"type": "image", "endpoints": [
                    {"interface": "internal", "region_id": "One", "url": "https://inside"},
                    {"interface": "public", "region_id": "One", "url": "http://glance.example.com:9292"}]},
                 {"type": "orchestration", "endpoints": [
                    {"interface": "public", "region_id": "One", "url": "https://heat.example.com"}]},
                 {"type": "broken", "endpoints": [{"interface": "public", "region_id": "One", "url": "ht tp:"}]}]
                """));
    }

    @Test
    void aServiceInClearIsRefusedAfterAnEncryptedLogin() throws Exception {
        assertThatThrownBy(() -> CLOUD.onlyEncrypted().service(ServiceType.IMAGE, catalog()))
                .isInstanceOf(OpenStackException.class)
                .hasMessage("cloud 'mycloud' logs in over https, but its service image is at " + GLANCE
                        + ", where anybody on the way could read the token: have the cloud offer https, or tick"
                        + " 'Allow unencrypted endpoints' in the cloud's configuration");
        assertThat(CLOUD.onlyEncrypted().service(ServiceType.ORCHESTRATION, catalog()))
                .hasScheme("https");
    }

    @Test
    void anAddressInPlaceOfTheCatalogsIsHeldToTheSame() {
        CloudEndpoint overridden =
                new CloudEndpoint("mycloud", CLOUD.authUrl(), null, "public", Map.of("image", GLANCE)).onlyEncrypted();

        assertThatThrownBy(() -> overridden.service(ServiceType.IMAGE, catalog()))
                .hasMessageContaining("its service image is at " + GLANCE);
    }

    @Test
    void clientsAreWarnedOfIt() throws Exception {
        URI elsewhere = URI.create("http://baremetal.example.com");
        CloudEndpoint overridden = new CloudEndpoint(
                "mycloud",
                CLOUD.authUrl(),
                null,
                "public",
                Map.of("image", URI.create("https://glance.example.com"), "baremetal", elsewhere));

        assertThat(overridden.unencrypted(catalog())).containsExactly(Map.entry("baremetal", elsewhere));
    }

    @Test
    void itIsTakenWhereThatIsAllowed() throws Exception {
        assertThat(CLOUD.service(ServiceType.IMAGE, catalog())).isEqualTo(GLANCE);
        assertThat(CLOUD.unencrypted(catalog())).containsExactly(Map.entry("image", GLANCE));
    }

    @Test
    void aCloudThatLogsInInClearHasNothingToProtect() throws Exception {
        CloudEndpoint lab = new CloudEndpoint("lab", URI.create("http://lab:5000"), null, "public").onlyEncrypted();

        assertThat(lab.service(ServiceType.IMAGE, catalog())).isEqualTo(GLANCE);
        assertThat(lab.unencrypted(catalog())).isEmpty();
    }
}
