package io.jenkins.plugins.imagefactory.jenkins.packer;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

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
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : credentialsIds.entrySet()) {
            StringCredentials credentials = CredentialsProvider.findCredentialById(
                    variable.getValue(), StringCredentials.class, build.run(), List.of());
            if (credentials == null) {
                throw new AbortException("secretVars: credentials '" + variable.getValue() + "' of variable '"
                        + variable.getKey() + "' do not exist, are no 'Secret text', or are not visible to this job");
            }
            CredentialsProvider.track(build.run(), credentials);
            values.put(variable.getKey(), credentials.getSecret().getPlainText());
        }
        build.masking().hide(values.values());
        return new SecretVariables(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A variable file, which both of Packer's languages read. */
    String variableFile() throws IOException {
        return new ObjectMapper().writeValueAsString(values);
    }
}
