package io.jenkins.plugins.imagefactory.jenkins.masking;

import com.google.common.base.Throwables;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.console.ConsoleNote;
import hudson.model.AbstractBuild;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boundary of one operation: all that it reads from programs, shows, keeps, exports, archives or throws goes through
 * here. Hides what the console around it hides, and each secret that the operation itself gets to know.
 */
public final class Masking {
    static final String MASK = "****";
    private static final int SHORTEST_IN_DATA = 4;
    private static final int SHORTEST_IN_KEYS = 8;

    private final ConsoleLogFilter console;
    private final LearntSecrets secrets = new LearntSecrets(1);
    private final LearntSecrets secretsInData = new LearntSecrets(SHORTEST_IN_DATA);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private OutputStream filtering;
    private MaskedStream last;

    /** @param console masks secrets in the console around the operation; null if nothing does */
    public Masking(@CheckForNull ConsoleLogFilter console) {
        this.console = console;
    }

    /** Learns secrets, which must happen before anybody else gets them; null is none. */
    public void hide(Collection<String> more) {
        secrets.learn(more);
        secretsInData.learn(more);
    }

    /** Whether there is nothing to hide, so far. */
    boolean isIdle() {
        return console == null && secrets.isEmpty();
    }

    /** The text with {@code ****} in place of each secret; null stays null. */
    @CheckForNull
    public String text(String text) {
        return text == null || isIdle() ? text : asTheConsoleShows(secrets.hiddenIn(text));
    }

    /** Whether some of the text is secret. */
    public boolean hides(String text) {
        return !text.equals(text(text));
    }

    /** The variables that hold nothing secret. */
    public Map<String, String> withoutSecrets(Map<String, String> variables) {
        Map<String, String> open = new LinkedHashMap<>();
        variables.forEach((variable, value) -> {
            if (!hides(value)) {
                open.put(variable, value);
            }
        });
        return open;
    }

    /** Number of the first line that holds a secret, from 1; 0 if none does. */
    public int lineWithSecret(String text) {
        if (!hides(text)) {
            return 0;
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (hides(lines.get(i))) {
                return i + 1;
            }
        }
        return 1;
    }

    /** What cannot be filtered is hidden as a whole. */
    private synchronized String asTheConsoleShows(String text) {
        if (console == null) {
            return text;
        }
        try {
            return filtered(text);
        } catch (IOException e) {
            return MASK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MASK;
        }
    }

    /** By the only method that every filter has; one that keeps lines back gives them when its stream is closed. */
    @SuppressWarnings("deprecation")
    private String filtered(String text) throws IOException, InterruptedException {
        if (filtering == null) {
            filtering = console.decorateLogger((AbstractBuild<?, ?>) null, shown);
        }
        filtering.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        filtering.flush();
        String masked = taken();
        if (!masked.endsWith("\n")) {
            filtering.close();
            filtering = null;
            masked += taken();
        }
        return ConsoleNote.removeNotes(masked.endsWith("\n") ? masked.substring(0, masked.length() - 1) : masked);
    }

    private String taken() {
        String text = shown.toString(StandardCharsets.UTF_8);
        shown.reset();
        return text;
    }

    /**
     * What a build returns or keeps, with every text in it masked: a text, a record, a list or a map is a new one, all else is
     * as it was. Secrets of a few letters stay, since digests and ids hold them by chance; keys of maps stay unless they hold a
     * long one, since scripts look results up by them.
     */
    @SuppressWarnings("unchecked")
    public <T> T data(T data) {
        return isIdle() ? data : (T) masked(data);
    }

    private Object masked(Object data) {
        if (data instanceof String text) {
            return asTheConsoleShows(secretsInData.hiddenIn(text));
        }
        if (data instanceof Record kept) {
            return masked(kept);
        }
        if (data instanceof Optional<?> perhaps) {
            return perhaps.map(this::masked);
        }
        if (data instanceof Map<?, ?> map) {
            Map<Object, Object> masked = new LinkedHashMap<>();
            map.forEach((key, value) -> masked.put(key instanceof String name ? key(name) : key, masked(value)));
            return masked;
        }
        if (data instanceof Collection<?> list) {
            List<Object> masked = new ArrayList<>();
            list.forEach(element -> masked.add(masked(element)));
            return masked;
        }
        return data;
    }

    private Record masked(Record kept) {
        RecordComponent[] components = kept.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = masked(components[i].getAccessor().invoke(kept));
            }
            return kept.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String key(String name) {
        String masked = asTheConsoleShows(secretsInData.hiddenIn(name));
        int hidden = name.length() - masked.replace(MASK, "").length();
        return hidden < SHORTEST_IN_KEYS ? name : masked;
    }

    /** The failure itself if it and its causes tell no secret, else one that says the same with the secrets masked. */
    public IOException failure(IOException failure) {
        return tells(failure) ? at(failure, new AbortException(message(failure))) : failure;
    }

    /** The same for an abort. */
    public InterruptedException failure(InterruptedException failure) {
        return tells(failure) ? at(failure, new InterruptedException(message(failure))) : failure;
    }

    /** The same for a bug. */
    public RuntimeException failure(RuntimeException failure) {
        return tells(failure) ? at(failure, new IllegalStateException(message(failure))) : failure;
    }

    private boolean tells(Exception failure) {
        return !isIdle() && hides(Throwables.getStackTraceAsString(failure));
    }

    private String message(Exception failure) {
        return text(String.valueOf(failure.getMessage()));
    }

    private static <E extends Exception> E at(Exception failure, E masked) {
        masked.setStackTrace(failure.getStackTrace());
        return masked;
    }

    /** The stream, with secrets masked line by line in what goes to it. It closes the target. */
    public OutputStream stream(OutputStream target) {
        return new MaskedStream(target, this::isIdle, this::text);
    }

    /** A console that hides what the operation itself gets to know; the one around it hides all else. */
    public synchronized TaskListener listener(TaskListener around) throws IOException {
        end();
        last = new MaskedStream(around.getLogger(), secrets::isEmpty, secrets::hiddenIn);
        return new StreamTaskListener(last, StandardCharsets.UTF_8);
    }

    /** Shows a last line of the console that had no end. */
    public synchronized void end() throws IOException {
        if (last != null) {
            last.end();
        }
    }
}
