package io.jenkins.plugins.imagefactory.jinja.serialization;

import java.util.BitSet;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Shows a tab between two things on a line as the blank that libyaml, which reads for Ansible, takes it for, as in {@code key:\tvalue}.
 * A tab that begins a line, or stands behind the dash of a list, stays one, and so it does inside of scalars.
 */
final class TabbedReader extends StreamReader {
    /** The places of such tabs, in characters. */
    private final BitSet separators = new BitSet();

    TabbedReader(String text) {
        super(text);
        int index = 0;
        int before = '\n';
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '\t' && before != '\n' && before != '-' && before != '?') {
                separators.set(index);
            } else if (c != '\t' && c != ' ') {
                before = c;
            }
            index++;
        }
    }

    @Override
    public int peek() {
        return shown(super.peek(), 0);
    }

    @Override
    public int peek(int ahead) {
        return shown(super.peek(ahead), ahead);
    }

    private int shown(int c, int ahead) {
        return c == '\t' && separators.get(getIndex() + ahead) ? ' ' : c;
    }
}
