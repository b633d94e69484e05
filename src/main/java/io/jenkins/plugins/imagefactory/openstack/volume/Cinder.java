package io.jenkins.plugins.imagefactory.openstack.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * The part of Cinder's Block Storage API v3 that makes images of volumes, in one project.
 *
 * @see <a href="https://docs.openstack.org/api-ref/block-storage/v3/">Block Storage API v3</a>
 */
public final class Cinder {
    private static final String SERVICE = "Cinder";
    private static final String JSON = "application/json";
    private static final String UPLOAD = "os-volume_upload_image";
    private static final String MICROVERSION_HEADER = "OpenStack-API-Version";
    /** The first that knows an image's visibility. */
    private static final String MICROVERSION = "volume 3.1";

    private static final int NOT_FOUND = 404;

    private final Session session;
    private final URI endpoint;

    /** The one of that session's cloud; does not talk to it beyond the login. */
    public static Cinder of(Session session) throws OpenStackException {
        return new Cinder(session, session.endpoint(ServiceType.BLOCK_STORAGE));
    }

    private Cinder(Session session, URI endpoint) {
        this.session = session;
        this.endpoint = endpoint;
    }

    /**
     * The one volume of that id or exact name.
     *
     * @throws OpenStackException also if there is none, or more than one of that name: it is never guessed
     */
    public Volume find(String idOrName) throws OpenStackException {
        if (ResourceId.isId(idOrName)) {
            try {
                return Volume.of(send("GET", "volumes/" + idOrName, null).path("volume"));
            } catch (OpenStackException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        List<Volume> volumes = named(idOrName);
        if (volumes.size() == 1) {
            return volumes.get(0);
        }
        throw new OpenStackException(
                volumes.isEmpty()
                        ? "there is no volume '" + idOrName + "' in " + session.place()
                        : "there are " + volumes.size() + " volumes named '" + idOrName + "' in " + session.place()
                                + ", so give the id of one: "
                                + volumes.stream().map(Volume::id).toList());
    }

    private List<Volume> named(String name) throws OpenStackException {
        List<Volume> volumes = new ArrayList<>();
        send("GET", "volumes/detail?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), null)
                .path("volumes")
                .forEach(volume -> volumes.add(Volume.of(volume)));
        return volumes;
    }

    /**
     * Lets Cinder begin to upload a volume to a new image of Glance. May not be repeated when its answer is lost, since
     * the image may be there.
     *
     * @param force even if a server uses the volume, where the cloud allows that
     * @return the image's id
     */
    String uploadToImage(Volume volume, String imageName, DiskFormat format, String visibility, boolean force)
            throws OpenStackException {
        ObjectNode body = HttpTransport.JSON.createObjectNode();
        body.putObject(UPLOAD)
                .put("image_name", imageName)
                .put("force", force)
                .put("disk_format", format.glanceName())
                .put("container_format", "bare")
                .put("visibility", visibility);
        return send("POST", "volumes/" + volume.id() + "/action", body)
                .path(UPLOAD)
                .path("image_id")
                .asText();
    }

    private JsonNode send(String method, String path, JsonNode body) throws OpenStackException {
        URI address = address(path);
        HttpUriRequestBase request = body == null
                ? HttpTransport.request(method, address)
                : HttpTransport.request(method, address, body, JSON);
        request.setHeader(MICROVERSION_HEADER, MICROVERSION);
        return session.send(SERVICE, request).body();
    }

    /** Catalogs have the address with the version and, up to Wallaby always, with the project behind it. */
    private URI address(String path) throws OpenStackException {
        String base = endpoint.toString().replaceAll("/+$", "").replaceFirst("/v[12](?=/|$)", "/v3");
        if (!base.matches(".*/v3(/.*)?")) {
            base += "/v3";
        }
        if (base.endsWith("/v3")) {
            base += "/" + session.project().id();
        }
        return URI.create(base + "/" + path);
    }
}
