package hudson.remoting;

public class RequestAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RequestAbortedException(Throwable cause) {
        super(cause);
    }
}
