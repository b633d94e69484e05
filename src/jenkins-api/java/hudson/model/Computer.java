package hudson.model;

public abstract class Computer {
    Computer() {}

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
