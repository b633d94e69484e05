package com.cloudbees.plugins.credentials;

public enum CredentialsScope {
    GLOBAL {
        @Override
        public String getDisplayName() {
            return "Global";
        }
    };

    public abstract String getDisplayName();
}
