package io.jenkins.plugins.imagefactory.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Pages as the server sends them, with no scripts run. */
public final class ServedPages {
    private ServedPages() {}

    /** @param path below Jenkins' address */
    public static String page(URL jenkins, String path) throws IOException {
        try (InputStream in = new URL(jenkins, path).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
