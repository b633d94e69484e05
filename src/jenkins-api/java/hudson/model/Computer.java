package hudson.model;

public abstract class Computer extends Actionable {
    Computer() {}

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
