package hudson;

import java.util.Collections;
import java.util.List;

public class Util {
    public static String fixNull(String s) {
        return fixNull(s, "");
    }

    public static <T> T fixNull(T s, T defaultValue) {
        return s == null ? defaultValue : s;
    }

    public static String fixEmpty(String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    public static String fixEmptyAndTrim(String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    public static String rawEncode(String s) {
        throw new UnsupportedOperationException();
    }

    public static String getTimeSpanString(long duration) {
        throw new UnsupportedOperationException();
    }

    public static <T> List<T> fixNull(List<T> l) {
        return fixNull(l, Collections.emptyList());
    }
}
