package io.jenkins.plugins.imagefactory.jenkins.failure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An operation of a build that failed. Part of {@code build.xml}: a field may be added, none may change its meaning. */
@ExportedBean(defaultVisibility = FailedOperation.EXPORTED)
public final class FailedOperation {
    /** At any depth of {@code api/json}. */
    static final int EXPORTED = 999;

    private static final int ENOUGH_TO_FIND = 120;

    private final String step;
    private final String sentence;

    /**
     * @param step as Pipelines call it
     * @param sentence with which the console ends
     */
    public FailedOperation(String step, String sentence) {
        this.step = step;
        this.sentence = sentence;
    }

    @Exported
    public String getStep() {
        return step;
    }

    @Exported
    public String getSentence() {
        return sentence;
    }

    /**
     * The place in the console, relative to the build's address: browsers look for the text.
     *
     * @see <a href="https://developer.mozilla.org/en-US/docs/Web/URI/Reference/Fragment/Text_fragments">Text fragments</a>
     */
    @Exported
    public String getConsole() {
        String line = sentence.lines().findFirst().orElse("");
        String beginning = line.substring(0, Math.min(line.length(), ENOUGH_TO_FIND));
        String quoted = URLEncoder.encode(beginning, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("-", "%2D");
        return "consoleFull#:~:text=" + quoted;
    }
}
