package io.jenkins.plugins.imagefactory.jenkins.packer;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.parameter.SecretTexts;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.util.Map;

/**
 * Values of a template's variables that come from 'Secret text' credentials. A Pipeline names only the credentials, so no
 * argument of a step shows a secret.
 */
final class SecretVariables {
    private final Map<String, String> values;

    private SecretVariables(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Those that the build's scope holds, from now on masked; notes that the build used them.
     *
     * @param credentialsIds names of variables to ids of credentials
     */
    static SecretVariables of(BuildContext build, Map<String, String> credentialsIds) throws AbortException {
        return new SecretVariables(SecretTexts.of(build, "secretVars", "variable", credentialsIds));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A variable file, which both of Packer's languages read. */
    String variableFile() throws IOException {
        return new ObjectMapper().writeValueAsString(values);
    }
}
