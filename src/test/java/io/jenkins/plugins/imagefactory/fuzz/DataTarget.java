package io.jenkins.plugins.imagefactory.fuzz;

import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads any text as YAML and as JSON: what is read, and written again, is read as the same. */
public final class DataTarget {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final String AGAIN = "{%% set data = text | from_%1$s %%}{{ data == (data | to_%1$s | from_%1$s) }}";
    private static final Engine ENGINE = new Engine(name -> null, Map.of(), Limits.STANDARD);

    private DataTarget() {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (String format : List.of("yaml", "json")) {
            Expectation.ends(TIME, () -> {
                try {
                    String same =
                            ENGINE.compile("again", AGAIN.formatted(format)).render(Variables.of(Map.of("text", text)));
                    boolean equalsItself = !text.toLowerCase(Locale.ROOT).contains("nan");
                    Expectation.holds(
                            same.equals("True") || !equalsItself,
                            format + " is read as something else when written again");
                } catch (TemplateException e) {
                    Expectation.holds(e.getMessage() != null, "an error without a sentence");
                }
            });
        }
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "a: 1\nb: [x, 'y', \"z\\n\"]\nc: {d: null, e: true, f: 1.5e3}\n",
                        "- &x {a: b}\n- *x\n- <<: *x\n  c: d\n",
                        "text: |\n  one\n  two\nfolded: >-\n  three\n  four\n",
                        "? [1, 2]\n: 2026-12-01\n0x1f: 0o17\n1:30: ~\n",
                        "--- # a comment\n'it''s': !!str 12\n...\n",
                        "key:\tvalue\n\"\\u00e9\\x41\": .inf\n",
                        "{\"a\": [1, 2.5, -3e-7, true, false, null], \"b\": {\"c\": \"\\u00e9\\ud83d\\ude00\"}}",
                        "[[[[[[[[]]]]]]]]",
                        "123456789012345678901234567890",
                        "\"a\\\\b\\\"c\\/d\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
