package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedTokenTest {
    private final AtomicInteger logins = new AtomicInteger();
    private final SharedToken token = new SharedToken();

    /** In the eyes of Keystone, whose clock is wrong, or is right where that of this machine is wrong. */
    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00.000000Z, 2020-01-01T01:00:00.000000Z, 1",
        "2120-01-01T00:00:00.000000Z, 2120-01-01T01:00:00.000000Z, 1",
        "2020-01-01T00:00:00.000000Z, 2020-01-01T00:05:00.000000Z, 2"
    })
    void isRenewedByTheTimeThatItWasGivenWhateverTheClocksSay(String issued, String expires, int expected)
            throws OpenStackException {
        token.current(() -> login(issued, expires));
        token.current(() -> login(issued, expires));

        assertThat(logins).hasValue(expected);
    }

    private KeystoneToken login(String issued, String expires) throws OpenStackException {
        logins.incrementAndGet();
        return KeystoneToken.of(
                "id",
                JsonNodeFactory.instance.objectNode().put("issued_at", issued).put("expires_at", expires));
    }
}
