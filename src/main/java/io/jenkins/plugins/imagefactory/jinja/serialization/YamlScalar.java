package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;

/**
 * In which styles a scalar can be written, after the analysis of <a href="https://github.com/yaml/libyaml">libyaml</a>.
 *
 * @param multiline it has line breaks
 * @param flowPlain it can stand without quotes inside of brackets
 * @param blockPlain it can stand without quotes outside of brackets
 * @param singleQuoted it can stand in single quotes
 */
record YamlScalar(boolean multiline, boolean flowPlain, boolean blockPlain, boolean singleQuoted) {
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";
    private static final String FLOW_INDICATORS = ",?[]{}";

    static YamlScalar of(String text) {
        if (text.isEmpty()) {
            return new YamlScalar(false, false, true, true);
        }
        Analysis analysis = new Analysis(text);
        analysis.run();
        return analysis.result();
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static boolean isPrintable(int c) {
        return c == '\n'
                || c >= 0x20 && c <= 0x7E
                || c >= 0xA0 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF;
    }

    private static boolean isBlank(int c) {
        return c == 0 || c == ' ' || c == '\t' || isBreak(c);
    }

    private static final class Analysis {
        private final String text;
        private boolean blockIndicators;
        private boolean flowIndicators;
        private boolean breaks;
        private boolean special;
        private boolean spaceAtEdge;
        private boolean breakAtEdge;
        private boolean breakThenSpace;
        private boolean spaceThenBreak;

        Analysis(String text) {
            this.text = text;
            blockIndicators = text.startsWith("---") || text.startsWith("...");
            flowIndicators = blockIndicators;
        }

        void run() {
            boolean afterBlank = true;
            boolean afterSpace = false;
            boolean afterBreak = false;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                int next = i + Character.charCount(c);
                boolean last = next == text.length();
                indicators(c, i == 0, afterBlank, last || isBlank(text.charAt(next)));
                if (Character.getType(c) == Character.SURROGATE) {
                    throw new TemplateException("text with half of a surrogate pair cannot be written as YAML");
                }
                special |= !isPrintable(c);
                breaks |= isBreak(c);
                if (c == ' ') {
                    spaceAtEdge |= i == 0 || last;
                    breakThenSpace |= afterBreak;
                } else if (isBreak(c)) {
                    breakAtEdge |= i == 0 || last;
                    spaceThenBreak |= afterSpace;
                }
                afterSpace = c == ' ';
                afterBreak = isBreak(c);
                afterBlank = isBlank(c);
                i = next;
            }
        }

        private void indicators(int c, boolean first, boolean afterBlank, boolean beforeBlank) {
            boolean everywhere = first
                    ? INDICATORS.indexOf(c) >= 0 || (c == '?' || c == ':' || c == '-') && beforeBlank
                    : c == ':' && beforeBlank || c == '#' && afterBlank;
            blockIndicators |= everywhere;
            flowIndicators |= everywhere || c == ':' || (first ? c == '?' : FLOW_INDICATORS.indexOf(c) >= 0);
        }

        YamlScalar result() {
            boolean quoted = spaceAtEdge || breakAtEdge || breakThenSpace || spaceThenBreak || special || breaks;
            return new YamlScalar(
                    breaks,
                    !quoted && !flowIndicators,
                    !quoted && !blockIndicators,
                    !breakThenSpace && !spaceThenBreak && !special);
        }
    }
}
