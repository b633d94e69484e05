package hudson.model;

public abstract class Computer extends Actionable {
    Computer() {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public final boolean isOnline() {
        throw new UnsupportedOperationException();
    }

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
