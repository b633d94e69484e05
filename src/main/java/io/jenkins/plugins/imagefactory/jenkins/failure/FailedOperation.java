package io.jenkins.plugins.imagefactory.jenkins.failure;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An operation of a build that failed. Part of {@code build.xml}: a field may be added, none may change its meaning. */
@ExportedBean(defaultVisibility = FailedOperation.EXPORTED)
public final class FailedOperation {
    /** At any depth of {@code api/json}. */
    static final int EXPORTED = 999;

    private final int number;
    private final String step;
    private final String sentence;

    /**
     * @param number among those of the build, from 1
     * @param step as Pipelines call it
     * @param sentence with which the console ends
     */
    public FailedOperation(int number, String step, String sentence) {
        this.number = number;
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

    /** The place in the console, relative to the build's address. */
    @Exported
    public String getConsole() {
        return "consoleFull#" + FailureNote.id(number);
    }

    /** Makes a line of the console that place. */
    public FailureNote note() {
        return new FailureNote(number);
    }
}
