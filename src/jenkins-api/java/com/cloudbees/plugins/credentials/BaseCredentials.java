package com.cloudbees.plugins.credentials;

import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class BaseCredentials implements Credentials {
    private static final long serialVersionUID = 1L;

    public BaseCredentials(CredentialsScope scope) {}

    @Override
    public CredentialsDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
