package hudson.util;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

public class StreamTaskListener extends AbstractTaskListener {
    private static final long serialVersionUID = 1L;

    private final transient PrintStream out;

    public StreamTaskListener(OutputStream out, Charset charset) {
        this.out = new PrintStream(out, true, charset);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }
}
