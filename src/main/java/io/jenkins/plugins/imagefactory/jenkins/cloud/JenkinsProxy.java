package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.openstack.http.HttpProxy;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** The proxy that Manage Jenkins, System, HTTP Proxy Configuration names. */
final class JenkinsProxy {
    private JenkinsProxy() {}

    /** Null for none. */
    static HttpProxy current() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null) {
            return null;
        }
        Secret password = proxy.getSecretPassword();
        return new HttpProxy(
                proxy.name,
                proxy.port,
                proxy.getUserName(),
                password == null ? null : password.getPlainText(),
                proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).toList());
    }
}
