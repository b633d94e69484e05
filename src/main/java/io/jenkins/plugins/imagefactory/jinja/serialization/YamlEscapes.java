package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The characters that libyaml, which writes YAML for Ansible, escapes and SnakeYAML writes as they are or escapes differently.
 * They pass through SnakeYAML as characters for private use, in double quotes.
 */
final class YamlEscapes {
    private static final int FIRST_PRIVATE = 0xE000;
    private static final int LAST_PRIVATE = 0xF8FF;
    private static final Map<Integer, String> SHORT = Map.ofEntries(
            Map.entry(0x00, "\\0"),
            Map.entry(0x07, "\\a"),
            Map.entry(0x08, "\\b"),
            Map.entry(0x0B, "\\v"),
            Map.entry(0x0C, "\\f"),
            Map.entry(0x0D, "\\r"),
            Map.entry(0x1B, "\\e"),
            Map.entry(0x85, "\\N"),
            Map.entry(0x2028, "\\L"),
            Map.entry(0x2029, "\\P"));

    private final Map<Integer, Integer> replacements = new HashMap<>();
    private final Map<Integer, String> escapes = new LinkedHashMap<>();

    /** @throws TemplateException for text with characters for private use, which have their use here */
    String replace(String text) {
        if (text.codePoints().allMatch(YamlEscapes::isPrintable)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        text.codePoints()
                .forEach(character -> replaced.appendCodePoint(
                        isPrintable(character) ? character : replacements.computeIfAbsent(character, this::add)));
        return replaced.toString();
    }

    private int add(int character) {
        int replacement = FIRST_PRIVATE + escapes.size();
        if (isPrivate(character) || replacement > LAST_PRIVATE) {
            throw new TemplateException(
                    "text with characters for private use, or with thousands of characters that YAML"
                            + " escapes, cannot be written as YAML");
        }
        escapes.put(replacement, escape(character));
        return replacement;
    }

    String restore(String yaml) {
        if (escapes.isEmpty()) {
            return yaml;
        }
        StringBuilder restored = new StringBuilder();
        yaml.codePoints()
                .forEach(character ->
                        restored.append(isPrivate(character) ? escapes.get(character) : Character.toString(character)));
        return restored.toString();
    }

    private static String escape(int character) {
        String known = SHORT.get(character);
        if (known != null) {
            return known;
        }
        String form = character <= 0xFF ? "\\x%02X" : character <= 0xFFFF ? "\\u%04X" : "\\U%08X";
        return String.format(form, character);
    }

    private static boolean isPrintable(int character) {
        return character == '\n'
                || character == '\t'
                || character >= 0x20 && character <= 0x7E
                || character >= 0xA0 && character <= 0xFFFD && !isPrivate(character) && !isSeparator(character);
    }

    private static boolean isPrivate(int character) {
        return character >= FIRST_PRIVATE && character <= LAST_PRIVATE;
    }

    private static boolean isSeparator(int character) {
        return character == 0x2028 || character == 0x2029 || character == 0xFEFF;
    }
}
