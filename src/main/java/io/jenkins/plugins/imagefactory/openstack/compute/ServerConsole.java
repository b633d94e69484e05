package io.jenkins.plugins.imagefactory.openstack.compute;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.sdk.OpenStack4j;
import java.util.List;
import java.util.Objects;

/** What Nova's servers have printed on their serial consoles. */
public final class ServerConsole {
    private final OpenStack4j nova;

    public ServerConsole(Session session) {
        nova = new OpenStack4j(session, ServiceType.COMPUTE, "Nova");
    }

    /**
     * The last lines of a server's console.
     *
     * @see <a href="https://docs.openstack.org/api-ref/compute/#show-console-output-os-getconsoleoutput-action">Show console
     *     output</a>
     */
    public List<String> lastLines(String serverId, int count) throws OpenStackException {
        String output = nova.call(client -> client.compute().servers().getConsoleOutput(serverId, count));
        return Objects.requireNonNullElse(output, "").lines().toList();
    }
}
