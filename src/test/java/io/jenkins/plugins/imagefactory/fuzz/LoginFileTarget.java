package io.jenkins.plugins.imagefactory.fuzz;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads any text as an openrc or a clouds.yaml: what is read is read again out of the clouds.yaml that blocks of steps get. */
public final class LoginFileTarget {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final String ENTRY = "cloud";

    private LoginFileTarget() {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Expectation.ends(TIME, () -> {
            ClientOptions options;
            try {
                options = ClientOptions.ofFile(text, ENTRY);
            } catch (OpenStackException e) {
                Expectation.isShown(e.getMessage());
                return;
            }
            logIn(options);
            String yaml = options.cloudsYaml(ENTRY);
            if (!yaml.contains("OS_")) {
                ClientOptions again = ClientOptions.ofFile(yaml, ENTRY);
                Expectation.holds(
                        told(again).equals(told(options)) && again.verify() == options.verify(),
                        "another login: " + yaml);
            }
        });
    }

    /** But for the word by which it is told whether certificates are verified. */
    private static Map<String, String> told(ClientOptions options) {
        Map<String, String> told = new TreeMap<>(options.environment());
        told.remove("OS_VERIFY");
        return told;
    }

    private static void logIn(ClientOptions options) {
        try {
            options.toLogin(ENTRY);
        } catch (OpenStackException e) {
            Expectation.isShown(e.getMessage());
        }
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        """
                        #!/usr/bin/env bash
                        export OS_AUTH_URL=https://cloud.example.com:5000/v3
                        export OS_PROJECT_NAME="factory"
                        export OS_USER_DOMAIN_NAME='Default'
                        if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
                        export OS_USERNAME=build\\ er
                        PART=secret
                        export OS_PASSWORD=${PART}$PART
                        export OS_REGION_NAME=RegionOne; export OS_INTERFACE=publicURL
                        """,
                        "OS_AUTH_URL=http://c\nOS_TOKEN=x\nOS_INSECURE=true\nOS_VERIFY=1\nOS_TENANT_ID=t\n",
                        "OS_PASSWORD=$OS_PASSWORD_INPUT\nread -sr OS_PASSWORD_INPUT\n",
                        """
                        clouds:
                          cloud:
                            auth:
                              auth_url: https://cloud.example.com:5000/v3
                              username: builder
                              password: 'se:cret'
                              project_name: factory
                              user_domain_name: Default
                            region_name: RegionOne
                            verify: false
                            image_endpoint_override: https://images.example.com
                        """,
                        "clouds: {cloud: {auth_type: v3applicationcredential, auth: {auth_url: 'http://c',"
                                + " application_credential_id: i, application_credential_secret: s}}}",
                        "clouds: {a: &x {profile: y}, b: {<<: *x}}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
