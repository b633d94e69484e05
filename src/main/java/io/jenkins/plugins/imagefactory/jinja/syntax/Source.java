package io.jenkins.plugins.imagefactory.jinja.syntax;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;

/**
 * A template's text, and how it is written.
 *
 * @param template its name, for errors
 * @param text without the header
 * @param newlinesAtEnd how many newlines the file ends with
 * @param firstLine the number of the text's first line in the file
 */
public record Source(String template, Syntax syntax, String text, int newlinesAtEnd, int firstLine) {
    /** One that another template includes, imports or extends, and that is written as that is. */
    public static Source included(String template, Syntax syntax, String file) {
        return new Source(template, syntax, file, newlinesAtEnd(file), 1);
    }

    /** A template that is rendered for itself: the options of its first line, if that is a {@code #jinja2:} header, apply. */
    public static Source withHeader(String template, String file) {
        if (!file.startsWith(Syntax.HEADER)) {
            return included(template, Syntax.ANSIBLE, file);
        }
        int end = file.indexOf('\n');
        try {
            if (end < 0) {
                throw new TemplateException("the #jinja2 header has no line end");
            }
            Syntax syntax = Syntax.ANSIBLE.withHeader(file.substring(Syntax.HEADER.length(), end));
            return new Source(template, syntax, file.substring(end + 1), newlinesAtEnd(file), 2);
        } catch (TemplateException e) {
            throw e.at(template, 1);
        }
    }

    /** What Ansible appends to {@code rendered}, so that at its end there are as many newlines as at the template's. */
    public String missingNewlines(CharSequence rendered) {
        return syntax.newline.repeat(Math.max(0, newlinesAtEnd - newlinesAtEnd(rendered)));
    }

    private static int newlinesAtEnd(CharSequence text) {
        int start = text.length();
        while (start > 0 && text.charAt(start - 1) == '\n') {
            start--;
        }
        return text.length() - start;
    }
}
