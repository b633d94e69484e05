package io.jenkins.plugins.imagefactory.jenkins.step;

import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Properties of an image that tell where it came from, as far as that is known. */
final class Provenance {
    private static final Map<String, String> VARIABLES = Map.of(
            "jenkins_build_url", "BUILD_URL",
            "jenkins_job", "JOB_NAME",
            "jenkins_build", "BUILD_NUMBER",
            "git_commit", "GIT_COMMIT",
            "git_url", "GIT_URL");

    private static final Pattern ADDRESS =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?<authority>[^/?#]*)(?<path>.*)", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^@:]*)(:\\d*)?");

    private Provenance() {}

    static Map<String, String> ofBuild(BuildContext build) {
        Map<String, String> properties = new TreeMap<>();
        VARIABLES.forEach((property, variable) -> {
            if (build.node().env().get(variable) != null) {
                properties.put(property, withoutLogin(build.node().env().get(variable)));
            }
        });
        return properties;
    }

    /** An address without user and password, also where the password holds a slash, which it may not. */
    private static String withoutLogin(String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches()
                || HOST_AND_PORT.matcher(address.group("authority")).matches()) {
            return value;
        }
        String authority = address.group("authority");
        String rest = authority + address.group("path");
        int login = authority.contains("@") ? authority.lastIndexOf('@') : rest.lastIndexOf('@');
        return address.group("scheme") + rest.substring(login + 1);
    }

    static Map<String, String> ofFile(BuildContext build, String sha256) {
        Map<String, String> properties = new TreeMap<>(Map.of(ImageInGlance.SHA256, sha256));
        build.record().packerVersion(sha256).ifPresent(version -> properties.put("packer_version", version));
        return properties;
    }
}
