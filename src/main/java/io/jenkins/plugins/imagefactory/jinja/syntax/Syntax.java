package io.jenkins.plugins.imagefactory.jinja.syntax;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.StringLiteral;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a template is written: its delimiters and what happens to the white space around them, under the option names of
 * Jinja2's Environment. Ansible lets the first line of a template change them:
 * {@code #jinja2: variable_start_string:'[[', trim_blocks: False}.
 */
public final class Syntax {
    static final String HEADER = "#jinja2:";

    private static final String NO_PREFIX = "";

    /** What Ansible's template module uses when the template says nothing else. */
    static final Syntax ANSIBLE = new Syntax(Map.ofEntries(
            Map.entry("block_start_string", "{%"),
            Map.entry("block_end_string", "%}"),
            Map.entry("variable_start_string", "{{"),
            Map.entry("variable_end_string", "}}"),
            Map.entry("comment_start_string", "{#"),
            Map.entry("comment_end_string", "#}"),
            Map.entry("line_statement_prefix", NO_PREFIX),
            Map.entry("line_comment_prefix", NO_PREFIX),
            Map.entry("newline_sequence", "\n"),
            Map.entry("trim_blocks", true),
            Map.entry("lstrip_blocks", false),
            Map.entry("keep_trailing_newline", false)));

    final String blockStart;
    final String blockEnd;
    final String variableStart;
    final String variableEnd;
    final String commentStart;
    final String commentEnd;
    final String lineStatementPrefix;
    final String lineCommentPrefix;
    final String newline;
    final boolean trimBlocks;
    final boolean lstripBlocks;
    final boolean keepTrailingNewline;

    private final Map<String, Object> options;

    private Syntax(Map<String, Object> options) {
        this.options = options;
        blockStart = (String) options.get("block_start_string");
        blockEnd = (String) options.get("block_end_string");
        variableStart = (String) options.get("variable_start_string");
        variableEnd = (String) options.get("variable_end_string");
        commentStart = (String) options.get("comment_start_string");
        commentEnd = (String) options.get("comment_end_string");
        lineStatementPrefix = (String) options.get("line_statement_prefix");
        lineCommentPrefix = (String) options.get("line_comment_prefix");
        newline = (String) options.get("newline_sequence");
        trimBlocks = (boolean) options.get("trim_blocks");
        lstripBlocks = (boolean) options.get("lstrip_blocks");
        keepTrailingNewline = (boolean) options.get("keep_trailing_newline");
    }

    /** This syntax with the options of a {@code #jinja2:} line, given without its prefix and line end. */
    Syntax withHeader(String header) {
        Map<String, Object> changed = new HashMap<>(options);
        for (String pair : header.split(",", -1)) {
            String[] option = pair.split(":", 2);
            if (option.length != 2) {
                throw new TemplateException("'" + pair.strip() + "' in the #jinja2 header is not 'option: value'");
            }
            String name = option[0].strip();
            changed.put(name, value(name, option[1].strip()));
        }
        return new Syntax(changed).checked();
    }

    private Object value(String option, String literal) {
        Object standard = options.get(option);
        if (standard == null) {
            throw new TemplateException(
                    "the #jinja2 header has an unknown option '" + option + "'",
                    Suggestion.nearest(option, options.keySet()));
        }
        if (standard instanceof Boolean) {
            return truth(option, literal);
        }
        if (literal.equals("None") && option.endsWith("_prefix")) {
            return NO_PREFIX;
        }
        char quote = literal.isEmpty() ? 0 : literal.charAt(0);
        boolean quoted = literal.length() > 2
                && (quote == '\'' || quote == '"')
                && literal.charAt(literal.length() - 1) == quote;
        if (!quoted) {
            throw new TemplateException(
                    "the #jinja2 header's '" + option + "' must be a quoted string, not " + literal);
        }
        return StringLiteral.unescape(literal.substring(1, literal.length() - 1));
    }

    /** As Python has it of the literal: every text but the empty one is true. */
    private static boolean truth(String option, String literal) {
        if (literal.matches("True|'[^'\\\\]+'|\"[^\"\\\\]+\"|[1-9][0-9]*")) {
            return true;
        }
        if (literal.matches("False|None|''|\"\"|0")) {
            return false;
        }
        throw new TemplateException("the #jinja2 header's '" + option + "' must be True or False, not " + literal);
    }

    private Syntax checked() {
        if (blockStart.equals(variableStart) || blockStart.equals(commentStart) || variableStart.equals(commentStart)) {
            throw new TemplateException(
                    "the #jinja2 header makes two of the block, variable and comment start strings equal");
        }
        if (!List.of("\n", "\r\n", "\r").contains(newline)) {
            throw new TemplateException("the #jinja2 header's 'newline_sequence' must be '\\n', '\\r\\n' or '\\r'");
        }
        return this;
    }
}
