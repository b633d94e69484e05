package io.jenkins.plugins.imagefactory.openstack.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.Quoted;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.LongAnswerException;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import io.jenkins.plugins.imagefactory.openstack.http.ServiceUrl;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Glance's Image API v2 in one project, save for the image data itself ({@link ImageDataUpload},
 * {@link ImageDataDownload}).
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/">Image API v2</a>
 */
public final class Glance {
    private static final String SERVICE = "Glance";
    private static final String JSON = "application/json";
    private static final String JSON_PATCH = "application/openstack-images-v2.1-json-patch";
    private static final int PAGE = 100;
    private static final int FEWER = 10;
    private static final Pattern LIMIT = Pattern.compile("\\blimit=(\\d{1,9})\\b");
    private static final int MOST_PAGES = 1000;
    private static final String PAGES_BEGIN = "/v2/";
    /** Of letters that stand in addresses. */
    private static final Pattern PAGE_LINK =
            Pattern.compile(Pattern.quote(PAGES_BEGIN) + "(?:[\\w.~:/?@!$&'()*+,;=-]|%[0-9a-fA-F]{2})*");

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final Session session;
    private final URI endpoint;

    /** The one of that session's cloud; does not talk to it beyond the login. */
    public static Glance of(Session session) throws OpenStackException {
        return new Glance(session, session.endpoint(ServiceType.IMAGE));
    }

    private Glance(Session session, URI endpoint) {
        this.session = session;
        this.endpoint = endpoint;
    }

    /**
     * Creates an image's record, with status queued and no data. May be repeated: the id tells whether it was there.
     *
     * @param image with a new UUID as its id
     */
    Image create(ObjectNode image) throws OpenStackException {
        try {
            return Image.of(sendHarmless("POST", "images", image, JSON));
        } catch (OpenStackException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return get(image.path("id").asText());
        }
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
        return list("name=" + encoded(filterValue("name", name)));
    }

    /**
     * The images that this project owns, hidden ones too.
     *
     * @param filters of the image list, such as {@code name} and {@code tag}
     */
    public List<Image> owned(Map<String, String> filters) throws OpenStackException {
        StringBuilder query =
                new StringBuilder("owner=" + encoded(session.project().id()));
        filters.forEach((filter, value) ->
                query.append('&').append(filter).append('=').append(encoded(filterValue(filter, value))));
        List<Image> images = list(query.toString());
        images.addAll(list(query + "&os_hidden=true"));
        return images;
    }

    /**
     * The newest images that this project owns, hidden ones left out.
     *
     * @param count at most 100; fewer come where they have too many properties for one answer
     */
    public List<Image> newest(int count) throws OpenStackException {
        return images(page("images?limit=" + count + "&sort=created_at:desc&owner="
                + encoded(session.project().id())));
    }

    /** What Glance keeps of the data of the newest image that can be seen; nothing if there is none with data. */
    Optional<KeptDigest> newestDigest() throws OpenStackException {
        JsonNode newest = send("GET", "images?sort=created_at:desc&status=active&limit=1")
                .path("images")
                .path(0);
        return newest.isMissingNode() ? Optional.empty() : KeptDigest.of(Image.of(newest));
    }

    /** A colon would end the name of an operator. */
    private static String filterValue(String filter, String value) {
        return filter.equals("name") && value.contains(":") ? "eq:" + value : value;
    }

