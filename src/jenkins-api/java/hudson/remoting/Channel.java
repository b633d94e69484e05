package hudson.remoting;

public class Channel implements VirtualChannel {
    Channel() {}

    public boolean isClosingOrClosed() {
        throw new UnsupportedOperationException();
    }
}
