package io.jenkins.plugins.imagefactory.runner.controller;

import jenkins.util.JenkinsJVM;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets steps run without a Jenkins where Jenkins' own classes ask whether they are in a controller. Nothing is hidden there:
 * the plugins that know how secrets are written are found by a running Jenkins only. Found by JUnit in the build against
 * Jenkins itself.
 */
public final class ControllerJvm implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Declared.asAController();
    }

    private static final class Declared extends JenkinsJVM {
        static void asAController() {
            setJenkinsJVM(true);
        }
    }
}
