package io.jenkins.plugins.imagefactory.leak;

import io.jenkins.plugins.imagefactory.leak.EchoingCloud.Manner;

/**
 * A step that comes upon a text with a secret that it knows.
 *
 * @param login by what the build logs in to the cloud
 * @param manner of the cloud
 * @param script of a Pipeline, in a workspace
 * @param fails whether the step fails by it
 * @param shown what console and failure must show in place of that text: else the case could not find a leak
 */
public record LeakCase(String step, Login login, Manner manner, String script, boolean fails, String shown) {

    /** By what a cloud is logged in to. */
    public enum Login {
        PASSWORD,
        APPLICATION_CREDENTIAL,
        TOKEN;

        /** The secret. */
        public String secret() {
            return "s3cret-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "-4711";
        }
    }

    @Override
    public String toString() {
        return step + ", " + login + ", " + manner + (shown.equals(LeakCases.MASKED_ECHO) ? "" : ", " + shown);
    }
}
