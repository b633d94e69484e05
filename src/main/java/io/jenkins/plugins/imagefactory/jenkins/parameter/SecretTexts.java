package io.jenkins.plugins.imagefactory.jenkins.parameter;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Values that come from 'Secret text' credentials. A Pipeline names only the credentials, so no argument of a step shows a
 * secret.
 */
public final class SecretTexts {
    private SecretTexts() {}

    /**
     * Those that the build's scope holds, by the same names, from now on masked; notes that the build used them.
     *
     * @param parameter of the step, as errors call it
     * @param kind what the names are names of, as errors call it
     * @param credentialsIds names to ids of credentials
     */
    public static Map<String, String> of(
            BuildContext build, String parameter, String kind, Map<String, String> credentialsIds)
            throws AbortException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> named : credentialsIds.entrySet()) {
            StringCredentials credentials = CredentialsProvider.findCredentialById(
                    named.getValue(), StringCredentials.class, build.run(), List.of());
            if (credentials == null) {
                throw new AbortException(parameter + ": credentials '" + named.getValue() + "' of " + kind + " '"
                        + named.getKey() + "' do not exist, are no 'Secret text', or are not visible to this job");
            }
            CredentialsProvider.track(build.run(), credentials);
            values.put(named.getKey(), credentials.getSecret().getPlainText());
        }
        build.masking().hide(values.values());
        return values;
    }
}
