package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Glance's Image API v2 in one project, save for the image data itself ({@link ImageDataUpload}).
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/">Image API v2</a>
 */
public final class Glance {
    private static final String SERVICE = "Glance";
    private static final String JSON = "application/json";
    private static final String JSON_PATCH = "application/openstack-images-v2.1-json-patch";
    private static final Duration LONGEST_SILENCE_OF_AN_UPLOAD = Duration.ofMinutes(10);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final Session session;
    private final URI endpoint;

    Glance(Session session, URI endpoint) {
        this.session = session;
        this.endpoint = endpoint;
    }

    /** Creates the image's record, with status queued and no data. */
    public Image create(NewImage image) throws OpenStackException {
        return Image.of(send("POST", "images", image.toJson(), JSON));
    }

    /** Asks Glance for one image of whatever kind, only to see whether it answers. */
    public void check() throws OpenStackException {
        send("GET", "images?limit=1");
    }

    public Image get(String id) throws OpenStackException {
        return Image.of(send("GET", "images/" + id));
    }

    /** Every image of exactly that name that this project can see, hidden ones left out. */
    public List<Image> named(String name) throws OpenStackException {
        List<Image> images = new ArrayList<>();
        String page = "/v2/images?limit=100&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        while (page != null) {
            JsonNode body = send("GET", page.substring("/v2/".length()));
            body.path("images").forEach(image -> images.add(Image.of(image)));
            page = body.path("next").isTextual() ? body.path("next").asText() : null;
        }
        return images;
    }

    /**
     * The one image of that id or exact name.
     *
     * @throws OpenStackException also if there is none, or more than one of that name: it is never guessed
     */
    public Image find(String idOrName) throws OpenStackException {
        if (ResourceId.isId(idOrName)) {
            try {
                return get(idOrName);
            } catch (OpenStackException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        List<Image> images = named(idOrName);
        if (images.size() == 1) {
            return images.get(0);
        }
        String place = "in " + session.place();
        throw new OpenStackException(
                images.isEmpty()
                        ? "there is no image '" + idOrName + "' " + place
                        : "there are " + images.size() + " images named '" + idOrName + "' " + place
                                + ", so give the id of one: "
                                + images.stream().map(Image::id).toList());
    }

    /** Deletes the image; one that is gone already is fine. */
    public void delete(String id) throws OpenStackException {
        try {
            send("DELETE", "images/" + id);
        } catch (OpenStackException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Sets one attribute or property of the image to a string. */
    public Image set(String id, String attribute, String value) throws OpenStackException {
        ArrayNode patch = HttpTransport.JSON.createArrayNode();
        patch.addObject().put("op", "add").put("path", "/" + attribute).put("value", value);
        return Image.of(send("PATCH", "images/" + id, patch, JSON_PATCH));
    }

    /**
     * Makes the project a member of the image.
     *
     * @return whether it was none before
     */
    public boolean addMember(String imageId, String projectId) throws OpenStackException {
        ObjectNode member = HttpTransport.JSON.createObjectNode().put("member", projectId);
        try {
            send("POST", "images/" + imageId + "/members", member, JSON);
            return true;
        } catch (OpenStackException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    /** The member's status: pending, accepted or rejected. */
    public String memberStatus(String imageId, String projectId) throws OpenStackException {
        return send("GET", "images/" + imageId + "/members/" + projectId)
                .path("status")
                .asText();
    }

    /** Accepts the image for the project of this session, which must be the member. */
    public void accept(String imageId, String projectId) throws OpenStackException {
        ObjectNode status = HttpTransport.JSON.createObjectNode().put("status", "accepted");
        send("PUT", "images/" + imageId + "/members/" + projectId, status, JSON);
    }

    /** The upload of the image's data, for the agent that has it. */
    ImageDataUpload dataUpload(String imageId, String token) {
        return new ImageDataUpload(
                address("images/" + imageId + "/file"), token, session.transferSettings(LONGEST_SILENCE_OF_AN_UPLOAD));
    }

    Session session() {
        return session;
    }

    private JsonNode send(String method, String path) throws OpenStackException {
        return send(HttpTransport.request(method, address(path)));
    }

    private JsonNode send(String method, String path, JsonNode body, String contentType) throws OpenStackException {
        return send(HttpTransport.request(method, address(path), body, contentType));
    }

    private JsonNode send(HttpUriRequestBase request) throws OpenStackException {
        return session.send(SERVICE, request).body();
    }

    private URI address(String path) {
        return ServiceUrl.below(endpoint, "v2", path);
    }
}
