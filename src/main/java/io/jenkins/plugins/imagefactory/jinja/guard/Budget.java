package io.jenkins.plugins.imagefactory.jinja.guard;

/** What one rendering has used up of its limits. */
public final class Budget {
    private static final int CLOCK_INTERVAL = 1024;

    private final Limits limits;
    private final long deadline;
    private long printed;
    private long characters;
    private long elements;
    private int depth;
    private int ticks;

    /** The time of the rendering begins. */
    public Budget(Limits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    public Limits limits() {
        return limits;
    }

    /** One step of a loop or a call. */
    public void tick() {
        if (++ticks % CLOCK_INTERVAL == 0 && System.nanoTime() - deadline > 0) {
            throw new TemplateException(
                    "rendering takes longer than its limit of " + limits.time().toSeconds() + " s");
        }
    }

    public void print(int length) {
        printed += length;
        if (printed > limits.outputCharacters()) {
            throw new TemplateException(
                    "the output grows beyond its limit of " + limits.outputCharacters() + " characters");
        }
    }

    /** A string or Markup that was made, counted. */
    public Object text(Object made) {
        characters(made.toString().length());
        return made;
    }

    /** Counts a string before it is made. */
    public void characters(long length, long times) {
        characters(Limits.product(length, times));
    }

    public void characters(long length) {
        characters += length;
        if (length > limits.outputCharacters() || characters > limits.totalCharacters()) {
            throw new TemplateException("strings grow beyond the limit of " + limits.outputCharacters()
                    + " characters each, " + limits.totalCharacters() + " together");
        }
    }

    /** Counts a list's elements before it is made, and the steps of a loop. */
    public void elements(long count) {
        elements += count;
        if (count > limits.elements() || elements > limits.elements()) {
            throw new TemplateException("lists and loops grow beyond the limit of " + limits.elements() + " elements");
        }
        tick();
    }

    public void bits(long count) {
        if (count > limits.integerBits()) {
            throw new TemplateException("an integer grows beyond the limit of " + limits.integerBits() + " bits");
        }
    }

    /** Into a macro, an included template or a recursive loop. */
    public void enter() {
        if (++depth > limits.depth()) {
            throw new TemplateException(
                    "macros, includes or recursive loops are nested more than " + limits.depth() + " deep");
        }
        tick();
    }

    public void leave() {
        depth--;
    }
}
