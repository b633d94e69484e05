package io.jenkins.plugins.imagefactory.jinja.python;

/** The operators that compare two values. */
public enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in");

    private final String written;

    Comparison(String written) {
        this.written = written;
    }

    /** The operator in a template. */
    public String written() {
        return written;
    }

    public boolean holds(Object a, Object b) {
        return switch (this) {
            case EQUAL -> Operators.equal(a, b);
            case NOT_EQUAL -> !Operators.equal(a, b);
            case IN -> Operators.contains(b, a);
            case NOT_IN -> !Operators.contains(b, a);
            default -> {
                int order = Operators.compare(a, b, written);
                yield !Numbers.isNan(a)
                        && !Numbers.isNan(b)
                        && switch (this) {
                            case LESS -> order < 0;
                            case LESS_OR_EQUAL -> order <= 0;
                            case GREATER -> order > 0;
                            default -> order >= 0;
                        };
            }
        };
    }
}
