package io.jenkins.plugins.imagefactory.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;

/**
 * What axe-core finds in a part of a page that keeps people out; but for the links to help and the colours of checks, which
 * are Jenkins' own.
 *
 * @see <a href="https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md">its rules</a>
 */
final class Accessibility {
    /** Waits for what is on the move, such as a change of colours. */
    private static final String SERIOUS = """
            const done = arguments[1];
            const moving = document.getAnimations().filter(it => it.effect.getComputedTiming().endTime !== Infinity);
            Promise.allSettled(moving.map(animation => animation.finished))
                .then(() => axe.run(
                    {include: arguments[0], exclude: ['.jenkins-help-button', '.validation-error-area']},
                    {resultTypes: ['violations']}))
                .then(result => done(result.violations
                    .filter(violation => ['serious', 'critical'].includes(violation.impact))
                    .map(violation => violation.id + ', ' + violation.help + ': '
                        + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))));
            """;

    private Accessibility() {}

    /** Soon: scripts that the page is still loading may have names to give. */
    static void assertNothingSerious(Browser browser, WebElement part) {
        browser.run(axe());
        try {
            browser.await("nothing serious", () -> serious(browser, part).isEmpty());
        } catch (TimeoutException e) {
            assertThat(serious(browser, part)).isEmpty();
        }
    }

    private static List<?> serious(Browser browser, WebElement part) {
        return (List<?>) browser.await(SERIOUS, part);
    }

    private static String axe() {
        try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
