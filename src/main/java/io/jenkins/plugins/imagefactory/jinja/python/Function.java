package io.jenkins.plugins.imagefactory.jinja.python;

/** A built-in function, filter, test or method. */
public final class Function implements Callable {
    /** What it does with its arguments, bound to the signature's order. */
    public interface Body {
        Object apply(Caller caller, Object[] arguments);
    }

    private final String name;
    private final Signature signature;
    private final Body body;

    public Function(String name, String parameters, Body body) {
        this.name = name;
        this.signature = new Signature(name, parameters);
        this.body = body;
    }

    String name() {
        return name;
    }

    @Override
    public Object call(Caller caller, Arguments arguments) {
        return body.apply(caller, signature.bind(arguments));
    }
}
