package io.jenkins.plugins.imagefactory.openstack.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error answer says, on one line: Keystone's {@code error.message}, Glance's {@code message} (which holds HTML
 * even in JSON), Heat's {@code error.message}, Cinder's {@code badRequest.message}, or the title of a proxy's HTML page.
 */
final class ErrorText {
    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");
    private static final int LONGEST = 500;

    private ErrorText() {}

    /**
     * @param status HTTP status of the answer
     * @param reason the reason phrase beside it; null in HTTP/2
     */
    static String of(String body, int status, @CheckForNull String reason) {
        String text = inJson(body);
        if (text == null) {
            Matcher title = TITLE.matcher(body);
            text = title.find() ? title.group(1) : body;
        }
        text = TAG.matcher(text)
                .replaceAll(" ")
                .replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ")
                .strip();
        if (text.isEmpty() || text.equalsIgnoreCase(reason) || text.equalsIgnoreCase(status + " " + reason)) {
            return meaning(status);
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** What a status means when the answer says no more than that. */
    private static String meaning(int status) {
        return switch (status) {
            case 401 -> "the token is not accepted, or not any more";
            case 403 -> "the roles of these credentials, or the cloud's policy, do not allow it";
            case 404 -> "there is no such thing, or not for this project";
            case 409 -> "the state it is in does not allow it";
            case 413 -> "it is larger than the service, or a proxy before it, takes";
            case 429 -> "too many requests in too short a time";
            case 502, 503, 504 -> "the service is away, or overloaded";
            default -> status >= 500 ? "the service failed; its log knows why" : "no more was said";
        };
    }

    private static String inJson(String body) {
        try {
            JsonNode json = HttpTransport.JSON.readTree(body);
            if (json.path("message").isTextual()) {
                return json.path("message").asText();
            }
            for (JsonNode fault : json) {
                if (fault.path("message").isTextual()) {
                    return fault.path("message").asText();
                }
            }
            return json.path("explanation").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
