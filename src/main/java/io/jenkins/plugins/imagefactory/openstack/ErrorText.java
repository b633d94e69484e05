package io.jenkins.plugins.imagefactory.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error answer says, on one line: Keystone's {@code error.message}, Glance's {@code message} (which holds HTML
 * even in JSON), Heat's {@code error.message}, or the title of a proxy's HTML page.
 */
final class ErrorText {
    private static final Pattern TITLE =
            Pattern.compile("<title>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final int LONGEST = 500;

    private ErrorText() {}

    static String of(String body, String reasonPhrase) {
        String text = inJson(body);
        if (text == null) {
            Matcher title = TITLE.matcher(body);
            text = title.find() ? title.group(1) : body;
        }
        text = TAG.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
        if (text.isEmpty()) {
            return reasonPhrase;
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String inJson(String body) {
        try {
            JsonNode json = HttpTransport.JSON.readTree(body);
            for (String pointer : new String[] {"/error/message", "/message", "/explanation"}) {
                if (json.at(pointer).isTextual()) {
                    return json.at(pointer).asText();
                }
            }
            return null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
