package hudson;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\$|\\{([A-Za-z0-9_.]+)}|([A-Za-z0-9_]+))");

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> m) {
        this();
        putAll(m);
    }

    public EnvVars(EnvVars m) {
        this((Map<String, String>) m);
    }

    public String get(String key, String defaultValue) {
        return getOrDefault(key, defaultValue);
    }

    @Override
    public String put(String key, String value) {
        return super.put(key, value);
    }

    public void override(String key, String value) {
        if (value == null || value.isEmpty()) {
            remove(key);
        } else {
            put(key, value);
        }
    }

    public String expand(String s) {
        if (s == null) {
            return null;
        }
        return VARIABLE.matcher(s).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return Matcher.quoteReplacement(name == null ? "$" : getOrDefault(name, match.group()));
        });
    }
}
