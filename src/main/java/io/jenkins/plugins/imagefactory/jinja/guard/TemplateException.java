package io.jenkins.plugins.imagefactory.jinja.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A template that cannot be compiled or rendered. The message is one sentence for the template's author; once the place is
 * known it ends with it ("… in stack.yaml.j2 line 12").
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String template;
    private final int line;
    private final String suggestion;

    public TemplateException(String problem) {
        this(problem, null);
    }

    /** @param suggestion what the author may have meant, or null */
    public TemplateException(String problem, @CheckForNull String suggestion) {
        super(problem);
        this.template = null;
        this.line = 0;
        this.suggestion = suggestion;
    }

    private TemplateException(TemplateException origin, String template, int line) {
        super(
                origin.getMessage() + " in " + template + " line " + line
                        + (origin.suggestion == null ? "" : "; did you mean '" + origin.suggestion + "'?"),
                origin);
        this.template = template;
        this.line = line;
        this.suggestion = origin.suggestion;
    }

    /** This error with its place, unless it already has one. */
    public TemplateException at(String template, int line) {
        return this.template == null ? new TemplateException(this, template, line) : this;
    }

    /** Name of the template the error is in, null while not known. */
    @CheckForNull
    public String template() {
        return template;
    }

    /** Line in that template, from 1; 0 while not known. */
    public int line() {
        return line;
    }
}