    private List<Image> list(String query) throws OpenStackException {
        List<Image> images = new ArrayList<>();
        String path = "images?limit=" + PAGE + "&" + query;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode body = page(path);
            images.addAll(images(body));
            if (!body.path("next").isTextual()) {
                return images;
            }
            path = nextPage(body.path("next").asText());
        }
        throw new OpenStackException(
                "Glance's list of images has more than " + MOST_PAGES + " pages: name the images more closely");
    }

    /** A part of a list: a smaller one where images have so many properties that so many of them are too long an answer. */
    private JsonNode page(String path) throws OpenStackException {
        try {
            return send("GET", path);
        } catch (LongAnswerException e) {
            Matcher limit = LIMIT.matcher(path);
            int fewer = limit.find() ? Integer.parseInt(limit.group(1)) / FEWER : 0;
            if (fewer == 0) {
                throw e;
            }
            return page(limit.replaceFirst("limit=" + fewer));
        }
    }

    private static List<Image> images(JsonNode page) throws OpenStackException {
        List<Image> images = new ArrayList<>();
        for (JsonNode image : page.path("images")) {
            images.add(Image.of(image));
        }
        return images;
    }

    private static String nextPage(String link) throws OpenStackException {
        if (!PAGE_LINK.matcher(link).matches()) {
            throw new OpenStackException("Glance says that its list of images goes on at " + Quoted.text(link)
                    + ", which is not below " + PAGES_BEGIN);
        }
        return link.substring(PAGES_BEGIN.length());
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
        throw new OpenStackException(
                images.isEmpty()
                        ? "there is no image '" + idOrName + "' in " + session.place()
                        : "there are " + images.size() + " images named '" + idOrName + "' in " + session.place()
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

    /**
     * Changes the image in one request, or sends none if there is nothing to change. May be repeated: if no answer tells
     * whether it was changed, the image does.
     */
    public Image change(Image image, ImageChanges changes) throws OpenStackException {
        ArrayNode patch = changes.toPatch(image);
        if (patch.isEmpty()) {
            return image;
        }
        try {
            return Image.of(sendHarmless("PATCH", "images/" + image.id(), patch, JSON_PATCH));
        } catch (OpenStackException e) {
            if (!e.isPassing() && e.status() != CONFLICT) {
                throw e;
            }
            return changedBefore(image.id(), changes).orElseThrow(() -> e);
        }
    }

    private Optional<Image> changedBefore(String id, ImageChanges changes) throws OpenStackException {
        Image now = get(id);
        return changes.toPatch(now).isEmpty() ? Optional.of(now) : Optional.empty();
    }

    /**
     * Makes the project a member of the image.
     *
     * @return whether it was none before
     */
    boolean addMember(String imageId, String projectId) throws OpenStackException {
        ObjectNode member = HttpTransport.JSON.createObjectNode().put("member", projectId);
        try {
            sendHarmless("POST", "images/" + imageId + "/members", member, JSON);
            return true;
        } catch (OpenStackException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    /** Id of each project that is a member of the image, and its status: pending, accepted or rejected. */
    Map<String, String> members(String imageId) throws OpenStackException {
        Map<String, String> members = new HashMap<>();
        send("GET", "images/" + imageId + "/members")
                .path("members")
                .forEach(member -> members.put(
                        member.path("member_id").asText(), member.path("status").asText()));
        return members;
    }

    /** Takes the image away from a project; one that is no member is fine. */
    void removeMember(String imageId, String projectId) throws OpenStackException {
        try {
            send("DELETE", "images/" + imageId + "/members/" + projectId);
        } catch (OpenStackException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Accepts the image for the project of this session, which must be the member. */
    void accept(String imageId, String projectId) throws OpenStackException {
        ObjectNode status = HttpTransport.JSON.createObjectNode().put("status", "accepted");
        send(HttpTransport.request("PUT", address("images/" + imageId + "/members/" + projectId), status, JSON));
    }

    /** The upload of the image's data, for the agent that has it. */
    ImageDataUpload dataUpload(String imageId, String token, Duration limit, DigestAlgorithm proof) {
        return new ImageDataUpload(dataAddress(imageId), token, session.transferSettings(), limit, proof);
    }

    /** The download of the image's data, for the agent that wants it. */
    ImageDataDownload dataDownload(Image image, String token, Duration limit) {
        return new ImageDataDownload(
                dataAddress(image.id()),
                token,
                session.transferSettings(),
                limit,
                ImageDataDownload.Expected.of(image));
    }

    private URI dataAddress(String imageId) {
        return address("images/" + imageId + "/file");
    }

    Session session() {
        return session;
    }

    private JsonNode send(String method, String path) throws OpenStackException {
        return send(HttpTransport.request(method, address(path)));
    }

    private JsonNode send(HttpUriRequestBase request) throws OpenStackException {
        return session.send(SERVICE, request).body();
    }

    private JsonNode sendHarmless(String method, String path, JsonNode body, String contentType)
            throws OpenStackException {
        return session.sendHarmless(SERVICE, HttpTransport.request(method, address(path), body, contentType))
                .body();
    }

    private URI address(String path) {
        return ServiceUrl.below(endpoint, "v2", path);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
