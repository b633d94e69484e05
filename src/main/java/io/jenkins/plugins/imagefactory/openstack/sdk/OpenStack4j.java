package io.jenkins.plugins.imagefactory.openstack.sdk;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.exceptions.OS4JException;
import org.openstack4j.core.transport.Config;
import org.openstack4j.openstack.OSFactory;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * openstack4j as a client of one service, for one call at a time. It says what is asked; the login, the address and all that
 * travels are the session's.
 *
 * <p>openstack4j finds the session of a call in a ThreadLocal, where the last one that was made stays. So each call brings its
 * own and leaves one there that reaches nothing.
 */
public final class OpenStack4j {
    /** It never sees a real token: the session adds that to each request, and renews it. */
    private static final KeystoneToken NOBODY = new KeystoneToken();

    private final Session session;
    private final String service;
    private final Address address;

    /** Where a service is. */
    @FunctionalInterface
    public interface Address {
        URI get() throws OpenStackException;
    }

    /** What is asked. */
    @FunctionalInterface
    public interface Call<T> {
        T of(OSClientV3 client);
    }

    /** @param service as errors call it */
    public OpenStack4j(Session session, ServiceType type, String service) {
        this(session, service, () -> session.endpoint(type));
    }

    /** For a service to whose paths the address of the catalog does not lead. */
    public OpenStack4j(Session session, String service, Address address) {
        this.session = session;
        this.service = service;
        this.address = address;
    }

    /** @throws OpenStackException for everything that goes wrong, 404 as well, where openstack4j by itself would answer null */
    public <T> T call(Call<T> call) throws OpenStackException {
        BoundSession bound = new BoundSession(session, service, address.get());
        try {
            T answer =
                    call.of(OSFactory.clientFromToken(NOBODY, Config.newConfig().withEndpointURLResolver(bound)));
            if (answer == null) {
                throw new OpenStackException(service + " answered without what was asked for");
            }
            return answer;
        } catch (BoundSession.Refusal e) {
            throw e.failure();
        } catch (OS4JException e) {
            throw new OpenStackException(service + " answered what cannot be read: " + e.getMessage());
        } finally {
            OSFactory.clientFromToken(NOBODY, Config.DEFAULT);
        }
    }
}
