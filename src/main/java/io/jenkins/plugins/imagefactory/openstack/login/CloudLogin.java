package io.jenkins.plugins.imagefactory.openstack.login;

/** Where the cloud is, who logs in, and to what. */
public record CloudLogin(CloudEndpoint endpoint, Identity identity, Scope scope) {

    /** The same, with services over https only if the login is. */
    public CloudLogin onlyEncrypted() {
        return new CloudLogin(endpoint.onlyEncrypted(), identity, scope);
    }

    /** The same cloud and identity, in no project that anybody has named. */
    public CloudLogin inNoProject() {
        return in(new Scope.OfIdentity());
    }

    /** The same cloud and identity with another scope. */
    public CloudLogin in(Scope other) {
        return new CloudLogin(endpoint, identity, other);
    }
}
