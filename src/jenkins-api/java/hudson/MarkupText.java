package hudson;

public class MarkupText {
    MarkupText() {}

    public final int length() {
        throw new UnsupportedOperationException();
    }

    public void addMarkup(int startPos, int endPos, String startTag, String endTag) {
        throw new UnsupportedOperationException();
    }
}
