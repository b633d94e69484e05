package hudson;

public class Functions {
    Functions() {}

    public static String humanReadableByteSize(long size) {
        throw new UnsupportedOperationException();
    }
}
