package io.jenkins.plugins.imagefactory.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.demo.QuickstartJenkins;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its parameters of type {@link QuickstartJenkins}, one for all tests, and {@link Browser}, a new one for
 * every test. Of a test that fails, the browser keeps a picture in the directory {@code browser}. Jenkins enforces its
 * Content Security Policy, and a test in which a page broke it, or a script of the plugin failed, fails.
 */
final class BrowserExtension implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
    private static final Path HPI = Path.of(System.getProperty("hpi")).toAbsolutePath();
    private static final Path DIRECTORY = HPI.resolveSibling("browser");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == QuickstartJenkins.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == QuickstartJenkins.class ? jenkins(context) : browser(context);
    }

    private static QuickstartJenkins jenkins(ExtensionContext context) {
        OpenStack cloud = OpenStackExtension.cloudFor(context.getRoot());
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(QuickstartJenkins.class, key -> started(cloud), QuickstartJenkins.class);
    }

    private static QuickstartJenkins started(OpenStack cloud) {
        try {
            return QuickstartJenkins.start(
                    DIRECTORY,
                    cloud,
                    Path.of(System.getProperty("jenkins.war")),
                    HPI,
                    List.of(Path.of(System.getProperty("jenkins.plugins"))),
                    Path.of("src", "test", "resources", "browser", "views.yaml"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Browser browser(ExtensionContext context) {
        URI jenkins = jenkins(context).url();
        return context.getStore(NAMESPACE).computeIfAbsent(Browser.class, key -> opened(jenkins), Browser.class);
    }

    private static Browser opened(URI jenkins) {
        try {
            return Browser.start(jenkins, DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Browser browser = context.getStore(NAMESPACE).get(Browser.class, Browser.class);
        if (browser != null && context.getExecutionException().isPresent()) {
            browser.photograph("failed-" + context.getRequiredTestMethod().getName());
        }
        if (browser != null) {
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
