package io.jenkins.plugins.imagefactory.jinja.syntax;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text as written; for strings what they stand for
 * @param value of an integer (Long or BigInteger), a float (Double) or a string
 * @param line from 1
 */
public record Token(Kind kind, String text, Object value, int line) {
    public enum Kind {
        DATA("template data"),
        VARIABLE_START("begin of print statement"),
        VARIABLE_END("end of print statement"),
        BLOCK_START("begin of statement block"),
        BLOCK_END("end of statement block"),
        NAME("name"),
        STRING("string"),
        INTEGER("integer"),
        FLOAT("float"),
        OPERATOR("operator"),
        END("end of template");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        public String description() {
            return description;
        }
    }

    public boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    public boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** As an error message names it. */
    public String described() {
        return switch (kind) {
            case NAME, STRING, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
            default -> kind.description;
        };
    }
}
