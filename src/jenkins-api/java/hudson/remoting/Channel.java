package hudson.remoting;

import java.io.IOException;
import java.net.URL;

public class Channel implements VirtualChannel {
    Channel() {}

    public boolean isClosingOrClosed() {
        throw new UnsupportedOperationException();
    }

    public boolean preloadJar(ClassLoader local, URL... jars) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
